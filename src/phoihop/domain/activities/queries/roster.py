"""The patrols of some days as a roster needs them: when, on which route, who with which team; and how many where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from phoihop.kernel.period import HOME, Period

from ...matters.models import Participation, PartState
from ...matters.queries.sight import REFUSED_PARTS
from ...people.models import Post
from ..models import Activity, Strength
from ..rules import Grace, State
from ..rules.shifts import Shift, shift_of
from .patrols import patrols


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit on a patrol: its force, which of its teams, how many teams and people as planned."""

    unit: int
    force: str
    team: int
    teams: int
    people: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A patrol on a roster. Where the viewer may not see it exactly (``exact``), it has a day and a commune, nothing more."""

    pk: int
    code: str
    lead: int
    day: date
    area: int
    state: State
    exact: bool
    route: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    waiting: int = 0
    seats: tuple[Seat, ...] = ()

    @property
    def shift(self) -> Shift | None:
        return shift_of(self.start) if self.start else None

    @property
    def stands(self) -> bool:
        """Whether it is to take place or took place."""
        return self.state not in (State.CANCELLED, State.NOT_HELD)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HOME)


def of_days(viewer: Post, days: Period, now: datetime, grace: Grace, on: date) -> QuerySet[Activity]:
    """The patrols that the viewer sees and that were planned to begin in these days."""
    return patrols(viewer, now, grace, on).filter(planned_start__gte=midnight(days.first), planned_start__lt=midnight(days.until))


def planned(rows: QuerySet[Any]) -> list[Planned]:
    """The rows (of :func:`of_days`) in the order of their start, each with who takes part, as far as the viewer sees it exactly. Three queries."""
    told = rows.order_by("planned_start", "pk").values_list(
        "pk", "matter", "matter__code", "matter__lead", "planned_start", "planned_end", "matter__area", "state", "exact", "route", "matter__waiting"
    )
    found = list(told)
    seats = _seats({pk: matter for pk, matter, *_rest, exact, _route, _waiting in found if exact})
    return [
        Planned(pk, code, lead, start.astimezone(HOME).date(), area, State(state), True, route, start, end, waiting, tuple(seats.get(pk, ())))
        if exact
        else Planned(pk, code, lead, start.astimezone(HOME).date(), area, State(state), False)
        for pk, _matter, code, lead, start, end, area, state, exact, route, waiting in found
    ]


def _seats(matters: dict[int, int]) -> dict[int, list[Seat]]:
    refused = set(
        Participation.objects.filter(matter__in=list(matters.values()), state__in=(*REFUSED_PARTS, PartState.WITHDRAWN)).values_list("matter", "unit")
    )
    seats: dict[int, list[Seat]] = {}
    rows = Strength.objects.filter(activity__in=list(matters)).order_by("pk")
    for activity, unit, force, team, teams, people in rows.values_list("activity", "unit", "unit__force__code", "team", "planned_teams", "planned_people"):
        if (matters[activity], unit) not in refused:
            seats.setdefault(activity, []).append(Seat(unit, force, team, teams, people))
    return seats


def count_by_area_and_day(rows: QuerySet[Any]) -> dict[tuple[int, date], int]:
    """How many patrols (of :func:`of_days`) stand in each area on each day: what an overview of a province shows."""
    standing = rows.filter(~Q(state__in=(State.CANCELLED.value, State.NOT_HELD.value)))
    counts = standing.order_by().values_list("matter__area", "day").annotate(n=Count("pk"))
    return {(area, day): n for area, day, n in counts}


def nights_by_force(rows: Iterable[Planned]) -> dict[str, tuple[int, int]]:
    """By force: its teams' turns at night, and its people's turns at any time. For a fair share of the nights."""
    nights: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for row in rows:
        for seat in row.seats if row.stands else ():
            nights[seat.force] += seat.teams if row.shift is Shift.NIGHT else 0
            people[seat.force] += seat.people
    return {force: (nights[force], people[force]) for force in people}
