"""Existing documents of the small test world: a regulation of the province between police and military, on paper."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.registering import acknowledge_many, register_on_paper
from phoihop.domain.agreements.rules.drafts import AgreementDraft, PartyDraft
from phoihop.domain.agreements.rules.register import RegisterDraft
from tests.laid import laid_upon
from tests.world import NOON


def a_paper(w: SimpleNamespace, **change: Any) -> RegisterDraft:
    """Regulation 05/QC-CAT of the provincial police with the military command, of 10 January 2024. ``change`` may name fields of either draft."""
    plain: dict[str, Any] = {
        "kind": "quyche", "title": "Quy chế phối hợp giữ gìn an ninh, trật tự tỉnh Sông Đất", "areas": [w.province],
        "parties": [PartyDraft(w.police, "lead"), PartyDraft(w.army, "support")], "valid_from": date(2024, 1, 15), "valid_until": None, "review_months": 12,
        "cleared_by": "", "cleared_on": None, "situation": "",
    }  # fmt: skip
    head = AgreementDraft(**{key: change.get(key, value) for key, value in plain.items()})
    rest: dict[str, Any] = {
        "issuer": w.police,
        "number": "05/QC-CAT",
        "issued_on": date(2024, 1, 10),
        "signers": "Giám đốc Công an tỉnh, Chỉ huy trưởng Bộ CHQS tỉnh",
    }
    return RegisterDraft(head, **rest | {key: value for key, value in change.items() if key not in plain})


@laid_upon
def registered(w: SimpleNamespace, when: datetime = NOON, **change: Any) -> m.Agreement:
    """Written down by the police; the military has not acknowledged it yet. ``scans``: of the paper."""
    scans = change.pop("scans", ())
    return register_on_paper(by=m.Post.objects.get(pk=w.mai.pk), draft=a_paper(w, **change), scans=scans, at=when)


@laid_upon
def holding(w: SimpleNamespace, when: datetime = NOON, **change: Any) -> m.Agreement:
    """Acknowledged by both: in force on paper."""
    made = registered(w, when, **change)
    acknowledge_many(by=m.Post.objects.get(pk=w.dung.pk), agreements=[made], at=when)
    return m.Agreement.objects.select_related("matter").get(pk=made.pk)
