"""The calendars by which figures are asked for (rules.md A2): several "years" side by side, which are never added to one another.

A period has a code within its calendar: ``2026-T10`` (a month), ``2026-Q1``, ``2026-6T1`` and ``2026-6T2`` (halves), ``2026-9T`` (nine
months), ``2026`` (the year), ``2025-2030`` (a term). Which days a code means differs by calendar: under NĐ 09/2019 October runs from
15 September to 14 October.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import Period, month_start
from phoihop.kernel.verdict import YES, Verdict

from .packaged import rows

FIRST_YEAR, LAST_YEAR = 2000, 2060
EARLIEST = date(FIRST_YEAR, 1, 1)
MONTHS = 12


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE = "nine"
    YEAR = "year"
    TERM = "term"


class Mark(StrEnum):
    """Whose word a period rests on, where it is not the decree's."""

    NONE = ""
    LOCAL = "local"
    ASSUMED = "assumed"


MARKS = {Mark.LOCAL: _("địa phương quy định"), Mark.ASSUMED: _("văn bản không nêu ngày chốt, hệ thống tạm lấy")}


class NoSuchPeriod(ValueError):
    """A calendar has no period of this code."""


@dataclass(frozen=True, slots=True)
class Calendar:
    code: str
    name: str
    name_en: str
    used_for: str
    used_for_en: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """How the periods ``first`` to ``last`` of a kind lie in the year: ``first`` begins on ``day`` of ``month`` (0 is December before)."""

    calendar: str
    kind: Kind
    first: int
    last: int
    month: int
    day: int
    months: int
    anchor: int
    mark: Mark
    basis: str

    def period(self, year: int, n: int) -> Period:
        begins = self.month + (n - self.first) * self.months
        return Period(month_start(year, begins, self.day), month_start(year, begins + self.months, self.day))

    @property
    def every(self) -> int:
        """Years from one period to the next of the same number."""
        return max(self.months // MONTHS, 1)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A period by its place: the n-th of a kind in a year."""

    kind: Kind
    year: int
    n: int = 1

    @property
    def code(self) -> str:
        return _WRITTEN[self.kind].format(year=self.year, n=self.n, until=self.year + TERM_YEARS)


TERM_YEARS = 5
_WRITTEN = {
    Kind.MONTH: "{year}-T{n}", Kind.QUARTER: "{year}-Q{n}", Kind.HALF: "{year}-6T{n}", Kind.NINE: "{year}-9T", Kind.YEAR: "{year}",
    Kind.TERM: "{year}-{until}",
}  # fmt: skip
_READ = re.compile(r"^(?P<year>\d{4})(?:-(?:T(?P<month>\d{1,2})|Q(?P<quarter>\d)|6T(?P<half>\d)|(?P<nine>9T)|(?P<term>\d{4})))?$")


def calendars() -> tuple[Calendar, ...]:
    """All calendars, the one for administrative reports first."""
    return tuple(Calendar(**row) for row in rows("calendars"))


@cache
def stretches(calendar: str) -> tuple[Stretch, ...]:
    """The kinds of period of a calendar. Raises NoSuchPeriod for an unknown calendar."""
    found = tuple(
        Stretch(
            calendar, Kind(r["kind"]), int(r["from"]), int(r["to"]), int(r["month"]), int(r["day"]), int(r["months"]),
            int(r["anchor"]), Mark(r["mark"]), r["basis"],
        )
        for r in rows("periods") if r["calendar"] == calendar
    )  # fmt: skip
    if not found:
        raise NoSuchPeriod(calendar)
    return found


def kinds(calendar: str) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(s.kind for s in stretches(calendar)))


def read(calendar: str, code: str) -> Slot:
    """The place that a code names in a calendar. Raises NoSuchPeriod, also for a kind that the calendar does not have."""
    found = _READ.match(code)
    if not found:
        raise NoSuchPeriod(code)
    year = int(found["year"])
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF):
        if found[kind]:
            slot = Slot(kind, year, int(found[kind]))
            break
    else:
        slot = Slot(Kind.NINE if found["nine"] else Kind.TERM if found["term"] else Kind.YEAR, year)
    if slot.code != code or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchPeriod(code)
    stretch_of(calendar, slot)
    return slot


def stretch_of(calendar: str, slot: Slot) -> Stretch:
    """The data of a period. Raises NoSuchPeriod."""
    for s in stretches(calendar):
        if s.kind == slot.kind and s.first <= slot.n <= s.last and (slot.year - s.anchor) % s.every == 0:
            return s
    raise NoSuchPeriod(slot.code)


def period(calendar: str, code: str) -> Period:
    """The days that a code means in a calendar. Raises NoSuchPeriod."""
    return days_of(calendar, read(calendar, code))


def days_of(calendar: str, slot: Slot) -> Period:
    return stretch_of(calendar, slot).period(slot.year, slot.n)


def fits_period(calendar: str, code: str) -> Verdict:
    """Whether a calendar has this period."""
    try:
        read(calendar, code)
    except NoSuchPeriod:
        return Verdict("no-such-period", _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."), "period")
    return YES


def period_of(calendar: str, kind: Kind, day: date) -> str:
    """The code of the period of a kind that holds a day. Raises NoSuchPeriod if the calendar has none there."""
    for slot in _around(calendar, kind, day):
        if day in days_of(calendar, slot):
            return slot.code
    raise NoSuchPeriod(f"{calendar} {kind} {day}")


def _around(calendar: str, kind: Kind, day: date) -> Iterator[Slot]:
    """Every period of a kind that could hold a day; a period may begin in the year before its own."""
    for s in stretches(calendar):
        if s.kind == kind:
            for year in range(day.year - s.every, day.year + 2):
                if (year - s.anchor) % s.every == 0:
                    yield from (Slot(kind, year, n) for n in range(s.first, s.last + 1))


def before(calendar: str, code: str) -> str:
    """The period of the same kind that ends where this one begins; failing that (nine months), the same one a year earlier."""
    slot = read(calendar, code)
    first = days_of(calendar, slot).first
    for other in _around(calendar, slot.kind, first):
        if days_of(calendar, other).until == first:
            return other.code
    return year_before(calendar, code)


def year_before(calendar: str, code: str) -> str:
    """The same period a year earlier (*cùng kỳ năm trước*); of a term, the term before."""
    slot = read(calendar, code)
    return Slot(slot.kind, slot.year - stretch_of(calendar, slot).every, slot.n).code


def within(calendar: str, kind: Kind, outer: Period) -> list[str]:
    """The codes of all periods of a kind that lie wholly in ``outer``, in order: the months of a year."""
    found = {}
    for year in range(outer.first.year, outer.until.year + 1):
        for slot in _around(calendar, kind, date(year, 7, 1)):
            days = days_of(calendar, slot)
            if outer.first <= days.first and days.until <= outer.until:
                found[days.first] = slot.code
    return [found[first] for first in sorted(found)]


def label(calendar: str, code: str, language: str = "vi") -> str:
    """What a period is called: *Tháng 10 năm 2026*, *October 2026*."""
    return _named(calendar, code, "name", language)


def short(calendar: str, code: str, language: str = "vi") -> str:
    """The same where there is little room: *T10/2026*, *Oct 2026*."""
    return _named(calendar, code, "short", language)


def _named(calendar: str, code: str, column: str, language: str) -> str:
    slot = read(calendar, code)
    names = next(r for r in rows("period_names") if r["kind"] == slot.kind and int(r["n"]) == slot.n)
    return names[f"{column}_en" if language.startswith("en") else column].format(year=slot.year, until=slot.year + TERM_YEARS)


# -- granules ------------------------------------------------------------------------------------------------------


@cache
def cut_days(year: int) -> tuple[date, ...]:
    """The days of a year on which a period of any calendar begins or ends; between two of them balances add up."""
    found = set()
    for s in (s for c in calendars() for s in stretches(c.code)):
        for other in range(year - s.every, year + s.every + 1):
            if (other - s.anchor) % s.every == 0:
                for n in range(s.first, s.last + 1):
                    days = s.period(other, n)
                    found |= {days.first, days.until}
    return tuple(sorted(day for day in found if day.year == year))


def granule(day: date) -> date:
    """The first day of the run between two cut days that holds a day."""
    return max(cut for cut in cut_days(day.year) if cut <= day)


def granules() -> Iterator[tuple[date, date]]:
    """Every day from 2000 to 2060 with the first day of its granule."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for day in Period(date(year, 1, 1), date(year + 1, 1, 1)).days():
            yield day, granule(day)


@lru_cache(maxsize=4096)
def split(asked: Period) -> tuple[Period, tuple[Period, ...]]:
    """What of a period consists of whole granules (possibly nothing), and the fringes before and after it."""
    cuts = [cut for year in range(asked.first.year, asked.until.year + 1) for cut in cut_days(year) if asked.first <= cut <= asked.until]
    if len(cuts) < 2:
        return Period(asked.first, asked.first), (asked,) if len(asked) else ()
    core = Period(cuts[0], cuts[-1])
    fringes = [Period(asked.first, core.first), Period(core.until, asked.until)]
    return core, tuple(f for f in fringes if len(f))
