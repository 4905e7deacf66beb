"""From a patrol's state to its facts: what should stand is compared with what stands, and the difference is posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...figures.actions import ledger
from ...figures.models import Fact
from ...figures.queries.ledger import lines_on, standing
from ...figures.rules import Lines, Posting
from ...matters.models import Event
from ...territory.models import Area
from .. import rules
from ..models import Activity, Confirmation, Strength

PLANNED = "TR.09.KH"
_Identity = tuple[int, int | None, int | None]


def settle(changed: Sequence[tuple[Activity, Event]], *, drop_plan: bool = False) -> None:
    """Bring the ledger in line with each changed patrol, under the event that changed it."""
    activities = {a.matter_id: a for a, _ in changed if not a.matter.exercise}
    facts: dict[int, list[Fact]] = {}
    for fact in standing(list(activities)).select_related("measure"):
        assert fact.matter_id is not None
        if fact.measure.code != PLANNED or drop_plan:
            facts.setdefault(fact.matter_id, []).append(fact)
    lines_of_day = {day: lines_on(day) for day in {a.day for a in activities.values()}}
    counting = [a for a in activities.values() if rules.counts(a)]
    strengths, voices, touched = _strengths(counting), _voices(counting), _touched(counting)
    postings: list[tuple[Event, Posting]] = []
    reversals: list[tuple[Event, Fact]] = []
    new_shares: list[tuple[Event, Fact | int, int, int]] = []
    for a, event in changed:
        if a.matter_id not in activities:
            continue
        there = {_identity_of(f): f for f in facts.get(a.matter_id, [])}
        wanted: list[Posting] = []
        units: list[Strength] = []
        lines = lines_of_day[a.day]
        if rules.counts(a):
            units = [s for s in strengths[a.pk] if s.unit_id == a.matter.lead_id or s.unit_id in voices[a.pk]]
            units.sort(key=lambda s: (s.unit_id != a.matter.lead_id, s.unit_id))
            wanted = [*_joint(a, touched[a.pk]), *(p for s in units for p in _own(a, s, lines))]
        for posting in wanted:
            key = (ledger.measure_id(posting.measure), ledger.item_id(posting.item) if posting.item else None, posting.unit.pk if posting.unit else None)
            fact = there.pop(key, None)
            if fact is not None and _same(fact, posting):
                if fact.measure.code == "TR.01":
                    new_shares += [(event, fact, u, bits) for u, bits in _joining(fact, units, lines)]
                continue
            if fact is not None:
                reversals.append((event, fact))
            if posting.measure == "TR.01":
                new_shares += [(event, len(postings), u, bits) for u, bits in _shares(units, lines)]
            postings.append((event, posting))
        reversals += [(event, fact) for fact in there.values()]
    ledger.reverse(reversals)
    made = ledger.post(postings)
    ledger.share([(event, made[f] if isinstance(f, int) else f, unit, bits) for event, f, unit, bits in new_shares])


def _joint(a: Activity, touches: tuple[Area, ...]) -> Iterable[Posting]:
    """The occasion: itself, its hours (hundredths, from minutes), whether it was planned, its outcomes."""
    assert a.started_at and a.ended_at
    kind = f"{a.route_kind}.armed" if a.armed else a.route_kind
    minutes = int((a.ended_at - a.started_at).total_seconds()) // 60
    yield Posting("TR.01", a.matter.area, a.day, 1, matter=a.matter, item=kind, touches=touches)
    yield Posting("TR.04", a.matter.area, a.day, (minutes * 100 + 30) // 60, matter=a.matter, item=kind)
    if a.planned:
        yield Posting("TR.09.TH", a.matter.area, a.day, 1, matter=a.matter, item=kind)
    for outcome in a.outcomes.all():
        if outcome.count:
            yield Posting("TR.KQ", a.matter.area, a.day, outcome.count, matter=a.matter, item=f"kq.{outcome.kind}")


def _own(a: Activity, s: Strength, lines: Lines) -> Iterable[Posting]:
    """What a confirming unit itself put in. Its own numbers stand for its own share."""
    bits = lines.of([s.unit.force.code])
    teams = s.own_teams if s.own_teams is not None else s.teams
    people = s.own_people if s.own_people is not None else s.people
    if teams:
        yield Posting("TR.02", a.matter.area, a.day, teams, matter=a.matter, unit=s.unit, lines=bits)
    if people:
        yield Posting("TR.03", a.matter.area, a.day, people, matter=a.matter, unit=s.unit, lines=bits)
    for means in s.means.all():
        if means.count:
            yield Posting("TR.06", a.matter.area, a.day, means.count, matter=a.matter, unit=s.unit, lines=bits, item=f"pt.{means.kind}")


def _shares(units: Sequence[Strength], lines: Lines) -> Iterable[tuple[int, int]]:
    """Each unit, and the lines that the act enters through it: those no unit before it brought."""
    before, codes = 0, []
    for s in units:
        codes.append(s.unit.force.code)
        bits = lines.of(codes)
        yield s.unit_id, bits & ~before
        before |= bits


def _joining(fact: Fact, units: Sequence[Strength], lines: Lines) -> Iterable[tuple[int, int]]:
    """Units that confirmed after the joint fact was posted."""
    there = list(fact.shares.values_list("unit_id", "unit__force__code", "lines"))
    known = {unit for unit, _, _ in there}
    before, codes = 0, [code for _, code, _ in there]
    for _, _, bits in there:
        before |= bits
    for s in units:
        if s.unit_id not in known:
            codes.append(s.unit.force.code)
            bits = lines.of(codes)
            yield s.unit_id, bits & ~before
            before |= bits


def _strengths(activities: Sequence[Activity]) -> Mapping[int, list[Strength]]:
    found: dict[int, list[Strength]] = {a.pk: [] for a in activities}
    for s in Strength.objects.filter(activity__in=list(found)).select_related("unit__force").prefetch_related("means"):
        found[s.activity_id].append(s)
    return found


def _voices(activities: Sequence[Activity]) -> Mapping[int, set[int]]:
    """The units that agree, by patrol."""
    found: dict[int, set[int]] = {a.pk: set() for a in activities}
    for pk, unit in Confirmation.objects.filter(activity__in=list(found), live=True, agrees=True).values_list("activity", "unit"):
        found[pk].add(unit)
    return found


def _touched(activities: Sequence[Activity]) -> Mapping[int, tuple[Area, ...]]:
    """Other areas an act went through: those of its legs and of its route."""
    found: dict[int, dict[int, Area]] = {a.pk: {} for a in activities}
    for a in Activity.objects.filter(pk__in=list(found)).prefetch_related("legs__area", "route__areas__area"):
        areas = [leg.area for leg in a.legs.all()] + ([ra.area for ra in a.route.areas.all()] if a.route else [])
        found[a.pk] = {area.pk: area for area in areas}
    for a in activities:
        found[a.pk].pop(a.matter.area_id, None)
    return {pk: tuple(areas.values()) for pk, areas in found.items()}


def _identity_of(f: Fact) -> _Identity:
    return (f.measure_id, f.item_id, f.unit_id)


def _same(f: Fact, p: Posting) -> bool:
    return (f.area_id, f.day, f.value, f.lines) == (p.area.pk, p.day, p.value, p.lines)
