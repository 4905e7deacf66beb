"""How busy a day is: months differ, weekends and holidays bring more patrols."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from phoihop.domain.figures.rules.holidays import packaged

# Lunar New Year falls in January or February, the dry season's fishing and traffic peak before and after; floods keep October low.
_MONTHS = (1.14, 1.20, 0.98, 1.06, 0.97, 0.90, 0.92, 0.95, 1.05, 0.86, 0.93, 1.10)
_WEEKDAYS = (0.90, 0.88, 0.92, 0.95, 1.06, 1.18, 1.11)
_HOLIDAY, _EVE = 1.45, 1.30


@cache
def _off() -> Mapping[date, bool]:
    return {holiday.day: not holiday.works for holiday in packaged()}


def weight(day: date) -> float:
    """How many patrols a day brings beside an ordinary one (1.0)."""
    plain = _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()]
    if _off().get(day):
        return plain * _HOLIDAY
    return plain * _EVE if _off().get(day + timedelta(days=1)) else plain
