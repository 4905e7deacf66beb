from datetime import date

import pytest
from django.db.models import BooleanField, Case, CharField, Value, When

from phoihop.domain import models as m
from phoihop.kernel.written_sql import Written
from tests.domain.activities.steps import planned
from tests.world import at, songdat

pytestmark = pytest.mark.django_db
BEFORE = "({day} < {first} OR {start} < {moment}) AND {lead} = {unit}"
COLUMNS = {"day": "day", "start": "planned_start", "lead": "matter__lead"}


def before(first, moment, unit):
    return Written(BEFORE, COLUMNS, {"first": first, "moment": moment, "unit": unit.pk}, BooleanField())


def test_columns_of_related_rows_and_values_of_every_kind_find_their_places():
    w = songdat()
    early, late = planned(w), planned(w, start=at(5, 20), end=at(5, 22))
    rows = m.Activity.objects.order_by("pk")
    assert list(rows.filter(before(date(2026, 6, 2), at(1, 0), w.police_song))) == [early]
    assert list(rows.filter(before(date(2026, 6, 1), at(6, 0), w.police_song))) == [early, late]
    assert list(rows.filter(before(date(2026, 6, 9), at(9, 0), w.police_dat))) == []


def test_it_stands_in_annotations_and_in_queries_within_queries():
    w = songdat()
    early, late = planned(w), planned(w, start=at(5, 20), end=at(5, 22))
    said = Case(When(before(date(2026, 6, 2), at(1, 0), w.police_song), then=Value("early")), default=Value("late"), output_field=CharField())
    assert list(m.Activity.objects.annotate(said=said).order_by("pk").values_list("pk", "said")) == [(early.pk, "early"), (late.pk, "late")]
    inner = m.Activity.objects.filter(before(date(2026, 6, 2), at(1, 0), w.police_song)).values("matter")
    assert list(m.Activity.objects.filter(matter__in=inner)) == [early]


def test_numbers_of_records_stand_in_the_text_and_marks_stay_parameters():
    w = songdat()
    units = Written("{lead} IN ({units})", {"lead": "matter__lead"}, {"units": (w.police_song.pk, -5, 0)}, BooleanField())
    text, params = m.Activity.objects.filter(units).query.sql_with_params()
    assert text.endswith(f'WHERE "phoihop_matter"."lead_id" IN ({w.police_song.pk}, %s, 0)')
    assert params == (-5,)
