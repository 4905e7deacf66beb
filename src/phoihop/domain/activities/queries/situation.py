"""The patrols of a duty day as the board shows them, the days before in numbers, and what comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from phoihop.kernel.period import Period

from ...matters.rules import Sight
from ...people.models import Post
from ...people.rules import may
from ...territory.models import Area
from ..models import Activity, RouteKind
from ..rules import Grace, State
from ..rules.situation import duty_hours
from .patrols import patrols, with_state
from .places import of_unit, within

_TOLD = (
    "pk", "matter__code", "matter__title__text", "route__name", "route_kind", "matter__area", "matter__area__code", "matter__area__name", "matter__lead__short", "matter__lead__force__code",
    "planned_start", "planned_end", "started_at", "ended_at", "state", "exact", "sight", "matter__lead",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A patrol of a duty day. Where the viewer may not see it exactly, it has no times and no route; ``own``: its unit takes part."""

    pk: int
    code: str
    name: str
    area: int
    area_code: str
    place: str
    lead: str
    force: str
    state: State
    own: bool
    leads: bool
    start: datetime | None = None
    end: datetime | None = None
    left: datetime | None = None
    back: datetime | None = None


def on_duty(viewer: Post, area: Area | None, day: date, now: datetime, grace: Grace, on: date) -> list[OnDuty]:
    """The patrols of a day's duty (from six to six) in an area that the viewer sees, in the order of their start. One query."""
    first, until = duty_hours(day)
    rows = patrols(viewer, now, grace, on).filter(planned_start__gte=first, planned_start__lt=until)
    if area is not None:
        rows = rows.filter(within(area, day))
    return [_on_duty(viewer, *row) for row in rows.order_by("planned_start", "pk").values_list(*_TOLD)]


def _on_duty(viewer: Post, *told: Any) -> OnDuty:
    pk, code, title, route, kind, area, area_code, place, lead, force, start, end, left, back, state, exact, sight, lead_id = told
    name = title or (route if exact else "") or (str(RouteKind(kind).label) if exact else "")
    times = (start, end, left, back) if exact else ()
    return OnDuty(pk, code, name, area, area_code, place, lead, force, State(state), sight >= Sight.WHOLE, lead_id == viewer.unit_id, *times)


def led_by_others(viewer: Post, area: Area | None, day: date) -> list[tuple[str, str, int]]:
    """Who leads the patrols of a day's duty in an area, and how many each, key and short name: asked where the viewer sees none of them. One query.

    Figures are whole for who may see them, and of what one may not see one learns who leads it.
    """
    if not may(viewer, "figure.view"):
        return []
    first, until = duty_hours(day)
    rows = Activity.objects.filter(planned_start__gte=first, planned_start__lt=until, matter__exercise=False, cancelled_at=None)
    if area is not None:
        rows = rows.filter(within(area, day))
    leads = rows.order_by().values_list("matter__lead__key", "matter__lead__short").annotate(n=Count("pk"))
    return [(key, short, n) for key, short, n in leads.order_by("-n", "matter__lead__short")]


def pulse(viewer: Post, area: Area | None, days: Period, now: datetime, grace: Grace, morning: datetime | None = None) -> dict[date, Counter[State]]:
    """How many patrols of each day in an area stand in which state. Counts are public to who may see figures. One query.

    ``morning``: with those of the day after that begin before it, which belong to the last day's duty.
    """
    if not may(viewer, "figure.view"):
        return {}
    until = Q(day__lt=days.until) if morning is None else Q(day__lt=days.until) | Q(day=days.until, planned_start__lt=morning)
    rows: QuerySet[Any] = Activity.objects.filter(until, day__gte=days.first, matter__exercise=False)
    if area is not None:
        rows = rows.filter(within(area, days.last))
    counts: dict[date, Counter[State]] = {}
    told: QuerySet[Any] = with_state(rows, now, grace)
    for day, state, n in told.order_by().values_list("day", "state").annotate(n=Count("pk")):
        counts.setdefault(day, Counter())[State(state)] += n
    return counts


def coming(viewer: Post, since: datetime, until: datetime, now: datetime, grace: Grace, on: date, most: int = 6) -> list[OnDuty]:
    """The next patrols of the viewer's own unit between two moments. One query."""
    rows = patrols(viewer, now, grace, on).filter(of_unit(viewer.unit_id), planned_start__gte=since, planned_start__lt=until, cancelled_at=None)
    return [_on_duty(viewer, *row) for row in rows.order_by("planned_start", "pk").values_list(*_TOLD)[:most]]
