"""Stretches of days. A period is half open: ``[first, until)``; ``until`` is the first day that no longer belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
FOREVER = date(9999, 12, 31)
"""The end of what has none, where a column must hold a day (closures)."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    first: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until

    def __len__(self) -> int:
        return max((self.until - self.first).days, 0)

    @property
    def last(self) -> date:
        """The last day that belongs."""
        return self.until - ONE_DAY

    def days(self) -> Iterator[date]:
        day = self.first
        while day < self.until:
            yield day
            day += ONE_DAY

    def meet(self, other: Period) -> Period:
        """What both share; empty (length 0) when they do not touch."""
        first = max(self.first, other.first)
        return Period(first, max(first, min(self.until, other.until)))


def local_day(moment: datetime) -> date:
    """The day in Vietnam on which a moment falls."""
    return moment.astimezone(HOME).date()


def month_start(year: int, month: int, day: int = 1) -> date:
    """The given day of a month that may lie outside 1..12 (13 is January of the next year, 0 December before)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, day)
