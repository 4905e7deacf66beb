"""Days, times and numbers as people type them and addresses bring them: 21/11/2026, 21/11, 21112026; 20:30, 20h30, 2030. The day comes first, always.

A browser's own date field shows month first on a machine set to English; two readers would read 03/04 as two days.
"""

from __future__ import annotations

import re
from datetime import date, time

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_PARTS = re.compile(r"^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{2}|\d{4}))?$")
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})?$")
_CLOCK = re.compile(r"^(\d{1,2})(?:\s*[:hg.]\s*(\d{1,2})?)?(?::\d{2})?$", re.IGNORECASE)
_FOUR = re.compile(r"^(\d{1,2})(\d{2})$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def read_day(text: str, today: date) -> date | None:
    """The day that was written; None if there is none such. Without a year it is the one nearest to today."""
    text = text.strip()
    if found := _ISO.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _PARTS.match(text) or _DIGITS.match(text)
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if not found[3]:
        near = [one for year in (today.year - 1, today.year, today.year + 1) if (one := _day(year, month, day))]
        return min(near, key=lambda one: abs(one - today), default=None)
    year = int(found[3])
    return _day(year if year > 99 else 2000 + year, month, day)


def read_number(text: str | None, digits: int = 11) -> int | None:
    """A whole number as an address or a form brings it: a key, a place, a page. None for anything else, and for one of more digits."""
    return int(text) if text and text.isdecimal() and len(text) <= digits else None


def read_time(text: str) -> time | None:
    """The time that was written; None if there is none such. 24:00 is no time."""
    found = _FOUR.match(text.strip()) or _CLOCK.match(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(year: int, month: int, day: int) -> date | None:
    """Days of our time only: nothing here is older, and with the first or last day of all there is none before or after to lead to."""
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None
