from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.kernel.joined_keys import JoinedKeys, count_of, keys_of, without
from tests.domain.activities.steps import planned
from tests.world import at, songdat

pytestmark = pytest.mark.django_db


def test_the_keys_of_each_group_stand_beside_it_and_count_it():
    w = songdat()
    one, two, three = (planned(w, start=at(day, 20), end=at(day, 22)).pk for day in (1, 3, 3))
    found = dict(m.Activity.objects.order_by("day").values_list("day").annotate(keys=JoinedKeys("pk")))
    assert {day: sorted(keys_of(keys)) for day, keys in found.items()} == {date(2026, 6, 1): [one], date(2026, 6, 3): [two, three]}
    assert [count_of(keys) for keys in found.values()] == [1, 2]


@pytest.mark.parametrize(("gone", "left"), [((), "12,2,31"), (("2",), "12,31"), (("1", "31"), "12,2"), (("12", "2", "31"), "")])
def test_keys_are_left_out_whole(gone, left):
    assert without("12,2,31", set(gone)) == left
