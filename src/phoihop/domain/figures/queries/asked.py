"""What is asked of the ledger: areas and periods, on whose areas, in which line, as of which event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phoihop.kernel.period import Period

from ...territory.models import Area
from ..rules.calendars import EARLIEST
from .places import Place, placed

Cell = tuple[int, int]
"""The positions of an area and a period in a question."""


class Reach(StrEnum):
    """Over which days the areas that make up a place are looked for."""

    PERIOD = "period"
    SO_FAR = "so-far"
    LAST_DAY = "last-day"


@dataclass(frozen=True, slots=True)
class Asked:
    """``on``: the day whose areas are meant; None: as recorded. ``line``: a reporting line's key.

    ``as_of``: the last event that counts, for figures that were issued; everything is then added up from the facts.
    """

    areas: tuple[Area, ...]
    periods: tuple[Period, ...]
    on: date | None = None
    line: int | None = None
    as_of: int | None = None

    def cells(self) -> Iterator[Cell]:
        return ((a, p) for a in range(len(self.areas)) for p in range(len(self.periods)))

    def places(self, reach: Reach = Reach.PERIOD, *, shares: bool = True) -> dict[Cell, Place]:
        """The place of every cell."""
        return placed(self.areas, [_reached(days, reach) for days in self.periods], self.on, shares=shares)


def _reached(days: Period, reach: Reach) -> Period:
    if reach == Reach.SO_FAR:
        return Period(min(EARLIEST, days.first), days.until)
    return Period(days.last, days.until) if reach == Reach.LAST_DAY else days
