from datetime import date

import pytest

from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.situation import STATES_OF, Clause, Told, clauses, duty_day, duty_hours
from tests.world import at


@pytest.mark.parametrize(("moment", "day"), [(at(2, 5, 59), date(2026, 6, 1)), (at(2, 6), date(2026, 6, 2)), (at(2, 23, 59), date(2026, 6, 2))])
def test_a_duty_day_begins_at_six_so_that_a_night_is_never_cut(moment, day):
    assert duty_day(moment) == day
    first, until = duty_hours(day)
    assert first <= moment < until


def test_a_duty_day_has_twenty_four_hours():
    assert duty_hours(date(2026, 6, 1)) == (at(1, 6), at(2, 6))


def test_every_state_is_told_once_beside_the_whole():
    parts = [state for told, states in STATES_OF.items() if told is not Told.ALL for state in states]
    assert sorted(parts) == sorted(State)
    assert STATES_OF[Told.ALL] == frozenset(State) - STATES_OF[Told.OFF]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], [(Told.ALL, 0)]),
        ([State.PLANNED, State.READY], [(Told.ALL, 2), (Told.TO_COME, 2)]),
        ([State.HELD, State.WAITING, State.DISPUTED], [(Told.ALL, 3), (Told.RECORDED, 3)]),
        ([State.LATE, State.MISSING, State.UNDER_WAY], [(Told.ALL, 3), (Told.UNDER_WAY, 1), (Told.LATE, 1), (Told.MISSING, 1)]),
        ([State.CANCELLED, State.NOT_HELD, State.HELD], [(Told.ALL, 1), (Told.RECORDED, 1), (Told.OFF, 2)]),
    ],
)
def test_the_whole_comes_first_and_empty_parts_are_not_said(states, said):
    assert clauses(states) == [Clause(told, n) for told, n in said]


def test_only_the_clock_says_overdue():
    assert [told for told in Told if Clause(told, 1).overdue] == [Told.LATE, Told.MISSING]
