"""Badges are kept from page to page: they are never wrong after an act, and at most half a minute behind the clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.kernel import journal
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


def test_what_happens_to_a_patrol_counts_patrols_anew_and_leaves_tasks_and_agreements_as_they_were_counted():
    w = songdat()
    a = planned(w)
    asked = []
    for what in (None, "patrol.changed", "matter.noted"):
        if what:
            journal.write(by=w.lan, what=what, at=MOMENT, matter=a.matter)
        with CaptureQueriesContext(connection) as caught:
            assert counted(w.binh, MOMENT)[PATROLS_PAGE].n == 1
        counting = next(query["sql"] for query in caught if "w_waits" in query["sql"])
        asked.append([table in counting for table in ("phoihop_activity", "phoihop_task", "phoihop_delivery")])
    assert asked == [[True, True, True], [True, False, False], [True, True, True]]
