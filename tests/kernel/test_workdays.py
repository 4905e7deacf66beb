from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.kernel.workdays import WorkingDays

# Reunification and labour day 2026: Thursday and Friday; the Monday is given in lieu, the Saturday after is worked for it.
WORK = WorkingDays(off={date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 4)}, made_up={date(2026, 5, 9)})
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 29), True), (date(2026, 4, 30), False), (date(2026, 5, 1), False), (date(2026, 5, 2), False), (date(2026, 5, 3), False),
        (date(2026, 5, 4), False), (date(2026, 5, 5), True), (date(2026, 5, 9), True), (date(2026, 5, 10), False),
    ],
)  # fmt: skip
def test_holidays_and_weekends_are_off_and_a_made_up_saturday_is_worked(day, works):
    assert WORK.works_on(day) is works


def test_a_day_both_off_and_made_up_is_worked():
    assert WorkingDays(off={date(2026, 5, 9)}, made_up={date(2026, 5, 9)}).works_on(date(2026, 5, 9)) is True


@pytest.mark.parametrize(
    ("day", "n", "reached"),
    [
        (date(2026, 4, 29), 1, date(2026, 5, 5)),
        (date(2026, 4, 29), 5, date(2026, 5, 9)),
        (date(2026, 5, 1), 1, date(2026, 5, 5)),
        (date(2026, 5, 5), -1, date(2026, 4, 29)),
        (date(2026, 5, 11), -1, date(2026, 5, 9)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 1), 0, date(2026, 5, 5)),
    ],
)
def test_working_days_are_counted_forwards_and_backwards(day, n, reached):
    assert WORK.add(day, n) == reached


def test_days_between_leave_out_the_last():
    assert WORK.between(date(2026, 4, 29), date(2026, 5, 9)) == 5
    assert WORK.between(date(2026, 4, 29), date(2026, 5, 10)) == 6
    assert WORK.between(date(2026, 5, 10), date(2026, 4, 29)) == 0


def test_without_a_list_only_weekends_are_off():
    assert WorkingDays().between(date(2026, 6, 1), date(2026, 7, 1)) == 22


@given(days, st.integers(1, 40))
def test_the_nth_working_day_works_and_has_n_working_days_up_to_it(day, n):
    reached = WORK.add(day, n)
    assert WORK.works_on(reached)
    assert WORK.between(day + timedelta(days=1), reached + timedelta(days=1)) == n


@given(days, st.integers(1, 40))
def test_counting_back_undoes_counting_forward_from_a_day_that_works(day, n):
    start = WORK.add(day, 0)
    assert WORK.add(WORK.add(start, n), -n) == start
