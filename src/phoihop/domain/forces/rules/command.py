"""Who directs a unit, directly or through others, from when until when: the projection of dated *directs* relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from phoihop.kernel.period import Period


class Directed(NamedTuple):
    """By which unit, from when until when."""

    upper: int
    period: Period


class Commander(NamedTuple):
    """A unit that directs another at a depth (the unit itself at 0)."""

    unit: int
    depth: int
    period: Period


class Command:
    """The commanders of units, each worked out once.

    A unit may have several (its own force, and the government beside it) that meet again higher up: what is above counts
    once, at the least depth.
    """

    def __init__(self, lives: Mapping[int, Period], above: Mapping[int, Sequence[Directed]]) -> None:
        self._lives, self._above = lives, above
        self._known: dict[int, list[Commander]] = {}

    def of(self, unit: int) -> list[Commander]:
        if unit not in self._known:
            self._known[unit] = []  # a circle ends here; rules refuse to make one
            self._known[unit] = [Commander(unit, 0, self._lives[unit]), *merged(self._all_above(unit))]
        return self._known[unit]

    def _all_above(self, unit: int) -> Iterable[Commander]:
        for upper, period in self._above.get(unit, ()):
            for commander in self.of(upper):
                shared = commander.period.meet(period).meet(self._lives[unit])
                if len(shared) and commander.unit != unit:
                    yield Commander(commander.unit, commander.depth + 1, shared)


def merged(commanders: Iterable[Commander]) -> list[Commander]:
    """Under each commander, stretches of time that do not overlap, each at the least depth that held in it."""
    ways: dict[int, list[Commander]] = {}
    for one in commanders:
        ways.setdefault(one.unit, []).append(one)
    return [stretch for unit in sorted(ways) for stretch in _stretches(ways[unit])]


def _stretches(ways: Sequence[Commander]) -> list[Commander]:
    days = sorted({day for way in ways for day in (way.period.first, way.period.until)})
    found: list[Commander] = []
    for first, until in pairwise(days):
        depths = [way.depth for way in ways if way.period.first <= first and until <= way.period.until]
        if not depths:
            continue
        before = found[-1] if found else None
        if before and before.period.until == first and before.depth == min(depths):
            found[-1] = before._replace(period=Period(before.period.first, until))
        else:
            found.append(Commander(ways[0].unit, min(depths), Period(first, until)))
    return found
