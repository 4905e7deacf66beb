"""Agreements of the small test world: a regulation between the police, the militia and the border station of Sông."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import draft_agreement
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from tests.world import at

MORNING = at(1, 8)


def a_text(w: SimpleNamespace, **change: Any) -> AgreementDraft:
    """The police of Sông leads and drafts; militia and border station sign, too; the Front follows. Two clauses, one with a duty."""
    patrols = DutyDraft(
        "patrol", "commune", "month", roles=[DutyRoleDraft("lead", w.police_song), DutyRoleDraft("support", force=w.forces["DQ"])], due_workdays=3
    )
    plain: dict[str, Any] = {
        "kind": "quyche",
        "title": "Quy chế phối hợp giữ gìn an ninh, trật tự xã Sông",
        "areas": [w.song],
        "parties": [
            PartyDraft(w.police_song, "lead"), PartyDraft(w.militia_song, "support"), PartyDraft(w.station, "support"),
            PartyDraft(w.front_song, "inform", signs=False),
        ],
        "clauses": [
            ClauseDraft("Điều 1", "Các bên trao đổi thông tin hằng tuần, trước 16 giờ thứ sáu.", "Trao đổi thông tin", content="thongtin"),
            ClauseDraft("Điều 2", "Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra chung mỗi tháng bốn lần.", "Tuần tra chung", content="trattu", duties=[patrols]),
        ],
        "valid_from": date(2026, 6, 15),
        "review_months": 12,
    }  # fmt: skip
    return AgreementDraft(**plain | change)


def a_regulation(w: SimpleNamespace, when: datetime = MORNING, **change: Any) -> m.Agreement:
    """A draft of Lan's, the police of Sông; nobody else has been sent it."""
    staff = m.Post.objects.get(pk=w.lan.pk)
    return draft_agreement(by=staff, draft=a_text(w, **change), at=when)
