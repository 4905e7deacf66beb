"""Agreements of the small test world: a regulation between the police, the militia and the border station of Sông."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import draft_agreement
from phoihop.domain.agreements.actions.opinions import opine
from phoihop.domain.agreements.actions.sending import circulate, open_signing
from phoihop.domain.agreements.actions.signing import acknowledge_paper
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from phoihop.domain.agreements.rules.signing import PaperDraft, ReservationDraft
from phoihop.domain.people.actions.keys import make_key
from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload
from tests.laid import laid_upon
from tests.world import at, person, unit

MORNING = at(1, 8)
PASSWORD, PIN = "một câu dài dễ nhớ", "73190284"


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


@laid_upon
def a_regulation(w: SimpleNamespace, when: datetime = MORNING, **change: Any) -> m.Agreement:
    """A draft of Lan's, the police of Sông; nobody else has been sent it."""
    staff = m.Post.objects.get(pk=w.lan.pk)
    return draft_agreement(by=staff, draft=a_text(w, **change), at=when)


@laid_upon
def heads(w: SimpleNamespace) -> SimpleNamespace:
    """Who signs for the three parties of ``a_text``: the commander of each, who has a password and no key yet."""
    made = {
        name: person(f"trưởng {name}", unit, "commander") for name, unit in (("police", w.police_song), ("militia", w.militia_song), ("station", w.station))
    }
    m.User.objects.filter(posts__in=made.values()).update(password=make_password(PASSWORD))
    return SimpleNamespace(**{name: m.Post.objects.select_related("user", "unit").get(pk=post.pk) for name, post in made.items()})


def a_key(post: m.Post, when: datetime = MORNING) -> m.PostKey:
    return make_key(by=post, password=Secret(PASSWORD), pin=Secret(PIN), again=Secret(PIN), at=when)


def for_signing(w: SimpleNamespace, a: m.Agreement, when: datetime = MORNING) -> m.Version:
    """Opened for signing straight away, as an old regulation is whose opinions were given on paper."""
    return open_signing(by=w.lan, agreement=a, workdays=5, at=when)


@laid_upon
def circulated(w: SimpleNamespace, when: datetime = MORNING, **change: Any) -> m.Agreement:
    """Sent to militia and border station for their opinions; both agree to the whole."""
    a = a_regulation(w, when, **change)
    circulate(by=w.lan, agreement=a, workdays=5, at=when)
    for by in (w.binh, w.hai):
        opine(by=by, agreement=a, wishes=[], at=when)
    return m.Agreement.objects.get(pk=a.pk)


def on_paper(
    by: m.Post, a: m.Agreement, when: datetime = MORNING, scans: Sequence[Upload] = (), reservations: Sequence[ReservationDraft] = (), **change: Any
) -> m.Signature:
    """One party acknowledges the paper original of the newest version."""
    plain: dict[str, Any] = {"signed_on": date(2026, 5, 20), "number": "05/QC-CAX", "signers": "Trưởng Công an xã, Chỉ huy trưởng Ban CHQS xã"}
    paper = PaperDraft(**plain | change)
    return acknowledge_paper(by=by, agreement=a, digest=current(a).digest, paper=paper, scans=scans, reservations=reservations, at=when)


@laid_upon
def in_force(w: SimpleNamespace, when: datetime = MORNING, **change: Any) -> m.Agreement:
    """Signed by all three on paper, on 20 May 2026."""
    a = a_regulation(w, when, **change)
    for_signing(w, a, when)
    for by in vars(heads(w)).values():
        on_paper(by, a, when)
    return m.Agreement.objects.select_related("matter").get(pk=a.pk)


@laid_upon
def approved_by_the_province(w: SimpleNamespace, when: datetime = MORNING) -> tuple[m.Agreement, m.Post]:
    """A text that the People's Committee of the province approves, signed by all three on paper; and the Committee's chair."""
    committee = unit(w.forces["UB"], "tinh", w.province, "UBND tỉnh Sông Đất")
    chair = person("chủ tịch", committee, "commander")
    parties = [*a_text(w).parties, PartyDraft(committee, "inform", signs=False, approves=True)]
    a = a_regulation(w, when, parties=parties)
    for_signing(w, a, when)
    for by in vars(heads(w)).values():
        on_paper(by, a, when)
    return m.Agreement.objects.select_related("matter").get(pk=a.pk), chair
