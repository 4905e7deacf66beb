"""What an area became, and what makes up an area: walks through successions that are already loaded.

Everything here is a walk over plain rows, so that a whole province is answered from a handful of queries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..models import SuccessionKind

WHOLE = 1_000_000
"""A share is counted in millionths."""

SAME_UNIT = (SuccessionKind.CARRY, SuccessionKind.RENAME)


class Life(NamedTuple):
    """When an area existed; ``until`` None: it still does."""

    first: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


class Step(NamedTuple):
    """A succession: area ids, the day, how, and the share that was declared."""

    old: int
    new: int | None
    day: date
    kind: str
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Areas and the successions between them."""

    lives: Mapping[int, Life]
    heirs: Mapping[int, Sequence[Step]] = field(default_factory=dict)
    sources: Mapping[int, Sequence[Step]] = field(default_factory=dict)

    @classmethod
    def of(cls, lives: Mapping[int, Life], steps: Iterable[Step]) -> Lineage:
        heirs: dict[int, list[Step]] = {}
        sources: dict[int, list[Step]] = {}
        for step in steps:
            heirs.setdefault(step.old, []).append(step)
            if step.new is not None:
                sources.setdefault(step.new, []).append(step)
        return cls(lives, heirs, sources)

    def after(self, area: int) -> Iterator[tuple[Step, int]]:
        """The successions of an area that have an heir, with the heir."""
        for step in self.heirs.get(area, ()):
            if step.new is not None:
                yield step, step.new

    def on(self, area: int, day: date) -> set[int]:
        """The areas of a day that the area is, became or was made of."""
        life = self.lives[area]
        if life.holds(day):
            return {area}
        if day < life.first:
            return {a for step in self.sources.get(area, ()) for a in self.on(step.old, day)}
        return {a for _, heir in self.after(area) for a in self.on(heir, day)}


class Piece(NamedTuple):
    """Where a figure of a stretch of time lies: an area with its records from ``first`` until ``until``.

    ``share``: None when all of it belongs; else the declared part in millionths, and the sum is an estimate.
    """

    area: int
    first: date
    until: date
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """What adds up to an area over a period. ``group``: the smallest set of areas of that day for which it holds."""

    group: frozenset[int]
    pieces: tuple[Piece, ...]

    @property
    def exact(self) -> bool:
        """Whether every piece belongs wholly: otherwise the sum is an estimate."""
        return all(piece.share is None for piece in self.pieces)


def recorded(lineage: Lineage, area: int, first: date, until: date) -> Composition:
    """The unit as it was recorded: itself, also under another name, and nothing that merged into it."""
    chain = {area, *_same(lineage, area, back=True), *_same(lineage, area, back=False)}
    return Composition(frozenset({area}), tuple(sorted(_cut(lineage, dict.fromkeys(chain), first, until))))


def _same(lineage: Lineage, area: int, *, back: bool) -> Iterator[int]:
    steps = (lineage.sources if back else lineage.heirs).get(area, ())
    for step in steps:
        other = step.old if back else step.new
        if other is not None and step.kind in SAME_UNIT and len(steps) == 1:
            yield other
            yield from _same(lineage, other, back=back)


def composed(lineage: Lineage, areas: Collection[int], on: date, first: date, until: date, *, shares: bool = True) -> Composition:
    """What adds up, over ``[first, until)``, to ``areas`` (of the day ``on``).

    Merges are exact. Where a unit was split without declared shares, the group grows until it holds all heirs; with
    ``shares`` False it grows in any case.
    """
    group = set(areas)
    while True:
        back, joins = _walk_back(lineage, group, first, shares=shares)
        forth, more = _walk_forth(lineage, group, until)
        missing = {a for node in joins | more for a in lineage.on(node, on)} - group
        if not missing:
            return Composition(frozenset(group), tuple(sorted(_cut(lineage, back | forth, first, until))))
        group |= missing


def _walk_back(lineage: Lineage, group: Collection[int], first: date, *, shares: bool) -> tuple[dict[int, int | None], set[int]]:
    """Areas before the group with the share that belongs to it, and heirs outside the group that would have to join.

    Day by day, latest first, so that all heirs of a unit are known before the unit is weighed. An area may have taken in
    others on several days.
    """
    weights: dict[int, int | None] = dict.fromkeys(group)
    joins: set[int] = set()
    front = {(step.day, area) for area in group for step in lineage.sources.get(area, ())}
    while day := max((day for day, _ in front if day > first), default=None):
        layer = {area for d, area in front if d == day}
        front = {(d, area) for d, area in front if d != day}
        for source in {step.old for area in layer for step in lineage.sources[area] if step.day == day} - weights.keys():
            weights[source], outside = _share_of(lineage, source, weights, day, shares=shares)
            joins |= outside
            front |= {(step.day, source) for step in lineage.sources.get(source, ())}
    return weights, joins


def _share_of(lineage: Lineage, source: int, weights: Mapping[int, int | None], day: date, *, shares: bool) -> tuple[int | None, set[int]]:
    """Which part of a unit belongs to its heirs among ``weights`` (None: all), and which heirs are not among them."""
    parts = [(step, heir) for step, heir in lineage.after(source) if step.day == day]
    outside = {heir for _, heir in parts if heir not in weights}
    inside = [(step, heir) for step, heir in parts if heir in weights]
    if len(parts) == 1:
        return weights[parts[0][1]], set()
    if not outside and all(weights[heir] is None for _, heir in inside):
        return None, set()
    if not shares or any(step.share is None for step, _ in parts):
        return None, outside
    whole = sum((step.share or 0) * (WHOLE if (weight := weights[heir]) is None else weight) for step, heir in inside)
    return whole // WHOLE, set()


def _walk_forth(lineage: Lineage, group: Collection[int], until: date) -> tuple[dict[int, int | None], set[int]]:
    """Areas after the group that are wholly made of it, and areas outside the group that would have to join."""
    seen: dict[int, int | None] = dict.fromkeys(group)
    joins: set[int] = set()
    front = set(group)
    while day := min((end for a in front if (end := lineage.lives[a].until) is not None and end < until), default=None):
        layer = {a for a in front if lineage.lives[a].until == day}
        front -= layer
        for heir in {heir for a in layer for step, heir in lineage.after(a) if step.day == day} - seen.keys():
            outside = {step.old for step in lineage.sources[heir] if step.day == day} - seen.keys()
            joins |= outside | ({heir} if lineage.lives[heir].first < day else set())
            seen[heir] = None
            front.add(heir)
    return seen, joins


def _cut(lineage: Lineage, weights: Mapping[int, int | None], first: date, until: date) -> Iterator[Piece]:
    for area, share in weights.items():
        life = lineage.lives[area]
        begin, end = max(first, life.first), min(until, life.until or until)
        if begin < end:
            yield Piece(area, begin, end, share)


def split_groups(lineage: Lineage, day: date) -> list[frozenset[int]]:
    """The heirs of a day in the smallest groups that are exact: those tied by a unit that was split among them."""
    leader: dict[int, int] = {}

    def find(area: int) -> int:
        leader.setdefault(area, area)
        while leader[area] != area:
            leader[area] = leader[leader[area]]
            area = leader[area]
        return area

    for old in lineage.heirs:
        heirs = [heir for step, heir in lineage.after(old) if step.day == day]
        for heir in heirs:
            leader[find(heir)] = find(heirs[0])
    groups: dict[int, set[int]] = {}
    for area in list(leader):
        groups.setdefault(find(area), set()).add(area)
    return [frozenset(group) for group in groups.values()]
