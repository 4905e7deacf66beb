"""The seven calendars of rules.md A2, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain.figures.rules import calendars as c
from phoihop.kernel.period import Period


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("calendar", "code", "first", "last"),
    [
        ("ND09", "2026-T1", "2025-12-15", "2026-01-14"),
        ("ND09", "2026-T10", "2026-09-15", "2026-10-14"),
        ("ND09", "2026-T12", "2026-11-15", "2026-12-14"),
        ("ND09", "2026-Q1", "2025-12-15", "2026-03-14"),
        ("ND09", "2026-Q2", "2026-03-15", "2026-06-14"),
        ("ND09", "2026-Q3", "2026-06-15", "2026-09-14"),
        ("ND09", "2026-Q4", "2026-09-15", "2026-12-14"),
        ("ND09", "2026-6T1", "2025-12-15", "2026-06-14"),
        ("ND09", "2026-6T2", "2026-06-15", "2026-12-14"),
        ("ND09", "2026-9T", "2025-12-15", "2026-09-14"),
        ("ND09", "2026", "2025-12-15", "2026-12-14"),
        ("QP168", "2026-T6", "2026-05-15", "2026-06-14"),
        ("QP168", "2026-6T1", "2025-11-15", "2026-06-14"),
        ("QP168", "2026-6T2", "2026-06-15", "2026-11-14"),
        ("QP168", "2026", "2025-11-15", "2026-11-14"),
        ("ATANTT_KDC", "2026", "2025-11-01", "2026-10-31"),
        ("ATANTT_DV", "2026", "2025-11-16", "2026-11-15"),
        ("PCTT", "2026-6T1", "2026-01-01", "2026-06-30"),
        ("PCTT", "2026", "2026-01-01", "2026-12-31"),
        ("THONGKE", "2024-T2", "2024-02-01", "2024-02-29"),
        ("THONGKE", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("THONGKE", "2026", "2026-01-01", "2026-12-31"),
        ("NHIEMKY", "2025-2030", "2025-07-01", "2030-06-30"),
    ],
)
def test_a_code_means_these_days(calendar, code, first, last):
    period = c.period(calendar, code)
    assert (period.first, period.last) == days(first, last)


@pytest.mark.parametrize(
    ("calendar", "code"),
    [
        ("ND09", "2026-T13"),
        ("ND09", "2026-T0"),
        ("ND09", "2026-T01"),
        ("ND09", "2026-Q5"),
        ("ND09", "2026-6T3"),
        ("ND09", "1999"),
        ("ND09", "2061"),
        ("ND09", "2026-"),
        ("ND09", "năm 2026"),
        ("THONGKE", "2026-6T1"),
        ("PCTT", "2026-6T2"),
        ("ATANTT_KDC", "2026-T1"),
        ("NHIEMKY", "2026-2031"),
        ("NHIEMKY", "2025-2029"),
        ("NHIEMKY", "2025"),
        ("KHAC", "2026"),
    ],
)
def test_a_calendar_has_no_other_periods(calendar, code):
    assert c.fits_period(calendar, code).code == "no-such-period"
    with pytest.raises(c.NoSuchPeriod):
        c.period(calendar, code)


@pytest.mark.parametrize(
    ("calendar", "kind", "day", "code"),
    [
        ("ND09", "month", date(2026, 10, 14), "2026-T10"),
        ("ND09", "month", date(2026, 10, 15), "2026-T11"),
        ("ND09", "month", date(2026, 12, 20), "2027-T1"),
        ("ND09", "year", date(2026, 12, 14), "2026"),
        ("ND09", "year", date(2026, 12, 15), "2027"),
        ("QP168", "half", date(2025, 11, 15), "2026-6T1"),
        ("ATANTT_DV", "year", date(2026, 11, 15), "2026"),
        ("NHIEMKY", "term", date(2025, 6, 30), "2020-2025"),
        ("NHIEMKY", "term", date(2026, 1, 1), "2025-2030"),
    ],
)
def test_a_day_lies_in_this_period(calendar, kind, day, code):
    assert c.period_of(calendar, c.Kind(kind), day) == code


def test_after_nine_months_there_is_no_such_period():
    with pytest.raises(c.NoSuchPeriod):
        c.period_of("ND09", c.Kind.NINE, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("calendar", "code", "before", "year_before"),
    [
        ("ND09", "2026-T1", "2025-T12", "2025-T1"),
        ("ND09", "2026-T10", "2026-T9", "2025-T10"),
        ("ND09", "2026-Q1", "2025-Q4", "2025-Q1"),
        ("ND09", "2026-6T2", "2026-6T1", "2025-6T2"),
        ("ND09", "2026-9T", "2025-9T", "2025-9T"),
        ("QP168", "2026-6T1", "2025-6T2", "2025-6T1"),
        ("PCTT", "2026-6T1", "2025-6T1", "2025-6T1"),
        ("NHIEMKY", "2025-2030", "2020-2025", "2020-2025"),
    ],
)
def test_the_period_before_and_the_same_a_year_ago(calendar, code, before, year_before):
    assert (c.before(calendar, code), c.year_before(calendar, code)) == (before, year_before)


def test_the_months_of_a_year_follow_one_another():
    assert c.within("ND09", c.Kind.MONTH, c.period("ND09", "2026")) == [f"2026-T{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("calendar", "code", "vi", "en", "short", "short_en"),
    [
        ("ND09", "2026-T10", "Tháng 10 năm 2026", "October 2026", "T10/2026", "Oct 2026"),
        ("ND09", "2026-Q4", "Quý IV năm 2026", "Quarter 4 of 2026", "Quý IV/2026", "Q4 2026"),
        ("ND09", "2026-6T1", "6 tháng đầu năm 2026", "First six months of 2026", "6T đầu 2026", "H1 2026"),
        ("ND09", "2026-9T", "9 tháng năm 2026", "Nine months of 2026", "9T 2026", "9M 2026"),
        ("PCTT", "2026", "Năm 2026", "2026", "2026", "2026"),
        ("NHIEMKY", "2025-2030", "Nhiệm kỳ 2025–2030", "Term 2025–2030", "2025–2030", "2025–2030"),
    ],
)
def test_a_period_has_a_name_and_a_short_one_in_both_languages(calendar, code, vi, en, short, short_en):
    assert (c.label(calendar, code), c.label(calendar, code, "en-gb")) == (vi, en)
    assert (c.short(calendar, code), c.short(calendar, code, "en-gb")) == (short, short_en)


def test_there_are_seven_calendars_and_each_knows_its_kinds():
    assert [(x.code, [str(k) for k in c.kinds(x.code)]) for x in c.calendars()] == [
        ("ND09", ["month", "quarter", "half", "nine", "year"]),
        ("QP168", ["month", "half", "year"]),
        ("ATANTT_KDC", ["year"]),
        ("ATANTT_DV", ["year"]),
        ("PCTT", ["half", "year"]),
        ("THONGKE", ["month", "quarter", "year"]),
        ("NHIEMKY", ["term"]),
    ]


def test_what_rests_on_a_province_or_on_our_guess_is_marked():
    marked = {(s.calendar, str(s.kind), str(s.mark)) for x in c.calendars() for s in c.stretches(x.code) if s.mark}
    assert marked == {("ND09", "nine", "local"), *(("QP168", k, "assumed") for k in ("month", "half", "year")), ("NHIEMKY", "term", "assumed")}


def test_every_period_begins_and_ends_on_a_cut_day():
    for calendar in c.calendars():
        for s in c.stretches(calendar.code):
            for year in (y for y in range(2019, 2031) if (y - s.anchor) % s.every == 0):
                for n in range(s.first, s.last + 1):
                    days = s.period(year, n)
                    assert c.split(days) == (days, ())


def test_granules_are_half_months_but_for_the_day_between_two_calendars_in_november():
    assert [c.granule(date(2026, 11, n)).day for n in (1, 14, 15, 16, 30)] == [1, 1, 15, 16, 16]
    assert len(c.cut_days(2026)) == 25


def test_every_day_of_sixty_years_has_a_granule_that_does_not_come_after_it():
    every = list(c.granules())
    assert (every[0][0], every[-1][0], len(every)) == (date(2000, 1, 1), date(2060, 12, 31), 22_281)
    assert all(first <= day and (day - first).days < 17 for day, first in every)


@pytest.mark.parametrize(
    ("first", "until", "core", "fringes"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), (date(2026, 1, 1), date(2026, 2, 1)), []),
        (
            date(2026, 1, 3),
            date(2026, 2, 20),
            (date(2026, 1, 15), date(2026, 2, 15)),
            [(date(2026, 1, 3), date(2026, 1, 15)), (date(2026, 2, 15), date(2026, 2, 20))],
        ),
        (date(2026, 1, 3), date(2026, 1, 9), None, [(date(2026, 1, 3), date(2026, 1, 9))]),
        (date(2026, 1, 3), date(2026, 1, 20), None, [(date(2026, 1, 3), date(2026, 1, 20))]),
    ],
)
def test_a_period_is_whole_granules_and_fringes(first, until, core, fringes):
    found, left = c.split(Period(first, until))
    assert (found if len(found) else None, list(left)) == (Period(*core) if core else None, [Period(*f) for f in fringes])
