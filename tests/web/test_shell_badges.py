"""Badges are kept from page to page: they are never wrong after an act, and at most half a minute behind the clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.web.shell import COUNTED_FOR, counted
from phoihop.web.waiting import PATROLS_PAGE
from tests.domain.activities.steps import accepted, planned
from tests.world import at, songdat

pytestmark = pytest.mark.django_db
MOMENT = at(1, 13)


def test_after_the_readers_own_act_a_badge_is_right_at_once():
    w = songdat()
    a = planned(w)
    assert counted(w.binh, MOMENT)[PATROLS_PAGE].n == 1
    accepted(w, a)
    assert counted(w.binh, MOMENT) == {}


def test_until_half_a_minute_has_passed_badges_are_counted_once():
    w = songdat()
    planned(w)
    counted(w.binh, MOMENT)
    asked = []
    for span in (1, COUNTED_FOR):
        with CaptureQueriesContext(connection) as caught:
            counted(w.binh, MOMENT + timedelta(seconds=span))
        asked.append(sum("UNION ALL" in query["sql"] for query in caught))
    assert asked == [0, 1]
