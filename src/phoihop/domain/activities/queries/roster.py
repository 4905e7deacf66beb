"""The patrols of some days as a roster needs them: when, on which route, who with which team; and how many where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from phoihop.kernel.period import HOME, Period, local_day

from ...matters.models import Participation
from ...people.models import Post
from ..models import Activity, Leg, Strength
from ..rules import Grace, State
from ..rules.shifts import Shift, shift_of
from .parties import GONE
from .patrols import closely, seen_patrols


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit on a patrol: what it is called, its force, which of its teams, how many teams and people as planned. ``gone``: it declined."""

    unit: int
    name: str
    force: str
    team: int
    teams: int
    people: int
    gone: bool = False


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
    version: int = 0
    route: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    waiting: int = 0
    seated: tuple[Seat, ...] = ()

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Who is to go: those that did not decline."""
        return tuple(seat for seat in self.seated if not seat.gone)

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
    return closely(seen_of_days(viewer, days, now, grace, on), viewer, on)


def seen_of_days(viewer: Post, days: Period, now: datetime, grace: Grace, on: date) -> QuerySet[Activity]:
    """The same with their state alone: for counting."""
    return seen_patrols(viewer, now, grace, on).filter(planned_start__gte=midnight(days.first), planned_start__lt=midnight(days.until))


def planned(rows: QuerySet[Any]) -> list[Planned]:
    """The rows (of :func:`of_days`) in the order of their start, each with who takes part, as far as the viewer sees it exactly. Two queries."""
    told = rows.order_by("planned_start", "pk").values_list(
        "pk", "version", "matter__code", "matter__lead", "planned_start", "planned_end", "matter__area", "state", "exact", "route", "matter__waiting"
    )
    found = list(told)
    seats = _seats([pk for pk, *_rest, exact, _route, _waiting in found if exact])
    return [
        Planned(pk, code, lead, local_day(start), area, State(state), True, version, route, start, end, waiting, tuple(seats.get(pk, ())))
        if exact
        else Planned(pk, code, lead, local_day(start), area, State(state), False)
        for pk, version, code, lead, start, end, area, state, exact, route, waiting in found
    ]


def _seats(activities: list[int]) -> dict[int, list[Seat]]:
    part = Participation.objects.filter(matter=OuterRef("activity__matter"), unit=OuterRef("unit")).values("state")[:1]
    rows = Strength.objects.filter(activity__in=activities).annotate(answer=Subquery(part)).order_by("pk")
    seats: dict[int, list[Seat]] = {}
    told = rows.values_list("activity", "unit", "unit__short", "unit__force__code", "team", "planned_teams", "planned_people", "answer")
    for activity, unit, name, force, team, teams, people, answer in told:
        seats.setdefault(activity, []).append(Seat(unit, name, force, team, teams, people, answer in GONE))
    return seats


def areas_walked(rows: Iterable[Planned]) -> set[tuple[int, int]]:
    """Pairs of a patrol and an area of its legs, of rows that the viewer sees exactly."""
    exact = [row.pk for row in rows if row.exact]
    return set(Leg.objects.filter(activity__in=exact).values_list("activity", "area"))


def count_by_area_and_day(rows: QuerySet[Any]) -> dict[tuple[int, date], int]:
    """How many patrols (of :func:`seen_of_days`) stand in each area on each day: what an overview of a province shows."""
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
