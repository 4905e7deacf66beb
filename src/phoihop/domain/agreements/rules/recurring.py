"""When a duty falls due: its periods, and the deadline of each. Days are given, nothing here looks at a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from phoihop.kernel.period import HOME, ONE_DAY, Period, month_start
from phoihop.kernel.workdays import WorkingDays

from ...figures.rules import calendars
from ...figures.rules.calendars import Kind
from ..models import Cadence

AHEAD = timedelta(days=365)
"""How far ahead tasks are opened: a year."""
END_OF_WORK = time(17)
"""The hour at which a day that is a deadline ends."""
AT_ONCE = 200
"""Occasions opened in one transaction: about a tenth of a second in which nobody else can write."""

BY_DEFAULT, BY_TERM = "ND09", "NHIEMKY"
_CALENDARS: dict[str, tuple[str, Kind]] = {
    Cadence.MONTH: (BY_DEFAULT, Kind.MONTH),
    Cadence.QUARTER: (BY_DEFAULT, Kind.QUARTER),
    Cadence.HALF: (BY_DEFAULT, Kind.HALF),
    Cadence.YEAR: (BY_DEFAULT, Kind.YEAR),
    Cadence.TERM: (BY_TERM, Kind.TERM),
}
"""By which calendar a cadence is counted: the one for administrative reports (NĐ 09/2019, Art. 12), for a term the congresses'."""
RECURRING = (Cadence.WEEK, *_CALENDARS)
_WEEK = timedelta(days=7)


class Falls(Protocol):
    """What of a duty says when it falls due."""

    cadence: str
    due_workdays: int | None
    due_day: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A duty as it falls due once: for a period, by a moment. ``code``: of the period in its calendar, empty for a week and for what is done once."""

    days: Period
    due_at: datetime
    code: str = ""


def turns(duty: Falls, window: Period, began: date, working: WorkingDays, after: int = 0) -> Iterator[Turn]:
    """The times that a duty falls due whose period ends after ``window`` begins and begins before it ends.

    ``began``: the day from which the text holds. A period that had begun before is nobody's duty yet: the first is the next whole one.
    ``after``: how many working days after a period is due what names no deadline of its own.
    """
    if duty.cadence == Cadence.ONCE:
        if duty.due_on is not None and window.first <= duty.due_on < window.until:
            yield Turn(Period(min(began, duty.due_on), duty.due_on + ONE_DAY), moment(duty.due_on))
        return
    for days, code in _periods(duty.cadence, window):
        if days.first >= began:
            yield Turn(days, moment(deadline(duty, days, working, after)), code)


def has_deadline(duty: Falls) -> bool:
    """Whether it names a deadline of its own for each period."""
    return not (duty.due_workdays is None and duty.due_day is None and duty.due_on is None)


def deadline(duty: Falls, days: Period, working: WorkingDays, after: int = 0) -> date:
    """The last day on which a duty of a period is met in time: working days after its end, a day of its last month, a day of the year, else its end.

    ``after``: how many working days after the end, where it says nothing of it.
    """
    if duty.due_workdays is not None:
        return working.add(days.last, duty.due_workdays)
    if duty.due_day is not None:
        return _in_month(days.last, duty.due_day)
    if duty.due_on is not None:
        return _in_month(days.last.replace(month=duty.due_on.month, day=1), duty.due_on.day)
    return working.add(days.last, after) if after else days.last


def moment(day: date) -> datetime:
    return datetime.combine(day, END_OF_WORK, HOME)


def _periods(cadence: str, window: Period) -> Iterator[tuple[Period, str]]:
    if cadence == Cadence.WEEK:
        monday = window.first - timedelta(days=window.first.weekday())
        while monday < window.until:
            yield Period(monday, monday + _WEEK), ""
            monday += _WEEK
        return
    if cadence not in _CALENDARS:
        return
    calendar, kind = _CALENDARS[cadence]
    code = calendars.period_of(calendar, kind, window.first)
    while (days := calendars.period(calendar, code)).first < window.until:
        yield days, code
        code = calendars.period_of(calendar, kind, days.until)


def label(cadence: str, turn: Turn) -> str:
    """What the period is called: *Tháng 6 năm 2026*; a week by its first and last day."""
    if turn.code:
        return calendars.label(_CALENDARS[cadence][0], turn.code)
    return f"{turn.days.first:%d/%m}–{turn.days.last:%d/%m/%Y}" if cadence == Cadence.WEEK else ""


def _in_month(of: date, day: int) -> date:
    """A day of the month of ``of``, or its last day if the month is shorter."""
    following = month_start(of.year, of.month + 1)
    return min(of.replace(day=1) + (day - 1) * ONE_DAY, following - ONE_DAY)
