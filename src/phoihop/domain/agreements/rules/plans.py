"""Whether what a plan lays down beside its clauses holds together: posts, preparations, phases with steps, needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.rules import has_text
from ...people.models import Post
from ..models import Agreement, AgreementKind, DraftHead, EventPostKind, NeedKind, OnSpot
from .drafting import SITUATIONS, is_cleared, may_change
from .drafts import DutyRoleDraft
from .roles import fits_all_roles

MOST_POSTS = 300
MOST_STEPS = 200
MOST_NEEDS = len(NeedKind)
MOST_PEOPLE = 100_000
MOST_MINUTES = 60 * 24 * 60


@dataclass(frozen=True, slots=True)
class EventPostDraft:
    """A place to be held at an event: by which unit, with how many people, from when until when."""

    kind: str
    place: str
    unit: Unit
    people: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """Something to be made ready before an event: by which unit, by when."""

    what: str
    unit: Unit
    due_at: datetime


@dataclass(frozen=True, slots=True)
class StepDraft:
    """``within_minutes`` counts from when the plan is opened."""

    what: str
    within_minutes: int
    roles: Sequence[DutyRoleDraft]


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A stretch of a contingency plan: its steps, in order."""

    name: str
    steps: Sequence[StepDraft]


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """What a plan needs: in which of the *four on the spot* (``spot``), of what kind, how much."""

    spot: str
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that a plan lays down beside its clauses."""

    posts: Sequence[EventPostDraft] = ()
    checks: Sequence[CheckDraft] = ()
    phases: Sequence[PhaseDraft] = ()
    needs: Sequence[NeedDraft] = ()


def may_arrange(post: Post, agreement: Agreement, head: Agreement | DraftHead, sent: bool, on: date) -> Verdict:
    """The lead arranges a plan of a kind whose body may be kept, as long as nobody was sent this version. ``head``: what the version says of itself."""
    return first_no(
        may_change(post, agreement, on),
        no_unless(head.kind in SITUATIONS, "not-a-plan", _("Chỉ kế hoạch sự kiện và phương án xử lý tình huống có phần bố trí lực lượng.")),
        no_unless(head.situation, "situation-not-kept", _("Phần bố trí chỉ giữ cho phương án thuộc loại tình huống trong danh mục."), "situation"),
        is_cleared(head.cleared_by, head.cleared_on),
        no_unless(not sent, "version-sent", _("Bản này đã gửi các bên. Hãy sửa nguyên văn để mở bản mới, rồi sửa phần bố trí.")),
    )


def fits_arrangement(a: Arrangement, kind: str, parties: Collection[int]) -> Verdict:
    """``parties``: ids of the units that the plan binds; nobody is posted or given a step who was not asked."""
    needed = [n.kind for n in a.needs]
    again = next((n for n, kind in enumerate(needed) if kind in needed[:n]), None)
    return first_no(
        no_unless(len(a.posts) <= MOST_POSTS, "too-many-posts", _("Một kế hoạch có nhiều nhất 300 chốt, tổ."), "posts"),
        no_unless(sum(len(p.steps) for p in a.phases) <= MOST_STEPS, "too-many-steps", _("Một phương án có nhiều nhất 200 bước."), "phases"),
        no_unless(not a.posts or kind == AgreementKind.EVENT, "posts-of-event", _("Chốt, tổ chỉ ghi trong kế hoạch sự kiện."), "posts"),
        *(_fits_post(p, parties, f"posts.{n}") for n, p in enumerate(a.posts)),
        *(_fits_check(c, parties, f"checks.{n}") for n, c in enumerate(a.checks)),
        *(_fits_phase(p, parties, f"phases.{n}") for n, p in enumerate(a.phases)),
        no_unless(again is None, "need-twice", _("Mỗi loại nhu cầu chỉ ghi một dòng."), f"needs.{again}.kind"),
        *(_fits_need(need, f"needs.{n}") for n, need in enumerate(a.needs)),
    )


def _fits_post(p: EventPostDraft, parties: Collection[int], place: str) -> Verdict:
    return first_no(
        no_unless(p.kind in EventPostKind.values, "no-such-post", _("Chọn chốt, tổ cơ động hoặc lực lượng dự bị."), f"{place}.kind"),
        has_text(p.place, f"{place}.place"),
        is_party(p.unit, parties, f"{place}.unit"),
        no_unless(1 <= p.people <= MOST_PEOPLE, "people-out-of-range", _("Tổng số người từ 1 đến 100.000."), f"{place}.people"),
        no_unless(p.until > p.since, "ends-before-start", _("Giờ kết thúc phải sau giờ bắt đầu."), f"{place}.until"),
    )


def _fits_check(c: CheckDraft, parties: Collection[int], place: str) -> Verdict:
    return first_no(has_text(c.what, f"{place}.what"), is_party(c.unit, parties, f"{place}.unit"))


def _fits_phase(p: PhaseDraft, parties: Collection[int], place: str) -> Verdict:
    return first_no(
        has_text(p.name, f"{place}.name"),
        no_unless(p.steps, "phase-empty", _("Giai đoạn này chưa có bước nào."), f"{place}.steps"),
        *(_fits_step(s, parties, f"{place}.steps.{n}") for n, s in enumerate(p.steps)),
    )


def _fits_step(s: StepDraft, parties: Collection[int], place: str) -> Verdict:
    return first_no(
        has_text(s.what, f"{place}.what"),
        no_unless(1 <= s.within_minutes <= MOST_MINUTES, "step-minutes", _("Thời gian của một bước từ 1 phút đến 60 ngày."), f"{place}.within_minutes"),
        fits_all_roles(s.roles, f"{place}.roles"),
        *(is_party(r.unit, parties, f"{place}.roles.{n}") for n, r in enumerate(s.roles) if r.unit),
    )


def _fits_need(n: NeedDraft, place: str) -> Verdict:
    return first_no(
        no_unless(n.kind in NeedKind.values, "no-such-need", _("Loại nhu cầu không có trong danh mục (không có vũ khí)."), f"{place}.kind"),
        no_unless(n.spot in OnSpot.values, "no-such-spot", _("Chọn một trong bốn tại chỗ."), f"{place}.spot"),
        no_unless(1 <= n.amount <= 1_000_000, "need-out-of-range", _("Số cần từ 1 đến 1.000.000."), f"{place}.amount"),
    )


def is_party(unit: Unit, parties: Collection[int], field: str) -> Verdict:
    return no_unless(
        unit.pk in parties,
        "not-a-party",
        _("%(unit)s không phải là bên của kế hoạch này. Hãy thêm đơn vị vào các bên trước.") % {"unit": unit},
        field,
    )


def may_prove(hidden: int) -> Verdict:
    """What proves a text names it whole: a plan with posts (``hidden``: how many the reader may not see) to lead and participants only."""
    return no_unless(
        not hidden, "posts-hidden", _("Tệp kiểm chứng ghi từng chốt, tổ với giờ và quân số, nên chỉ đơn vị chủ trì và các bên của kế hoạch tải được.")
    )
