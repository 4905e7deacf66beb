"""When a duty falls due, and by when: a truth table, without a database."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from phoihop.domain.agreements.rules.recurring import deadline, label, turns
from phoihop.kernel.period import Period
from phoihop.kernel.workdays import WorkingDays

WORKING = WorkingDays(off=frozenset({date(2026, 9, 2)}))


def duty(cadence="month", **due):
    return SimpleNamespace(**{"cadence": cadence, "due_workdays": None, "due_day": None, "due_on": None} | due)


def firsts(of, first, until, began=date(2026, 1, 1)):
    return [t.days.first for t in turns(of, Period(first, until), began, WORKING)]


@pytest.mark.parametrize(
    ("cadence", "first", "until", "expected"),
    [
        ("month", date(2026, 6, 1), date(2026, 8, 15), [date(2026, 5, 15), date(2026, 6, 15), date(2026, 7, 15)]),
        ("month", date(2026, 6, 15), date(2026, 7, 15), [date(2026, 6, 15)]),
        ("quarter", date(2026, 6, 1), date(2026, 12, 15), [date(2026, 3, 15), date(2026, 6, 15), date(2026, 9, 15)]),
        ("half", date(2026, 6, 1), date(2027, 1, 1), [date(2026, 6, 15), date(2026, 12, 15)]),
        ("year", date(2026, 6, 1), date(2027, 6, 1), [date(2026, 12, 15)]),
        ("week", date(2026, 6, 3), date(2026, 6, 16), [date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15)]),
        ("term", date(2026, 6, 1), date(2031, 6, 1), [date(2030, 7, 1)]),
        ("demand", date(2026, 6, 1), date(2027, 6, 1), []),
    ],
)
def test_periods_follow_the_calendar_of_administrative_reports_from_the_first_whole_one(cadence, first, until, expected):
    began = date(2026, 1, 1)
    assert firsts(duty(cadence), first, until, began) == [day for day in expected if day >= began]


def test_a_period_that_had_begun_before_the_text_held_is_nobodys_duty():
    assert firsts(duty(), date(2026, 6, 20), date(2026, 9, 1), began=date(2026, 6, 20)) == [date(2026, 7, 15), date(2026, 8, 15)]


@pytest.mark.parametrize(
    ("due_on", "began", "expected"),
    [
        (date(2026, 6, 30), date(2026, 6, 1), [(date(2026, 6, 1), date(2026, 7, 1))]),
        (date(2026, 5, 31), date(2026, 5, 1), []),
        (date(2027, 6, 1), date(2026, 6, 1), []),
    ],
)
def test_what_is_done_once_runs_from_the_day_the_text_holds_to_its_day(due_on, began, expected):
    found = turns(duty("once", due_on=due_on), Period(date(2026, 6, 1), date(2027, 6, 1)), began, WORKING)
    assert [(t.days.first, t.days.until) for t in found] == expected


@pytest.mark.parametrize(
    ("of", "days", "expected"),
    [
        (duty(), Period(date(2026, 5, 15), date(2026, 6, 15)), date(2026, 6, 14)),
        (duty(due_workdays=3), Period(date(2026, 5, 15), date(2026, 6, 15)), date(2026, 6, 17)),
        (duty(due_workdays=1), Period(date(2026, 8, 3), date(2026, 9, 2)), date(2026, 9, 3)),
        (duty(due_day=25), Period(date(2026, 5, 15), date(2026, 6, 15)), date(2026, 6, 25)),
        (duty(due_day=31), Period(date(2026, 5, 15), date(2026, 6, 15)), date(2026, 6, 30)),
        (duty("year", due_on=date(2020, 2, 29)), Period(date(2025, 12, 15), date(2026, 12, 15)), date(2026, 2, 28)),
        (duty("year", due_on=date(2026, 11, 30)), Period(date(2026, 12, 15), date(2027, 12, 15)), date(2027, 11, 30)),
    ],
)
def test_the_deadline_is_working_days_after_the_period_or_a_day_of_its_last_month_or_a_day_of_the_year(of, days, expected):
    assert deadline(of, days, WORKING) == expected


@pytest.mark.parametrize(
    ("cadence", "said"),
    [("month", "Tháng 6 năm 2026"), ("quarter", "Quý II năm 2026"), ("week", "01/06–07/06/2026"), ("once", "")],
)
def test_a_period_is_called_by_its_name(cadence, said):
    window = Period(date(2026, 6, 1), date(2026, 6, 2))
    turn = next(turns(duty(cadence, due_on=date(2026, 6, 1) if cadence == "once" else None), window, date(2020, 1, 1), WORKING))
    assert label(cadence, turn) == said


def test_a_deadline_ends_with_the_working_day():
    turn = next(turns(duty(), Period(date(2026, 6, 1), date(2026, 6, 2)), date(2020, 1, 1), WORKING))
    assert (turn.due_at.isoformat(), turn.due_at.utcoffset()) == ("2026-06-14T17:00:00+07:00", timedelta(hours=7))
