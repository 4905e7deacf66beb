"""Hours as people write them: 19h30, 19:30, 19g30, "19 giờ 30", "22h-01h" across midnight, "từ 19h đến 21h", "19h-21h ngày 05/3"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import HOME
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import YES, Verdict

from .cells import Cell, shown
from .days import NO_HINT, Hint, days_in
from .finding import Found

_UNIT = r"\s*(?:h|gio|g|:)\s*"
_PART = r"(?:\s*(sang|trua|chieu|toi|dem|khuya)\b)?"
_CLOCK = re.compile(rf"(?<!\d)(\d{{1,2}}){_UNIT}(?:(\d{{1,2}})(?!\d)\s*(?:phut\b|ph\b|p\b|'|’|:\d\d)?)?{_PART}")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})[.,](\d{2})(?!\d)()")
_BARE_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*(?:-|–|—|den|toi|->|~)\s*(?=\d{1,2}\s*(?:h|g|gio)\b|\d{1,2}\s*h\d)")
_BARE_LAST = re.compile(r"((?:h|gio|g)\s*(?:\d{2})?\s*(?:-|–|—|den|toi|->|~)\s*)(\d{1,2})\s*$")
_SOLID = re.compile(r"(?<!\d)([01]\d|2[0-4])([0-5]\d)(?!\d)()")
_AFTERNOON, _NIGHT = {"chieu", "toi"}, {"dem", "khuya"}
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """What a cell says of when: minutes of the day, and days where they stand beside the hours."""

    start: int | None = None
    end: int | None = None
    day: date | None = None
    end_day: date | None = None


def hours_of(cell: Cell, hint: Hint = NO_HINT) -> Found[Hours]:
    """One hour or two that a cell names, with the days beside them; nothing for an empty cell."""
    if cell is None:
        return Found()
    if isinstance(cell, (int, float)):
        return _number(cell)
    text = fold(shown(cell))
    days, trouble = [], YES
    for (first, until), found in sorted(days_in(text, hint, beside_hours=True), key=lambda d: d[0]):
        text = text[:first] + " " * (until - first) + text[until:]
        trouble = trouble and found.verdict
        days.append(found)
    if not trouble:
        return Found(verdict=trouble, suggestions=next(d.suggestions for d in days if not d.verdict))
    minutes = _minutes_in(text)
    if any(m is None for m in minutes):
        return Found(verdict=Verdict("no-such-hour", format_lazy(_("Giờ trong “{text}” không có thật. Hãy ghi từ 00h00 đến 24h00."), text=shown(cell)), "time"))
    if len(minutes) > 2:
        return Found(
            verdict=Verdict(
                "many-hours", format_lazy(_("“{text}” có nhiều hơn hai mốc giờ. Mỗi cuộc ghi một dòng, từ mấy giờ đến mấy giờ."), text=shown(cell)), "time"
            )
        )
    if not minutes and not days:
        return Found(verdict=Verdict("no-hour", format_lazy(_("Không đọc được giờ trong “{text}”. Hãy ghi như 19h30-21h00."), text=shown(cell)), "time"))
    start, end = ([*minutes, None, None])[:2]
    day, end_day = ([*(d.value for d in days), None, None])[:2]
    return Found(Hours(start, end, day, end_day))


def _number(cell: float) -> Found[Hours]:
    """An unformatted time is a part of a day (0.8125 is 19:30); a whole number is an hour."""
    if 0 < cell < 1:
        return Found(Hours(start=round(cell * _DAY)))
    if 0 <= cell <= 24 and float(cell).is_integer():
        return Found(Hours(start=int(cell) * 60))
    if 0 <= cell < 24 and (minutes := round(cell * 100) % 100) < 60:  # 19.3 and 19.30 are the same number: half past seven was meant
        return Found(Hours(start=int(cell) * 60 + minutes))
    return Found(verdict=Verdict("no-such-hour", format_lazy(_("Giờ trong “{text}” không có thật. Hãy ghi từ 00h00 đến 24h00."), text=shown(cell)), "time"))


def _minutes_in(text: str) -> list[int | None]:
    text = _BARE_LAST.sub(r"\1\2h", _BARE_FIRST.sub(r"\1h - ", text))
    patterns = (_CLOCK, _DOTTED, _SOLID)
    found = next((matches for pattern in patterns if (matches := list(pattern.finditer(text)))), [])
    said = [(int(m.group(1)), int(m.group(2) or 0), m.group(3) or "") for m in found]
    if len(said) == 2 and said[1][2] in _AFTERNOON and not said[0][2]:  # "7h-9h tối"
        said[0] = (*said[0][:2], said[1][2])
    return [_minute(*clock) for clock in said]


def _minute(hour: int, minute: int, part: str) -> int | None:
    if (part in _AFTERNOON and hour < 12) or (part in _NIGHT and 6 <= hour < 12) or (part in _NIGHT and hour == 12):
        hour += 12
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= _DAY else None


def moment(day: date, minute: int) -> datetime:
    """A minute of a day in Vietnam; minute 1440 is the next day's first."""
    return datetime.combine(day, time(), HOME) + timedelta(minutes=minute)


def span(day: date, hours: Hours) -> tuple[datetime, datetime]:
    """From when to when; an end that is not after the start is on the next day, unless its day is said."""
    assert hours.start is not None and hours.end is not None
    start = moment(hours.day or day, hours.start)
    if hours.end_day is not None:
        return start, moment(hours.end_day, hours.end)
    return start, moment((hours.day or day) + timedelta(days=hours.end < hours.start), hours.end)
