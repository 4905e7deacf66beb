from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain.activities.queries.situation import coming, led_by_others, on_duty, pulse
from phoihop.domain.activities.rules import Grace, State
from phoihop.kernel.period import Period, local_day
from tests.domain.activities.steps import held, planned, reported
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db
GRACE, DAY = Grace(), date(2026, 6, 1)


def duty(post, area=None, now=at(1, 21), day=DAY):
    return on_duty(post, area, day, now, GRACE, local_day(now))


def test_a_duty_runs_from_six_to_six():
    w = songdat()
    evening, night, morning = planned(w), planned(w, start=at(2, 2), end=at(2, 4)), planned(w, start=at(2, 6), end=at(2, 8))
    assert [one.pk for one in duty(w.lan)] == [evening.pk, night.pk]
    assert [one.pk for one in duty(w.lan, day=date(2026, 6, 2))] == [morning.pk]


def test_a_patrol_is_told_with_its_state_its_place_its_lead_and_its_times():
    w = songdat()
    a = planned(w)
    one = duty(w.lan)[0]
    assert (one.code, one.name, one.area, one.place, one.lead, one.force) == (a.matter.code, "Tuyến đường bộ", w.song.pk, "Sông", "Công an xã Sông", "CA")
    assert (one.state, one.own, one.leads, one.start, one.end, one.left, one.back) == (State.LATE, True, True, at(1, 20), at(1, 22), None, None)
    assert [(p.own, p.leads) for p in duty(w.binh)] == [(True, False)]


def test_who_takes_no_part_reads_no_hours_until_it_is_over():
    w = songdat()
    planned(w)
    (one,) = duty(w.mai)
    assert (one.own, one.start, one.name) == (False, None, "")
    (over,) = duty(w.mai, now=at(2, 5))
    assert (over.state, over.start) == (State.MISSING, at(1, 20))
    assert duty(w.tu) == duty(w.thu) == duty(w.quan) == []


def test_a_duty_is_of_an_area_as_it_was_that_day():
    w = songdat()
    planned(w)
    assert [len(duty(w.lan, area)) for area in (w.province, w.song, w.dat, None)] == [1, 1, 0, 1]


def test_of_what_one_does_not_see_one_learns_who_leads_it_and_how_many():
    w = songdat()
    planned(w)
    planned(w, start=at(1, 22), end=at(1, 23))
    planned(w, exercise=True)
    assert led_by_others(w.thu, w.song, DAY) == [(w.police_song.key, "Công an xã Sông", 2)]
    assert led_by_others(w.thu, w.dat, DAY) == led_by_others(w.quan, w.song, DAY) == []


def test_the_pulse_counts_every_patrol_of_an_area_by_day_and_state():
    w = songdat()
    held(w)
    reported(w)
    planned(w, start=at(3, 20), end=at(3, 22))
    days = Period(DAY, date(2026, 6, 4))
    counts = pulse(w.tu, w.province, days, at(3, 12), GRACE)
    assert counts == {DAY: {State.HELD: 1, State.WAITING: 1}, date(2026, 6, 3): {State.PLANNED: 1}}
    assert pulse(w.tu, w.dat, days, at(3, 12), GRACE) == {}
    assert pulse(w.quan, w.province, days, at(3, 12), GRACE) == {}


def test_what_comes_next_is_of_the_own_unit_only():
    w = songdat()
    planned(w)
    later = planned(w, start=at(3, 20), end=at(3, 22))
    assert [one.pk for one in coming(w.binh, at(2, 6), at(8, 6), NOON, GRACE, DAY)] == [later.pk]
    assert coming(w.hai, at(2, 6), at(8, 6), NOON, GRACE, DAY) == coming(w.mai, at(2, 6), at(8, 6), NOON, GRACE, DAY) == []


def test_one_patrol_and_twenty_cost_the_same():
    w = songdat()

    def queries():
        with CaptureQueriesContext(connection) as caught:
            n = len(duty(w.lan, w.song))
        return n, len(caught)

    def kept():
        """Whom the unit succeeded is asked once and kept at hand."""
        queries()
        return queries()

    planned(w)
    one = kept()
    for _ in range(19):
        planned(w)
    many = kept()
    assert (one[0], many[0]) == (1, 20)
    assert one[1] == many[1]
