"""What an agreement lacks, as a list with reasons. Never one score: each line says what is missing and where to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import Period

from ...territory.models import Level
from ..models import Cadence, DutyAct, Norm
from .norms import OFTEN, Holding, sparser


class About(StrEnum):
    """What a finding is about, in the order in which it is shown."""

    PARTIES = "parties"
    LEAD = "lead"
    CONTACTS = "contacts"
    DEADLINES = "deadlines"
    CADENCES = "cadences"
    REVIEW = "review"
    CONFLICT = "conflict"


ABOUT_NAMES = {
    About.PARTIES: _("Các bên"), About.LEAD: _("Chủ trì"), About.CONTACTS: _("Đầu mối liên lạc"), About.DEADLINES: _("Thời hạn"),
    About.CADENCES: _("Chu kỳ"), About.REVIEW: _("Ngày rà soát"), About.CONFLICT: _("Chồng chéo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that an agreement lacks. ``clause``: the order of the clause where it is mended, 0: the head."""

    about: About
    code: str
    reason: Any
    clause: int = 0


@dataclass(frozen=True, slots=True)
class ClauseSeen:
    """A clause as the check sees it: its whole label (*khoản 1 Điều 4* stands in *Điều 4*), what it is about; of each duty
    the cadence, whether it has a lead and a deadline.
    """

    order: int
    label: str
    content: str
    duties: Sequence[DutySeen] = ()


@dataclass(frozen=True, slots=True)
class DutySeen:
    cadence: str
    has_lead: bool
    has_deadline: bool
    homeless: int = 0
    """Areas in which no unit of the leading force stands."""
    act: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another agreement in force that names another lead for the same content in an area of this one."""

    code: str
    content: Any
    lead: str
    area: str
    clause: int


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    signatories: Sequence[str]
    without_contact: Sequence[str]
    forces_in_duties_not_bound: Sequence[str]
    next_review: date | None
    clauses: Sequence[ClauseSeen]
    rivals: Sequence[Rival] = field(default=())
    joint: bool = True
    arranged: bool | None = None
    """Of a plan for an event or a situation: whether it has posts, preparations or steps, which say who does what there. None: no such plan."""
    for_event: bool = False
    leaderless: int = 0
    """Steps of a plan for a situation that no unit leads where it is to be opened: with one of them it cannot be."""
    review_follows: bool = False
    """It is not agreed yet, and its own months or those of its place set the day of the review once it is."""
    over: bool = False
    """It ended, lapsed or was replaced: nobody reviews it any more."""
    holding: Holding = field(default=Holding())
    """What is asked for where the agreement is kept: the shipped criteria, or those laid down there."""


def lacks(a: AgreementSeen, today: date) -> list[Lack]:
    """Everything that an agreement lacks on a day, in a fixed order."""
    return [*_parties(a), *_leads(a), *_contacts(a), *_deadlines(a), *_cadences(a), *_review(a, today), *_conflicts(a)]


def _parties(a: AgreementSeen) -> list[Lack]:
    found = []
    if a.joint and len(a.signatories) < 2:
        found.append(Lack(About.PARTIES, "one-signatory", _("Chỉ có một bên ký: văn bản phối hợp cần ít nhất hai bên.")))
    for force in a.forces_in_duties_not_bound:
        said = _("%(force)s có việc phải làm nhưng không có đơn vị nào của lực lượng này ký hoặc chịu sự chỉ đạo của bên ký.") % {"force": force}
        found.append(Lack(About.PARTIES, "force-not-bound", said))
    return found


def _leads(a: AgreementSeen) -> list[Lack]:
    found = []
    for c in a.clauses:
        missing = sum(not d.has_lead for d in c.duties)
        if missing:
            found.append(Lack(About.LEAD, "duty-no-lead", _("%(clause)s: %(n)s việc chưa có bên chủ trì.") % {"clause": c.label, "n": missing}, c.order))
        homeless = max((d.homeless for d in c.duties), default=0)
        if homeless:
            said = _("%(clause)s: %(n)s địa bàn không có đơn vị của lực lượng chủ trì.") % {"clause": c.label, "n": homeless}
            found.append(Lack(About.LEAD, "no-unit-there", said, c.order))
        if c.content and not c.duties and not any(other.duties and other.label.endswith(f" {c.label}") for other in a.clauses):
            found.append(Lack(About.LEAD, "content-no-duty", _("%(clause)s có nội dung phối hợp nhưng chưa ghi ai làm gì.") % {"clause": c.label}, c.order))
        if c.duties and not c.content:
            found.append(
                Lack(About.LEAD, "duty-no-content", _("%(clause)s có việc phải làm nhưng chưa chọn nội dung phối hợp.") % {"clause": c.label}, c.order)
            )
    if a.arranged is None and not any(c.duties for c in a.clauses):
        found.append(Lack(About.LEAD, "no-duties", _("Văn bản chưa có việc phải làm nào: không theo dõi được việc thực hiện.")))
    if a.arranged is False:
        of_event = _("Chưa có chốt, tổ, việc chuẩn bị hay bước xử lý nào: chưa ai biết mình làm gì.")
        of_situation = _("Chưa có bước xử lý hay việc chuẩn bị nào: chưa ai biết mình làm gì.")
        found.append(Lack(About.LEAD, "not-arranged", of_event if a.for_event else of_situation))
    if a.leaderless:
        said = _("%(n)s bước xử lý chưa có đơn vị chủ trì ở địa bàn này nên phương án không mở được. Hãy ghi một đơn vị cụ thể.") % {"n": a.leaderless}
        found.append(Lack(About.LEAD, "step-no-lead", said))
    return found


def _contacts(a: AgreementSeen) -> list[Lack]:
    if not a.holding.asks(Norm.NEED_CONTACT):
        return []
    return [Lack(About.CONTACTS, "no-contact", _("%(unit)s chưa công bố đầu mối trực.") % {"unit": unit}) for unit in a.without_contact]


def _deadlines(a: AgreementSeen) -> list[Lack]:
    return [
        Lack(About.DEADLINES, "no-deadline", _("%(clause)s: việc khi có yêu cầu chưa ghi phải làm trong bao lâu.") % {"clause": c.label}, c.order)
        for c in a.clauses
        if any(d.cadence == Cadence.DEMAND and not d.has_deadline for d in c.duties)
    ]


AT_LEAST: dict[tuple[str, str], Norm] = {
    (DutyAct.BRIEF, Level.PROVINCE): Norm.BRIEF_PROVINCE,
    (DutyAct.BRIEF, Level.COMMUNE): Norm.BRIEF_COMMUNE,
    (DutyAct.DRILL, Level.COMMUNE): Norm.DRILL_COMMUNE,
    (DutyAct.REVIEW, Level.PROVINCE): Norm.SUM_UP,
    (DutyAct.REVIEW, Level.COMMUNE): Norm.SUM_UP,
}
"""How often what a text lays down is to come round at least, by what is to be done and at which level."""


def _cadences(a: AgreementSeen) -> list[Lack]:
    """What comes round less often in this text than where it is kept. What it does not lay down at all, another text may."""
    laid: dict[tuple[str, str], list[tuple[str, ClauseSeen]]] = {}
    for clause in a.clauses:
        for duty in clause.duties:
            if duty.cadence in OFTEN and (duty.act, duty.level) in AT_LEAST:
                laid.setdefault((duty.act, duty.level), []).append((duty.cadence, clause))
    found = []
    for key, there in laid.items():
        asked = a.holding.value(AT_LEAST[key])
        cadence, clause = min(there, key=lambda one: OFTEN.index(Cadence(one[0])))
        if sparser(cadence, asked):
            said = {"clause": clause.label, "act": DutyAct(key[0]).label, "cadence": Cadence(cadence).label, "asked": Cadence(asked).label}
            reason = _("%(clause)s: %(act)s %(cadence)s, thưa hơn chu kỳ ở địa bàn này (%(asked)s).") % said
            found.append(Lack(About.CADENCES, "too-seldom", reason, clause.order))
    return found


def _review(a: AgreementSeen, today: date) -> list[Lack]:
    if a.over or (a.next_review is None and (a.review_follows or not a.holding.asks(Norm.NEED_REVIEW))):
        return []
    if a.next_review is None:
        return [Lack(About.REVIEW, "no-review", _("Chưa có ngày rà soát tới."))]
    if a.next_review < today:
        return [Lack(About.REVIEW, "review-overdue", _("Đã quá ngày rà soát %(day)s.") % {"day": f"{a.next_review:%d/%m/%Y}"})]
    return []


def _conflicts(a: AgreementSeen) -> list[Lack]:
    found = []
    for r in a.rivals:
        said = _("%(content)s tại %(area)s: %(code)s đang giao %(lead)s chủ trì.") % {"content": r.content, "area": r.area, "code": r.code, "lead": r.lead}
        found.append(Lack(About.CONFLICT, "two-leads", said, r.clause))
    return found


@dataclass(frozen=True, slots=True)
class Claim:
    """That an agreement names a lead for a content, an act and a level, in an area and for a time."""

    agreement: int
    content: str
    act: str
    level: str
    lead: tuple[int | None, str]
    """A unit, if one is named, and the code of its force."""
    areas: frozenset[int]
    days: Period
    clause: int = 0


def rivals_of(own: Sequence[Claim], others: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Which of the others name another lead for the same thing in one area at one time."""
    by_kind: dict[tuple[str, str, str], list[Claim]] = {}
    for other in others:
        by_kind.setdefault((other.content, other.act, other.level), []).append(other)
    return [
        (mine, other)
        for mine in own
        if mine.content
        for other in by_kind.get((mine.content, mine.act, mine.level), ())
        if other.agreement != mine.agreement and _differ(mine.lead, other.lead) and mine.areas & other.areas and len(mine.days.meet(other.days))
    ]


def _differ(one: tuple[int | None, str], other: tuple[int | None, str]) -> bool:
    """A force and a unit of it are the same lead; two named units are not."""
    return one[1] != other[1] or (one[0] is not None and other[0] is not None and one[0] != other[0])
