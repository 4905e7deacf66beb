from datetime import date

import pytest

from phoihop.domain.activities.rules.cadence import fillings, missed
from phoihop.domain.activities.rules.shifts import Shift, shift_of
from phoihop.kernel.period import Period
from tests.world import at


def days(*numbers):
    return {date(2026, 6, n) for n in numbers}


JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
WEEK = Period(date(2026, 6, 8), date(2026, 6, 15))


@pytest.mark.parametrize(
    ("hour", "minute", "shift"),
    [(5, 59, Shift.NIGHT), (6, 0, Shift.DAY), (17, 59, Shift.DAY), (18, 0, Shift.NIGHT), (0, 0, Shift.NIGHT)],
)
def test_who_sets_out_between_six_in_the_evening_and_six_goes_at_night(hour, minute, shift):
    assert shift_of(at(1, hour, minute)) is shift


@pytest.mark.parametrize(
    ("walked", "every", "runs"),
    [
        (range(8, 15), 1, []),
        ((8, 9, 11, 12, 13, 14), 1, [(10, 11)]),
        ((8, 12), 2, [(9, 12), (13, 15)]),
        ((8, 10, 12, 14), 2, []),
        ((7, 9, 11, 13), 2, []),
        ((7, 14), 7, []),
        ((6, 13), 7, []),
        ((5, 13), 7, [(8, 13)]),
        ((), 7, [(8, 15)]),
        ((1,), 3, [(8, 15)]),
        ((7, 13), 3, [(8, 13)]),
    ],
)
def test_a_run_as_long_as_the_cadence_is_missed_also_one_that_began_before(walked, every, runs):
    assert [(r.first.day, r.until.day) for r in missed(days(*walked), WEEK, every)] == runs


@pytest.mark.parametrize(
    ("run", "walked", "every", "filled"),
    [
        ((10, 11), (9, 11), 1, [10]),
        ((9, 12), (8, 12), 1, [9, 10, 11]),
        ((9, 12), (8, 12), 2, [10]),
        ((8, 13), (5, 13), 7, [12]),
        ((8, 15), (), 7, [8]),
        ((8, 15), (), 3, [8, 11, 14]),
        ((8, 15), (1,), 3, [8, 11, 14]),
    ],
)
def test_the_fewest_days_that_keep_the_cadence_each_as_late_as_it_may_be(run, walked, every, filled):
    first, until = (date(2026, 6, n) for n in run)
    assert [d.day for d in fillings(Period(first, until), days(*walked), every)] == filled


@pytest.mark.parametrize("every", [1, 2, 3, 7])
def test_with_the_fillings_nothing_is_missed_any_more(every):
    for walked in (days(), days(1), days(5, 6, 20), days(3, 9, 10, 29)):
        added = {d for run in missed(walked, JUNE, every) for d in fillings(run, walked, every)}
        assert missed(walked | added, JUNE, every) == []
