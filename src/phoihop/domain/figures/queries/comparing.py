"""A figure beside the same period of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ...territory.models import Area
from ..rules.calendars import period, year_before
from ..rules.figure import Figure
from . import catalogue
from .asked import Asked
from .cells import figures


@dataclass(frozen=True, slots=True)
class Comparison:
    """``change``: now less then; ``percent``: that in hundredths of then. None where one is missing (or, for ``percent``, then was 0)."""

    now: Figure
    then: Figure

    @property
    def change(self) -> Fraction | None:
        if self.now.value is None or self.then.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def percent(self) -> Fraction | None:
        return self.change * 100 / self.then.value if self.change is not None and self.then.value else None


def compare(measures: Sequence[str], area: Area, calendar: str, code: str, *, line: int | None = None, on: date | None = None) -> dict[str, Comparison]:
    """Measures of a period and of the same period a year earlier. Raises NoSuchPeriod."""
    days = (period(calendar, code), period(calendar, year_before(calendar, code)))
    found = figures(catalogue.measures(measures), Asked((area,), days, on, line))
    return {m: Comparison(found[m, (0, 0)], found[m, (0, 1)]) for m in measures}
