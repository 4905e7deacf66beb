"""What a patrol is at a moment: the truth table of architecture, section 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day

from ...matters.rules import Sight
from ..models import Activity, Claim


class State(StrEnum):
    """What a patrol is at a moment. The clock alone may say late or missing; it never says held."""

    PLANNED = "planned"
    READY = "ready"
    LATE = "late"
    UNDER_WAY = "under-way"
    MISSING = "missing"
    WAITING = "waiting"
    HELD = "held"
    DISPUTED = "disputed"
    NOT_HELD = "not-held"
    CANCELLED = "cancelled"


STATE_NAMES = {
    State.PLANNED: _("dự kiến"),
    State.READY: _("sẵn sàng"),
    State.LATE: _("chậm xuất phát"),
    State.UNDER_WAY: _("đang đi"),
    State.MISSING: _("thiếu kết quả"),
    State.WAITING: _("chờ xác nhận"),
    State.HELD: _("đã tổ chức"),
    State.DISPUTED: _("chưa thống nhất"),
    State.NOT_HELD: _("không tổ chức"),
    State.CANCELLED: _("đã hủy"),
}


@dataclass(frozen=True, slots=True)
class Grace:
    """How long after the planned start a patrol is late, and after the planned end its result missing."""

    late: timedelta = timedelta(minutes=30)
    missing: timedelta = timedelta(minutes=60)


def state(a: Activity, now: datetime, grace: Grace = Grace()) -> State:
    """The truth table of a patrol (architecture, section 3)."""
    if a.cancelled_at is not None:
        return State.CANCELLED
    if a.claim == Claim.NOT_HELD:
        return State.DISPUTED if a.disputed else State.NOT_HELD
    if a.claim == Claim.HELD:
        if a.disputed:
            return State.DISPUTED
        return State.HELD if a.confirmed else State.WAITING
    if now > a.planned_end + grace.missing:
        return State.MISSING
    if a.started_at is not None:
        return State.UNDER_WAY
    if now > a.planned_start + grace.late:
        return State.LATE
    return State.READY if a.matter.willing and not a.matter.waiting else State.PLANNED


_OVER = (State.MISSING, State.WAITING, State.HELD, State.DISPUTED, State.NOT_HELD, State.CANCELLED)


def exact(now_is: State, seen: Sight) -> bool:
    """Whether exact route, time and strength are shown (ground rule 5): to the lead and participants; to others who see it once it is over.

    Who declined sees the title and never more. A patrol that is late or still out is not over, whatever its plan says.
    """
    return seen is Sight.WHOLE or (seen >= Sight.GRANTED and now_is in _OVER)


def counts(a: Activity) -> bool:
    """Whether the joint act stands in the figures: claimed as held, confirmed by another party, disputed by none."""
    return a.cancelled_at is None and a.claim == Claim.HELD and a.confirmed > 0 and a.disputed == 0


def plan_counts(a: Activity) -> bool:
    """Whether the plan stands in the figures: made beforehand, and not cancelled before its day."""
    return a.planned and (a.cancelled_at is None or local_day(a.cancelled_at) >= plan_day(a))


def plan_day(a: Activity) -> date:
    """The day on which it was to begin. Plan and fulfilment (TR.09) and campaigns go by it, also when a night patrol left after midnight."""
    return local_day(a.planned_start)
