from datetime import UTC, date, datetime

import pytest

from phoihop.kernel.period import HOME, Period, local_day, month_start

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def test_a_period_is_half_open():
    assert date(2026, 6, 1) in JUNE
    assert date(2026, 6, 30) in JUNE
    assert date(2026, 7, 1) not in JUNE
    assert date(2026, 5, 31) not in JUNE


def test_its_length_is_its_days_and_its_last_day_belongs():
    assert (len(JUNE), JUNE.last) == (30, date(2026, 6, 30))
    assert list(Period(date(2026, 2, 27), date(2026, 3, 2)).days()) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]


def test_a_period_that_ends_before_it_begins_has_no_days():
    backwards = Period(date(2026, 7, 1), date(2026, 6, 1))
    assert (len(backwards), list(backwards.days())) == (0, [])


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (Period(date(2026, 6, 10), date(2026, 6, 12)), Period(date(2026, 6, 10), date(2026, 6, 12))),
        (Period(date(2026, 5, 1), date(2026, 6, 3)), Period(date(2026, 6, 1), date(2026, 6, 3))),
        (Period(date(2026, 6, 29), date(2026, 9, 1)), Period(date(2026, 6, 29), date(2026, 7, 1))),
        (Period(date(2026, 7, 1), date(2026, 8, 1)), Period(date(2026, 7, 1), date(2026, 7, 1))),
        (Period(date(2025, 1, 1), date(2025, 2, 1)), Period(date(2026, 6, 1), date(2026, 6, 1))),
    ],
)
def test_two_periods_meet_in_what_both_share(other, shared):
    assert JUNE.meet(other) == shared
    assert len(JUNE.meet(other)) == len(other.meet(JUNE))


def test_the_day_of_a_moment_is_the_day_in_vietnam():
    assert local_day(datetime(2026, 6, 30, 17, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert local_day(datetime(2026, 6, 30, 16, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert local_day(datetime(2026, 6, 30, 0, 0, tzinfo=HOME)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("month", "start"),
    [(1, date(2026, 1, 15)), (12, date(2026, 12, 15)), (13, date(2027, 1, 15)), (0, date(2025, 12, 15)), (-11, date(2025, 1, 15)), (25, date(2028, 1, 15))],
)
def test_a_month_may_lie_outside_its_year(month, start):
    assert month_start(2026, month, 15) == start
