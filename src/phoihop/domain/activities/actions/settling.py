"""From a patrol's state to its facts: what should stand is compared with what stands, and the difference is posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ...figures.actions import ledger
from ...figures.models import Fact, FactArea, Share
from ...figures.queries.ledger import lines_of, standing
from ...figures.rules import Lines, Posting
from ...matters.models import Event
from .. import rules
from ..models import Activity, Strength, StrengthMeans
from ..queries.evidence import Evidence, evidence
from .closing import mark_ends

JOINT = "TR.01"
_kept = KeptQueries()
_Identity = tuple[int, int | None, int | None]


@dataclass(slots=True)
class _Difference:
    """What is to be posted, taken back and shared. A share names its fact, or the posting that will become it."""

    postings: list[tuple[Event, Posting]] = field(default_factory=list)
    reversals: list[tuple[Event, Fact]] = field(default_factory=list)
    shares: list[tuple[Event, Fact | int, int, int]] = field(default_factory=list)

    def post(self) -> None:
        ledger.reverse(self.reversals)
        made = ledger.post(self.postings)
        ledger.share([(event, made[f] if isinstance(f, int) else f, unit, bits) for event, f, unit, bits in self.shares])


def settle(changed: Sequence[tuple[Activity, Event]], at: datetime) -> None:
    """What follows from a change: the matter closes or opens again, and the ledger is brought in line, under the event that changed it."""
    activities = [a for a, _ in changed]
    grounds = evidence(activities)
    mark_ends(activities, grounds, at)
    _balance([(a, event) for a, event in changed if not a.matter.exercise], grounds)


def _balance(real: Sequence[tuple[Activity, Event]], grounds: Mapping[int, Evidence]) -> None:
    """Post, take back and share what each patrol now adds to the figures. Exercises add nothing and do not come here."""
    facts: dict[int, list[Fact]] = {a.matter_id: [] for a, _ in real}
    for fact in _kept.records_of(facts, "standing", standing):
        facts[fact.matter_id or 0].append(fact)
    counting = [a for a, _ in real if rules.counts(a)]
    lines = lines_of({a.day for a in counting}) if counting else {}
    known = _Known([f for found in facts.values() for f in found] if counting else [])
    difference = _Difference()
    for a, event in real:
        ground = grounds[a.pk] if rules.counts(a) else None
        _compare(a, event, facts[a.matter_id], ground, lines.get(a.day, Lines({})), known, difference)
    difference.post()


class _Known:
    """Shares and touched areas of the joint facts that stand."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        joint = [f.pk for f in facts if f.measure_id == ledger.measure_id(JOINT)]
        self.shares: dict[int, list[tuple[int, str, int]]] = {pk: [] for pk in joint}
        self.touched: dict[int, set[int]] = {pk: set() for pk in joint}
        for fact, unit, force, bits in _kept.rows_of(joint, "shares", _shares):
            self.shares[fact].append((unit, force, bits))
        for fact, area in _kept.rows_of(joint, "touched", _touched):
            self.touched[fact].add(area)


def _shares(facts: Sequence[int]) -> QuerySet[Any, Any]:
    return Share.objects.filter(fact__in=facts).order_by("pk").values_list("fact", "unit", "unit__force__code", "lines")


def _touched(facts: Sequence[int]) -> QuerySet[Any, Any]:
    return FactArea.objects.filter(fact__in=facts).values_list("fact", "area")


def _compare(a: Activity, event: Event, facts: list[Fact], ground: Evidence | None, lines: Lines, known: _Known, out: _Difference) -> None:
    there = {_identity_of(f): f for f in facts}
    units = ground.speaking(a.recorder_id) if ground else []
    for posting in _wanted(a, ground, units, lines):
        fact = there.pop(_identity(posting), None)
        joint = posting.measure == JOINT
        if fact is not None and _same(fact, posting) and (not joint or known.touched[fact.pk] == {area.pk for area in posting.touches}):
            if joint:
                out.shares += [(event, fact, u, bits) for u, bits in _new_shares(units, lines, known.shares[fact.pk])]
            continue
        if fact is not None:
            out.reversals.append((event, fact))
        if joint:
            out.shares += [(event, len(out.postings), u, bits) for u, bits in _new_shares(units, lines, [])]
        out.postings.append((event, posting))
    out.reversals += [(event, fact) for fact in there.values()]


def _wanted(a: Activity, ground: Evidence | None, units: Sequence[Strength], lines: Lines) -> Iterable[Posting]:
    if rules.plan_counts(a):
        yield plan_of(a)
    if ground is None:
        return
    yield from _joint(a, ground)
    for s in units:
        yield from _own(a, s, ground.means.get(s.pk, ()), lines)


def plan_of(a: Activity) -> Posting:
    """That it was planned: on the day, in the area and of the kind of the plan."""
    return Posting("TR.09.KH", a.matter.area, rules.plan_day(a), 1, matter=a.matter, item=item_of(a))


def item_of(a: Activity) -> str:
    return f"{a.route_kind}.armed" if a.armed else str(a.route_kind)


def _joint(a: Activity, ground: Evidence) -> Iterable[Posting]:
    """The occasion: itself, its hours (hundredths, from minutes), that a plan was kept, its outcomes."""
    assert a.started_at and a.ended_at
    minutes = int((a.ended_at - a.started_at).total_seconds()) // 60
    yield Posting(JOINT, a.matter.area, a.day, 1, matter=a.matter, item=item_of(a), touches=tuple(ground.touched.values()))
    yield Posting("TR.04", a.matter.area, a.day, (minutes * 100 + 30) // 60, matter=a.matter, item=item_of(a))
    if a.planned:
        yield Posting("TR.09.TH", a.matter.area, rules.plan_day(a), 1, matter=a.matter, item=item_of(a))
    for outcome in ground.outcomes:
        yield Posting("TR.KQ", a.matter.area, a.day, outcome.count, matter=a.matter, item=f"kq.{outcome.kind}")


def _own(a: Activity, s: Strength, means: Iterable[StrengthMeans], lines: Lines) -> Iterable[Posting]:
    """What a confirming unit itself put in. Its own numbers stand for its own share."""
    bits = lines.of([s.unit.force.code])
    teams = s.own_teams if s.own_teams is not None else s.teams
    people = s.own_people if s.own_people is not None else s.people
    if teams:
        yield Posting("TR.02", a.matter.area, a.day, teams, matter=a.matter, unit=s.unit, lines=bits)
    if people:
        yield Posting("TR.03", a.matter.area, a.day, people, matter=a.matter, unit=s.unit, lines=bits)
    for one in means:
        yield Posting("TR.06", a.matter.area, a.day, one.count, matter=a.matter, unit=s.unit, lines=bits, item=f"pt.{one.kind}")


def _new_shares(units: Sequence[Strength], lines: Lines, there: Sequence[tuple[int, str, int]]) -> Iterable[tuple[int, int]]:
    """Each unit that has no share yet, and the lines that the act enters through it: those that no unit before it brought."""
    known = {unit for unit, _, _ in there}
    codes = [code for _, code, _ in there]
    before = 0
    for _, _, bits in there:
        before |= bits
    for s in units:
        if s.unit_id not in known:
            codes.append(s.unit.force.code)
            bits = lines.of(codes)
            yield s.unit_id, bits & ~before
            before |= bits


def _identity_of(f: Fact) -> _Identity:
    return (f.measure_id, f.item_id, f.unit_id)


def _identity(p: Posting) -> _Identity:
    return (ledger.measure_id(p.measure), ledger.item_id(p.item) if p.item else None, p.unit.pk if p.unit else None)


def _same(f: Fact, p: Posting) -> bool:
    return (f.area_id, f.day, f.value, f.lines) == (p.area.pk, p.day, p.value, p.lines)
