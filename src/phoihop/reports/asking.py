"""What a report asks: an area with what lies below it, a period of a named calendar, on whose areas, which measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from phoihop.domain.figures.models import Method
from phoihop.domain.figures.queries import catalogue
from phoihop.domain.figures.rules import calendars, period
from phoihop.domain.figures.rules.calendars import Calendar
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import Period

BY_COMMUNE = ("TR.01", "TR.01.VT", "TR.05", "TR.02", "TR.03", "TR.06", "TR.04", "TR.07", "TR.09")
"""The columns of the usual report: what adds up over communes, and the share of the plan that was held."""

AS_A_WHOLE = ("TR.08.DD", "TR.08", "TR.10")
"""What is said of the whole only: areas counted once, and defects mended."""

_COLUMN_METHODS = (Method.FLOW, Method.STOCK)


@dataclass(frozen=True, slots=True)
class Question:
    """``on``: the day whose areas are meant; None: as recorded at the time. ``as_of``: the last event of the journal that counts.

    ``code``: of a period in ``calendar``, such as 2026-T10.
    """

    area: Area
    calendar: str
    code: str
    on: date | None = None
    columns: tuple[str, ...] = BY_COMMUNE
    whole: tuple[str, ...] = AS_A_WHOLE
    as_of: int | None = None

    @property
    def days(self) -> Period:
        """Raises NoSuchPeriod."""
        return period(self.calendar, self.code)

    @property
    def code_before(self) -> str:
        """The same period a year earlier."""
        return calendars.year_before(self.calendar, self.code)

    @property
    def days_before(self) -> Period:
        return period(self.calendar, self.code_before)

    @property
    def called(self) -> Calendar:
        return next(c for c in calendars.calendars() if c.code == self.calendar)

    def label(self, language: str = "vi") -> str:
        return calendars.label(self.calendar, self.code, language)

    def at(self, as_of: int) -> Question:
        """The same question as of an event; registers (tasks, units) have no past and are not asked then."""
        asked = tuple(code for code in self.whole if not _of_register(code))
        return replace(self, as_of=as_of, whole=asked)


def by_commune(codes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measures of a report: those that make columns (sums, and ratios of sums), and those that are said of the whole only."""
    columns = tuple(code for code in codes if _adds_up(catalogue.measure(code)))
    return columns, tuple(code for code in codes if code not in columns)


def _adds_up(known: catalogue.Known) -> bool:
    if known.method == Method.RATIO and known.base and known.over:
        return _adds_up(known.base) and _adds_up(known.over)
    return known.method in _COLUMN_METHODS


def _of_register(code: str) -> bool:
    known = catalogue.measure(code)
    return known.method == Method.DATED or bool(known.base and known.over and known.method == Method.RATIO and _of_register(known.base.code))
