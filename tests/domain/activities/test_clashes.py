from hypothesis import given
from hypothesis import strategies as st

from phoihop.domain.activities.rules import Slot, clashes, free_team
from tests.world import NOON, at, timedelta


def slot(activity, first, until, unit=1, team=1):
    return Slot(unit, team, at(1, first), at(1, until), activity)


def test_the_same_team_in_two_places_is_a_clash():
    first, second = slot(1, 18, 20), slot(2, 19, 21)
    assert clashes([second, first]) == [(first, second)]


def test_one_after_the_other_another_team_or_another_unit_is_none():
    assert clashes([slot(1, 18, 20), slot(2, 20, 22), slot(3, 18, 20, team=2), slot(4, 18, 20, unit=2)]) == []


def test_a_long_patrol_clashes_with_each_that_falls_into_it():
    long, first, second, after = slot(1, 8, 20), slot(2, 9, 10), slot(3, 11, 12), slot(4, 20, 21)
    assert clashes([after, second, first, long]) == [(long, first), (long, second)]


SLOTS = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(0, 20), st.integers(1, 6)), max_size=8).map(
    lambda rows: [Slot(unit, team, NOON + timedelta(hours=first), NOON + timedelta(hours=first + long), n) for n, (unit, team, first, long) in enumerate(rows)]
)


@given(SLOTS)
def test_clashes_are_exactly_the_pairs_that_share_team_and_time(slots):
    found = {frozenset((a.activity, b.activity)) for a, b in clashes(slots)}
    pairs = [(a, b) for n, a in enumerate(slots) for b in slots[n + 1 :]]
    assert found == {frozenset((a.activity, b.activity)) for a, b in pairs if (a.unit, a.team) == (b.unit, b.team) and a.start < b.end and b.start < a.end}


@given(SLOTS, st.integers(0, 20), st.integers(1, 6))
def test_the_free_team_is_the_lowest_that_clashes_with_nothing(slots, first, long):
    start, end = NOON + timedelta(hours=first), NOON + timedelta(hours=first + long)
    team = free_team(slots, 1, start, end)
    busy = [
        n for n in range(1, team + 1) if any(pair for pair in clashes([*slots, Slot(1, n, start, end, 99)]) if pair[0].activity == 99 or pair[1].activity == 99)
    ]
    assert busy == list(range(1, team))
