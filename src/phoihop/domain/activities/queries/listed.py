"""Patrols in a list: how many stand how, and one page of them, each as far as the viewer sees it.

The order runs by days (or communes, or leading units) and within one by the hour, where that may be seen: it must not tell what
a row does not show. So only what comes under the headings of one page is looked at closely; the rest is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from phoihop.kernel.kept_queries import KeptQueries

from ...matters.models import Participation
from ...matters.queries.sight import coarsely
from ...matters.rules import Facet, Sight, opens
from ...people.models import Post
from ..models import Strength
from ..rules import State, exact
from .parties import GONE


class Listed(NamedTuple):
    """A patrol in a list. Where the viewer may not see it exactly it has no times, no route and no strength.

    ``start``, ``end``: as it was, once there is a result; as planned before. ``forces``: besides the lead's.
    ``people``: None while nobody has said how many.
    """

    code: str
    title: str
    day: date
    start: datetime | None
    end: datetime | None
    route: str
    route_kind: str
    area_kind: str
    area: str
    lead: int
    lead_name: str
    lead_force: str
    forces: tuple[str, ...]
    people: int | None
    armed: bool
    exercise: bool
    state: State
    claim: str
    confirmed: int
    exact: bool


class _Told(NamedTuple):
    """What the database tells of a patrol, before anything is held back."""

    pk: int
    code: str
    title: str | None
    exercise: bool
    lead: int
    lead_name: str
    lead_force: str
    area_kind: str
    area: str
    day: date
    planned_start: datetime
    planned_end: datetime
    started: datetime | None
    ended: datetime | None
    route: str | None
    route_kind: str
    armed: bool
    claim: str
    confirmed: int
    state: str
    sight: int


_COLUMNS = (
    "pk", "matter__code", "matter__title__text", "matter__exercise", "matter__lead", "matter__lead__short", "matter__lead__force__code",
    "matter__area__kind", "matter__area__name", "day", "planned_start", "planned_end", "started_at", "ended_at", "route__name", "route_kind",
    "armed", "claim", "confirmed", "state", "sight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How many patrols stand in each state; and of those that are listed, how many come under each heading of the order, upwards."""

    states: Mapping[State, int]
    headings: Sequence[tuple[Any, int]]

    @property
    def total(self) -> int:
        return sum(n for _heading, n in self.headings)


def tally(rows: QuerySet[Any], by: str, state: State | None) -> Tally:
    """Of rows of :func:`.roster.of_days`, in the order of the column ``by``; listed are those in ``state``, or all. One query."""
    states: Counter[State] = Counter()
    headings: Counter[Any] = Counter()
    for heading, stands, n in rows.order_by(by).values_list(by, "state").annotate(n=Count("pk")):
        states[State(stands)] += n
        headings[heading] += n if state in (None, stands) else 0
    return Tally(states, [(heading, n) for heading, n in headings.items() if n])


def listed(viewer: Post, rows: QuerySet[Any], by: str, down: bool, tallied: Tally, start: int, length: int, on: date) -> list[Listed]:
    """So many of the rows that were tallied, from ``start`` on, in that order or ``down``; of one state, if one was chosen. Two queries."""
    first, last, skip = _stretch(tallied.headings[::-1] if down else tallied.headings, start, length)
    if first is None:
        return []
    low, high = (last, first) if down else (first, last)
    near = coarsely(rows.filter(**{f"{by}__gte": low, f"{by}__lte": high}), viewer, on, "matter")
    rank = {heading: n for n, (heading, _count) in enumerate(tallied.headings)}
    told = [(_Told._make(row), rank.get(heading, 0)) for *row, heading in near.order_by().values_list(*_COLUMNS, by)]
    found = sorted((_Seen(one, place) for one, place in told), key=lambda seen: seen.place, reverse=down)[skip : skip + length]
    crews = _crews({seen.told.pk: bool(seen.told.claim) for seen in found if seen.parties})
    return [_listed(seen.told, seen.exact, crews.get(seen.told.pk, {})) for seen in found]


class _Seen:
    """A patrol, whether the viewer sees it exactly and who takes part; ``place``: where it stands, told by nothing that it does not show."""

    def __init__(self, told: _Told, heading: int) -> None:
        sight = Sight(told.sight)
        self.told, self.exact, self.parties = told, exact(State(told.state), sight), opens(sight, Facet.PARTIES)
        self.place = (heading, self.exact, told.planned_start if self.exact else None, told.pk)


def _stretch(headings: Sequence[tuple[Any, int]], start: int, length: int) -> tuple[Any, Any, int]:
    """The first and the last heading of a page, and how many rows under the first come before it; no headings where there is nothing."""
    first = last = None
    passed = skip = 0
    for heading, n in headings:
        if passed >= start + length:
            break
        if passed + n > start:
            first, skip = (heading, start - passed) if last is None else (first, skip)
            last = heading
        passed += n
    return first, last, skip


def _listed(told: _Told, exact: bool, crew: Mapping[str, int | None]) -> Listed:
    start, end = (told.started, told.ended) if told.started and told.ended else (told.planned_start, told.planned_end)
    known = [n for n in crew.values() if n is not None]
    return Listed(
        told.code, told.title or "", told.day, start if exact else None, end if exact else None,
        told.route or "" if exact else "", told.route_kind if exact else "", told.area_kind, told.area,
        told.lead, told.lead_name, told.lead_force, tuple(sorted(force for force in crew if force != told.lead_force)),
        sum(known) if exact and known else None, told.armed, told.exercise, State(told.state), told.claim, told.confirmed, exact,
    )  # fmt: skip


_kept = KeptQueries()


def _crews(reported: Mapping[int, bool]) -> dict[int, dict[str, int | None]]:
    """By patrol (``reported``: whether there is a result), its forces with how many people, as counted, else as planned; without who declined."""
    crews: dict[int, dict[str, int | None]] = {}
    for pk, force, plan, people, said in _kept.rows_of(reported, "seats", _seats):
        if said in GONE:
            continue
        crew, n = crews.setdefault(pk, {}), people if reported[pk] else plan
        crew[force] = n if crew.get(force) is None else (crew[force] or 0) + (n or 0)
    return crews


def _seats(patrols: Sequence[int]) -> QuerySet[Any, Any]:
    answer = Participation.objects.filter(matter=OuterRef("activity__matter"), unit=OuterRef("unit")).values("state")[:1]
    rows = Strength.objects.filter(activity__in=patrols).annotate(answer=Subquery(answer)).order_by("pk")
    return rows.values_list("activity", "unit__force__code", "planned_people", "people", "answer")
