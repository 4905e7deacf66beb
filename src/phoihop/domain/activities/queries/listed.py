"""Patrols in a list: how many stand how, and one page of them, each as far as the viewer sees it.

The order runs by days (or communes, or leading units) and within one by the hour, where that may be seen: it must not tell what
a row does not show. So only what comes under the headings of one page is looked at closely; the rest is only counted. Who may see what is
asked once: what was counted is known by its keys (of its matters), with the state in which it was counted. What happened to a few patrols since
is counted of these alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from phoihop.kernel.joined_keys import JoinedKeys, count_of, keys_of, without
from phoihop.kernel.kept_queries import KeptQueries

from ...forces.queries.voices import voices_marked
from ...matters.models import Participation
from ...matters.queries.sight import coarsely
from ...matters.rules import Facet, Sight, opens
from ...people.models import Post
from ..models import Activity, Strength
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

    matter: int
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
    sight: int


_COLUMNS = (
    "matter", "pk", "matter__code", "matter__title__text", "matter__exercise", "matter__lead", "matter__lead__short", "matter__lead__force__code",
    "matter__area__kind", "matter__area__name", "day", "planned_start", "planned_end", "started_at", "ended_at", "route__name", "route_kind",
    "armed", "claim", "confirmed", "sight",
)  # fmt: skip


class _Group(NamedTuple):
    """Patrols under one heading in one state; ``keys`` as ``kernel.joined_keys`` writes them."""

    state: State
    keys: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many patrols that its viewer sees stand in each state, and which come under each heading of the order, upwards; listed are those in ``state``, or all."""

    viewer: Post
    on: date
    state: State | None
    groups: Mapping[Any, Sequence[_Group]]

    @property
    def states(self) -> Mapping[State, int]:
        found: Counter[State] = Counter()
        for group in (group for groups in self.groups.values() for group in groups):
            found[group.state] += count_of(group.keys)
        return found

    @property
    def headings(self) -> list[tuple[Any, int]]:
        """What is listed under each heading under which anything is."""
        return [(heading, n) for heading in self.groups if (n := sum(count_of(group.keys) for group in self.under(heading)))]

    @property
    def total(self) -> int:
        return sum(n for _heading, n in self.headings)

    def under(self, heading: Any) -> list[_Group]:
        """What is listed under a heading."""
        return [group for group in self.groups[heading] if self.state in (None, group.state)]


def tally(viewer: Post, rows: QuerySet[Any], by: str, state: State | None, on: date) -> Tally:
    """Of rows of :func:`.roster.seen_of_days` for this viewer, in the order of the column ``by``; listed are those in ``state``, or all. One query."""
    groups: dict[Any, list[_Group]] = {}
    for heading, stands, keys in rows.order_by(by).values_list(by, "state").annotate(keys=JoinedKeys("matter")):
        groups.setdefault(heading, []).append(_Group(State(stands), keys))
    return Tally(viewer, on, state, groups)


def renewed(tallied: Tally, matters: Collection[int], rows: QuerySet[Any], by: str) -> Tally | None:
    """A tally as it is after something happened to the patrols of these matters alone; ``rows``, ``by``: as it was counted. None where a name is new among its
    headings, for which the database alone knows the place. One query, of these patrols."""
    fresh = tally(tallied.viewer, rows.filter(matter__in=matters), by, tallied.state, tallied.on).groups
    new = [heading for heading in fresh if heading not in tallied.groups]
    if any(isinstance(heading, str) for heading in new):
        return None
    gone = {str(matter) for matter in matters}
    left = {heading: [_Group(group.state, without(group.keys, gone)) for group in groups] for heading, groups in tallied.groups.items()}
    headings = sorted([*left, *new]) if new else left
    groups = {heading: _joined([*left.get(heading, ()), *fresh.get(heading, ())]) for heading in headings}
    return replace(tallied, groups={heading: found for heading, found in groups.items() if found})


def _joined(groups: Iterable[_Group]) -> list[_Group]:
    """One group for each state, and none without keys."""
    by_state: dict[State, list[str]] = {}
    for group in groups:
        if group.keys:
            by_state.setdefault(group.state, []).append(group.keys)
    return [_Group(state, ",".join(keys)) for state, keys in by_state.items()]


def listed(tallied: Tally, down: bool, start: int, length: int) -> list[Listed]:
    """So many of the rows that were tallied, from ``start`` on, in that order or ``down``. Two queries."""
    headings = tallied.headings[::-1] if down else tallied.headings
    near, skip = _stretch(headings, start, length)
    stands = {key: (rank, group.state) for rank, heading in enumerate(near) for group in tallied.under(heading) for key in keys_of(group.keys)}
    seen = [_Seen(told, *stands[told.matter], down) for told in _told(tallied, list(stands))]
    found = sorted(seen, key=lambda one: one.place, reverse=down)[skip : skip + length]
    crews = _crews({one.told.pk: bool(one.told.claim) for one in found if one.parties})
    return [_listed(one, crews.get(one.told.pk, {})) for one in found]


class _Seen:
    """A patrol, whether the viewer sees it exactly and who takes part; ``place``: where it stands, told by nothing that it does not show."""

    def __init__(self, told: _Told, rank: int, state: State, down: bool) -> None:
        sight = Sight(told.sight)
        self.told, self.state, self.exact, self.parties = told, state, exact(state, sight), opens(sight, Facet.PARTIES)
        self.place = (-rank if down else rank, self.exact, told.planned_start if self.exact else None, told.pk)


def _stretch(headings: Sequence[tuple[Any, int]], start: int, length: int) -> tuple[list[Any], int]:
    """The headings of a page, and how many rows under the first come before it."""
    found: list[Any] = []
    passed = skip = 0
    for heading, n in headings:
        if passed >= start + length:
            break
        if passed + n > start:
            skip = skip if found else start - passed
            found.append(heading)
        passed += n
    return found, skip


_kept = KeptQueries()
_ON = date(1826, 11, 25)
"""A mark (``kernel.kept_queries``) for the day of asking."""
_AT_ONCE = 1024
"""How many rows are looked at closely in one query: databases bear no more than so many marks."""


def _told(tallied: Tally, keys: Sequence[int]) -> Iterator[_Told]:
    """What the database tells of patrols that were counted for the viewer. Of the sight that it was counted by only the degree is asked for."""
    marks, voices = voices_marked(tallied.viewer.unit_id)

    def make(matters: Sequence[int]) -> QuerySet[Any, Any]:
        rows = coarsely(Activity.objects.filter(matter__in=matters), tallied.viewer, _ON, "matter", marks)
        return rows.values_list(*_COLUMNS)

    for n in range(0, len(keys), _AT_ONCE):
        yield from map(_Told._make, _kept.rows_of(keys[n : n + _AT_ONCE], ("told", marks), make, {_ON: tallied.on, **voices}))


def _listed(one: _Seen, crew: Mapping[str, int | None]) -> Listed:
    told, exact = one.told, one.exact
    start, end = (told.started, told.ended) if told.started and told.ended else (told.planned_start, told.planned_end)
    known = [n for n in crew.values() if n is not None]
    return Listed(
        told.code, told.title or "", told.day, start if exact else None, end if exact else None,
        told.route or "" if exact else "", told.route_kind if exact else "", told.area_kind, told.area,
        told.lead, told.lead_name, told.lead_force, tuple(sorted(force for force in crew if force != told.lead_force)),
        sum(known) if exact and known else None, told.armed, told.exercise, one.state, told.claim, told.confirmed, exact,
    )  # fmt: skip


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
