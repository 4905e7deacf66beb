"""Carrying a plan out: preparations ticked off, the plan laid out as tasks, its result, its practice, what communes say of themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import Matter
from ...matters.rules import leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementKind, EventResult, OnSpot, PlanCheck
from .cascade import is_agreed
from .plans import MOST_PEOPLE, is_party
from .reviewing import months_after


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """How an event went, as the lead says: on which day, whether safe, how many posts and teams stood."""

    held_on: date
    safe: bool
    posts: int
    teams: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A plan was practised: on a day, by how many, how many of its goals were met."""

    held_on: date
    people: int
    goals: int
    met: int
    note: str = ""


def may_tick(post: Post, check: PlanCheck, agreement: Agreement, holds: bool, on: date) -> Verdict:
    """The unit that prepares says itself that it is ready; never another, never the clock. ``holds``: it stands in the text that was agreed last."""
    return first_no(
        allowed(post, "task.answer", on),
        no_unless(post.unit_id == check.unit_id, "not-yours", _("Chỉ đơn vị được phân công mới báo đã xong.")),
        is_agreed(agreement),
        no_unless(holds, "other-version", _("Việc này thuộc bản đã được thay hoặc bản chưa đủ chữ ký. Hãy báo ở bản các bên đã ký sau cùng.")),
        no_unless(check.done_at is None, "already-done", _("Việc này đã báo xong.")),
    )


def may_lay_out(post: Post, agreement: Agreement, in_force: bool, steps: int, on: date) -> Verdict:
    """The lead opens a contingency plan that is in force."""
    return first_no(
        allowed(post, "task.give", on),
        leads(post, agreement.matter),
        no_unless(agreement.kind == AgreementKind.CONTINGENCY, "not-contingency", _("Chỉ mở được phương án xử lý tình huống.")),
        no_unless(in_force, "not-in-force", _("Phương án này không có hiệu lực hôm nay.")),
        no_unless(steps, "no-steps", _("Phương án này chưa có bước nào.")),
    )


def may_lay_out_on(post: Post, matter: Matter, agreement: Agreement) -> Verdict:
    """On its own matter, or on another one that the same unit leads: the incident for which it is opened."""
    return no_unless(
        matter.pk == agreement.matter_id or matter.lead_id == post.unit_id,
        "matter-of-others",
        _("Chỉ mở phương án cho việc mà đơn vị của bạn chủ trì."),
        "matter",
    )


def may_tell_result(post: Post, agreement: Agreement, told: bool, r: ResultDraft, today: date) -> Verdict:
    """The lead tells once how the event went; afterwards each party adds its own people."""
    return first_no(
        allowed(post, "agreement.draft", today),
        leads(post, agreement.matter),
        no_unless(agreement.kind == AgreementKind.EVENT, "not-event", _("Chỉ kế hoạch sự kiện có kết quả bảo vệ sự kiện.")),
        is_agreed(agreement),
        no_unless(not told, "told-already", _("Kết quả của sự kiện này đã được ghi.")),
        no_unless(r.held_on <= today, "day-ahead", _("Sự kiện chưa diễn ra."), "held_on"),
        no_unless(0 <= r.posts <= MOST_PEOPLE, "count-out-of-range", _("Số chốt từ 0 đến 100.000."), "posts"),
        no_unless(0 <= r.teams <= MOST_PEOPLE, "count-out-of-range", _("Số tổ từ 0 đến 100.000."), "teams"),
    )


def may_tell_shift(post: Post, result: EventResult, parties: Collection[int], told: bool, people: int, on: date) -> Verdict:
    """Each party says for itself how many person-shifts it put in; the lead too."""
    return first_no(
        allowed(post, "agreement.opine", on),
        is_party(post.unit, parties, "people"),
        no_unless(not told, "told-already", _("Đơn vị của bạn đã ghi số lượt người.")),
        no_unless(1 <= people <= MOST_PEOPLE, "people-out-of-range", _("Số lượt người từ 1 đến 100.000."), "people"),
    )


def may_practise(post: Post, agreement: Agreement, there: bool, p: PracticeDraft, proofs: int, today: date) -> Verdict:
    return first_no(
        allowed(post, "agreement.draft", today),
        leads(post, agreement.matter),
        no_unless(agreement.kind == AgreementKind.CONTINGENCY, "not-contingency", _("Chỉ phương án xử lý tình huống có luyện tập.")),
        is_agreed(agreement),
        no_unless(p.held_on <= today, "day-ahead", _("Ngày luyện tập chưa đến."), "held_on"),
        no_unless(not there, "practised-that-day", _("Lần luyện tập ngày này đã được ghi."), "held_on"),
        no_unless(1 <= p.people <= MOST_PEOPLE, "people-out-of-range", _("Số lượt người từ 1 đến 100.000."), "people"),
        no_unless(1 <= p.goals <= 1000, "goals-out-of-range", _("Số mục tiêu từ 1 đến 1.000."), "goals"),
        no_unless(0 <= p.met <= p.goals, "met-of-goals", _("Số mục tiêu đạt không nhiều hơn số mục tiêu."), "met"),
        no_unless(proofs <= 1, "one-proof", _("Mỗi lần luyện tập kèm nhiều nhất một tệp minh chứng."), "proofs"),
    )


def practised_lately(last: date | None, months: int, today: date) -> bool:
    """Whether the last practice lies within as many months as hold there; never practised is not lately."""
    return last is not None and last >= months_after(today, -months)


def may_state_spot(post: Post, spot: str, area: int, bound: bool, holds: Collection[int], day: date, today: date) -> Verdict:
    """A party, or a unit that a party directs (``bound``), speaks for its own commune. ``holds``: ids of the communes where the plan holds."""
    return first_no(
        allowed(post, "task.answer", today),
        no_unless(spot in OnSpot.values, "no-such-spot", _("Chọn một trong bốn tại chỗ."), "spot"),
        no_unless(bound, "not-party", _("Chỉ các bên của phương án và đơn vị cấp dưới của họ ghi được ở đây.")),
        no_unless(post.unit.area_id == area, "other-commune", _("Mỗi xã tự ghi cho xã mình."), "area"),
        no_unless(area in holds, "plan-not-there", _("Phương án này không áp dụng ở xã đó."), "area"),
        no_unless(day <= today, "day-ahead", _("Chỉ ghi cho hôm nay hoặc ngày đã qua."), "day"),
    )


def step_lead(unit: Unit | None, field: str) -> Verdict:
    return no_unless(unit, "nobody-there", _("Lực lượng chủ trì bước này chưa có đơn vị nào ở địa bàn."), field)
