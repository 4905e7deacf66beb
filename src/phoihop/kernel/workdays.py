"""Counting in working days, over a list of holidays that is data, not code."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import date

from .period import ONE_DAY

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """``off``: public holidays and days off in lieu. ``made_up``: weekend days worked in exchange."""

    off: Set[date] = field(default_factory=frozenset)
    made_up: Set[date] = field(default_factory=frozenset)

    def works_on(self, day: date) -> bool:
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.off)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it, if n is negative). ``n`` = 0: the day itself or the next that works."""
        step, left = (ONE_DAY, n) if n >= 0 else (-ONE_DAY, -n)
        if n == 0:
            while not self.works_on(day):
                day += ONE_DAY
            return day
        while left:
            day += step
            left -= self.works_on(day)
        return day

    def between(self, first: date, until: date) -> int:
        """Working days in ``[first, until)``."""
        count, day = 0, first
        while day < until:
            count += self.works_on(day)
            day += ONE_DAY
        return count


_read: Callable[[], WorkingDays] | None = None


def connect(read: Callable[[], WorkingDays]) -> None:
    """``domain/apps.py`` connects this door when the program starts: the list of holidays stands above the topics that count by it."""
    global _read
    _read = read


def known_days() -> WorkingDays:
    """The working days that this node knows."""
    if _read is None:
        raise RuntimeError("the list of holidays is not connected yet: Django's apps are not ready")
    return _read()
