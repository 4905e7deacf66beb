"""Who directs a unit, directly or through others, from when until when: the projection of dated *directs* relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """One row for every unbroken stretch of time under a commander, at the least depth within it."""
    stretches: dict[int, list[Commander]] = {}
    for one in sorted(commanders, key=lambda c: (c.unit, c.period)):
        kept = stretches.setdefault(one.unit, [])
        if kept and one.period.first <= kept[-1].period.until:
            last = kept.pop()
            whole = Period(last.period.first, max(last.period.until, one.period.until))
            kept.append(Commander(one.unit, min(last.depth, one.depth), whole))
        else:
            kept.append(one)
    return [one for kept in stretches.values() for one in kept]
