from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import BooleanField

from phoihop.domain import models as m
from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.written_sql import Written
from tests.domain.activities.steps import planned
from tests.world import songdat

pytestmark = pytest.mark.django_db
UNIT, HOUR = -5, datetime(1826, 11, 22, tzinfo=UTC)


def ending_by(made):
    def make():
        made.append(1)
        return m.Activity.objects.filter(matter__lead=UNIT, planned_end__lte=HOUR).values_list("pk", "planned_end")

    return make


def test_a_kept_query_is_made_once_and_asked_of_other_units_and_hours():
    w = songdat()
    a = planned(w)
    end, kept, made = a.planned_end, KeptQueries(), []

    def asked(unit, hour):
        return kept.rows("ending", ending_by(made), {UNIT: unit, HOUR: hour})

    assert asked(w.lan.unit_id, end) == [(a.pk, end)]
    assert asked(w.lan.unit_id, end - timedelta(seconds=1)) == []
    assert asked(w.binh.unit_id, end) == []
    assert asked(w.lan.unit_id, end) == [(a.pk, end)]
    assert made == [1]


def test_a_day_is_put_in_the_place_of_its_mark():
    a, some_day = planned(songdat()), date(1826, 11, 22)
    kept = KeptQueries()

    def asked(day):
        return kept.rows("days", lambda: m.Activity.objects.filter(day=some_day).values_list("pk", "day"), {some_day: day})

    assert (asked(a.day), asked(a.day + timedelta(days=1))) == ([(a.pk, a.day)], [])


@pytest.mark.parametrize(("chosen", "made_for"), [([], []), ([0], [1]), ([2, 0], [4]), ([0, 1, 2, 3, 4], [16])])
def test_a_query_about_some_records_is_kept_for_so_many_or_fewer(chosen, made_for):
    w, kept, made = songdat(), KeptQueries(), []
    patrols = [planned(w).pk for _ in range(5)]

    def make(marks):
        made.append(len(marks))
        return m.Activity.objects.filter(pk__in=marks).order_by("pk").values_list("pk")

    for _ in range(2):
        assert kept.rows_of([patrols[n] for n in chosen], "some", make) == [(patrols[n],) for n in sorted(chosen)]
    assert made == made_for


def test_marks_of_ones_own_stand_beside_those_of_the_records():
    w, kept, made = songdat(), KeptQueries(), []
    patrols = [planned(w).pk for _ in range(2)]

    def make(marks):
        made.append(1)
        return m.Activity.objects.filter(pk__in=marks, matter__lead=UNIT, planned_end__lte=HOUR).order_by("pk").values_list("pk")

    end = m.Activity.objects.get(pk=patrols[0]).planned_end
    assert kept.rows_of(patrols, "led", make, {UNIT: w.lan.unit_id, HOUR: end}) == [(pk,) for pk in patrols]
    assert kept.rows_of(patrols, "led", make, {UNIT: w.binh.unit_id, HOUR: end}) == []
    assert kept.rows_of(patrols, "led", make, {UNIT: w.lan.unit_id, HOUR: end - timedelta(seconds=1)}) == []
    assert made == [1]


def test_a_percent_sign_of_the_text_is_none_of_its_marks():
    w, kept = songdat(), KeptQueries()
    (a, _b), of_song = [planned(w).pk for _ in range(2)], Written("{code} LIKE 'TT%%'", {"code": "matter__code"}, {}, BooleanField())
    assert kept.rows_of([a], "coded", lambda marks: m.Activity.objects.filter(of_song, pk__in=marks, route_kind="road").values_list("pk")) == [(a,)]


def test_records_are_read_as_django_reads_them_with_what_is_selected_along(django_assert_num_queries):
    w, kept = songdat(), KeptQueries()
    plain = m.Activity.objects.select_related("matter__area", "matter__title", "route")
    patrols = [planned(w, title="Tuần tra đêm rằm"), planned(w, route=None)]
    wanted = {a.pk: a for a in plain}
    for chosen in (patrols, patrols[:1]):
        with django_assert_num_queries(1):
            found = kept.records_of([a.pk for a in chosen], "patrols", lambda marks: plain.filter(pk__in=marks))
            along = [(a.matter.code, a.matter.area.name, a.matter.title and a.matter.title.text, a.route) for a in found]
        assert [a.__dict__.keys() for a in found] == [wanted[a.pk].__dict__.keys() for a in found]
        assert sorted(along) == sorted(
            (b.matter.code, b.matter.area.name, b.matter.title and b.matter.title.text, b.route) for b in map(wanted.get, (a.pk for a in chosen))
        )
        assert [(a._state.adding, a._state.db, a.planned_start, a.armed) for a in found] == [
            (False, "default", wanted[a.pk].planned_start, wanted[a.pk].armed) for a in found
        ]


@pytest.mark.parametrize("make", [lambda: None, lambda: m.Activity.objects.none().values_list("pk")])
def test_a_query_of_nothing_finds_nothing(make):
    assert KeptQueries().rows("none", make, {}) == []
