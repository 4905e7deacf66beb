from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Value

from phoihop.domain import models as m
from phoihop.kernel.at_once import at_once
from tests.domain.activities.steps import THREE, accepted, held, planned
from tests.world import songdat

pytestmark = pytest.mark.django_db


def told(record):
    """Everything that was read of a record, and of those read along with it."""
    if record is None:
        return None
    own = {name: value for name, value in record.__dict__.items() if not name.startswith("_")}
    along = [field for field in record._meta.concrete_fields if field.is_relation and field.is_cached(record)]
    return own | {field.name: told(field.get_cached_value(record)) for field in along}


@pytest.fixture
def patrol():
    w = songdat()
    return held(w, "police_song", "militia_song", a=accepted(w, planned(w, *THREE)))


@pytest.fixture
def asked(patrol):
    """Moments, days, numbers, codes, truths; what is joined and what is not there; what is put off and what is worked out; up and down."""
    return [
        m.Strength.objects.filter(activity=patrol).select_related("unit__force", "unit__area").order_by("-pk"),
        m.Participation.objects.filter(matter=patrol.matter).select_related("unit__force", "reason").order_by("unit__force__order"),
        m.Matter.objects.none(),
        m.Activity.objects.filter(pk=patrol.pk).select_related("matter__title", "recorder", "route"),
        m.Event.objects.filter(matter=patrol.matter).select_related("by__unit").defer("body").annotate(told=F("body"), n=Value(3)).order_by("-seq"),
        m.Attachment.objects.filter(matter=patrol.matter).order_by("pk"),
        m.Leg.objects.filter(activity__in=[]).order_by("n"),
        m.Matter.objects.filter(pk=patrol.matter_id),
    ]


def test_what_is_asked_at_once_is_what_is_asked_one_after_the_other(patrol, asked, django_assert_num_queries):
    assert connection.features.supports_json_field  # Django asks once for each connection
    one_by_one = [[told(record) for record in rows.all()] for rows in asked]
    assert [len(records) for records in one_by_one[:4]] == [3, 2, 0, 1]
    with django_assert_num_queries(1):
        found = at_once(*asked)
        again = [[told(record) for record in records] for records in found]
    assert again == one_by_one


def test_deferred_fields_and_bytes_are_read_when_they_are_wanted(patrol):
    kept = m.Attachment.objects.create(
        matter=patrol.matter, unit=patrol.matter.lead, at=patrol.planned_start, name=m.Body.objects.create(text="x.pdf", digest="0", purpose="file"),
        purpose="file", media="application/pdf", size=3, digest="0", content=b"%PD",
    )  # fmt: skip
    [[file], [event, *_rest]] = at_once(m.Attachment.objects.filter(pk=kept.pk), m.Event.objects.filter(matter=patrol.matter).defer("body"))
    assert (file.get_deferred_fields(), event.get_deferred_fields()) == ({"content"}, {"body"})
    assert (bytes(file.content), event.body[:1]) == (b"%PD", "{")


def test_nothing_asked_and_nothing_there_cost_no_question(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (at_once(), at_once(m.Unit.objects.none(), m.Area.objects.none())) == ([], [[], []])


def test_a_record_that_holds_json_is_asked_alone(db):
    with pytest.raises(TypeError, match="ImportRow holds JSON in cells: ask it alone"):
        at_once(m.ImportRow.objects.all())


def test_days_are_days(db):
    w = songdat()
    [[area]] = at_once(m.Area.objects.filter(pk=w.song.pk))
    assert (area.valid_from, type(area.valid_from)) == (w.song.valid_from, date)
