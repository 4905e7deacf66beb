"""What a figure is added up over: stretches of days in areas."""

from __future__ import annotations

from dataclasses import dataclass, replace

from phoihop.kernel.period import Period

from ...territory.models import Level

LOW_LEVELS = frozenset({Level.COMMUNE, Level.HAMLET})
"""Levels without balances: a commune has fewer facts in a fortnight than kinds of balance."""


@dataclass(frozen=True, slots=True)
class Term:
    """The days of an area, with all that lay below it on each of them. ``share``: the part that belongs, in millionths; None: all."""

    area: int
    level: str
    days: Period
    share: int | None = None

    def over(self, days: Period) -> Term:
        return self if days == self.days else replace(self, days=days)
