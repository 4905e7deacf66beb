import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from phoihop.domain import models as m
from phoihop.domain.matters.actions.journal import Entry, write, write_many
from phoihop.domain.matters.actions.texts import keep, keep_many
from phoihop.domain.matters.rules import LONGEST, RETENTION, chained, fits_length, keep_until
from phoihop.domain.models import Purpose
from phoihop.kernel.verdict import Refused
from tests.domain.matters.opened import opened
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db


def body(**facts):
    return json.loads(write(by=songdat().lan, what="matter.closed", at=NOON, **facts).body)


def test_each_event_is_chained_to_the_one_before():
    w, matter = opened()
    first, second = write_many(by=w.lan, at=NOON, entries=[Entry("matter.noted", matter, {"n": 1}), Entry("matter.closed", matter)])
    third = write(by=w.binh, what="matter.noted", at=at(1, 13))
    assert [e.seq for e in (first, second, third)] == [1, 2, 3]
    assert first.hash == chained("", 1, NOON, w.lan.pk, "matter.noted", matter.code, '{"n":1}')
    assert second.hash == chained(first.hash, 2, NOON, w.lan.pk, "matter.closed", matter.code, "{}")
    assert third.hash == chained(second.hash, 3, at(1, 13), w.binh.pk, "matter.noted", "", "{}")


def test_the_hash_covers_everything_that_an_event_says():
    plain = ("", 1, NOON, 5, "matter.noted", "VV-26-PH86-1-1", "{}")
    others = [("0", 1), ("", 2), at(1, 13), 6, "matter.closed", "VV-26-PH86-2-1", '{"n":1}']
    changed = [others[0] + plain[2:], others[1] + plain[2:], *((*plain[:n], value, *plain[n + 1 :]) for n, value in enumerate(others[2:], 2))]
    assert len({chained(*said) for said in (plain, *changed)}) == 1 + len(changed)


def test_the_same_moment_in_another_zone_is_the_same_moment():
    assert chained("", 1, NOON, 5, "x", "", "{}") == chained("", 1, NOON.astimezone(UTC), 5, "x", "", "{}")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (7, 7),
        (True, 1),
        ("CA.xa.29001", "CA.xa.29001"),
        (date(2026, 6, 1), "2026-06-01"),
        (datetime(2026, 6, 1, 5, tzinfo=UTC), "2026-06-01T05:00:00+00:00"),
        ([1, ["a", 2]], [1, ["a", 2]]),
        (("a",), ["a"]),
        ({"b": 1, "a": [2]}, {"a": [2], "b": 1}),
    ],
)
def test_facts_are_codes_numbers_days_and_lists_of_them(value, kept):
    assert body(fact=value, left_out=None) == {"fact": kept}


@pytest.mark.parametrize(
    "value",
    ["Nguyễn", "hai tổ", "B1\n", "x" * 201, 1.5, b"x", {1}, [1, None], {"tên riêng": 1}, {"a": "ngoài lề"}, timedelta(1)],
    ids=str,
)
def test_free_text_and_what_has_no_one_spelling_is_refused(value):
    with pytest.raises((ValueError, TypeError)):
        body(fact=value)
    assert m.Event.objects.count() == 0


def test_an_event_outside_the_catalogue_is_refused():
    w = songdat()
    with pytest.raises(ValueError, match="catalogue"):
        write(by=w.lan, what="matter.forgotten", at=NOON)


def test_a_text_is_written_as_its_number_and_salted_digest():
    w, matter = opened()
    kept = keep("Nước lên nhanh", Purpose.NOTE, NOON)
    event = write(by=w.lan, what="matter.noted", at=NOON, matter=matter, texts={"text": kept, "none": None})
    assert json.loads(event.body) == {"text": {"text": kept.pk, "sha256": kept.digest}}


def test_one_text_twice_has_two_digests():
    first, second = keep_many(["Nước lên nhanh", "Nước lên nhanh"], Purpose.NOTE, NOON)
    assert first.digest != second.digest


def test_texts_are_kept_in_one_spelling_and_empty_ones_not_at_all():
    decomposed = "Bến Tre "
    assert [t and t.text for t in keep_many([decomposed, "  ", "x"], Purpose.NOTE, NOON)] == ["Bến Tre", None, "x"]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_says_how_long_it_is_kept(purpose):
    assert keep_until(purpose, date(2026, 6, 1)) == date.fromordinal(date(2026, 6, 1).toordinal() + RETENTION[purpose])


@pytest.mark.parametrize(("length", "code"), [(300, ""), (301, "text-too-long")])
def test_a_text_is_as_long_as_its_purpose_needs(length, code):
    assert (LONGEST[Purpose.TITLE], fits_length("x" * length, Purpose.TITLE).code) == (300, code)
    if code:
        with pytest.raises(Refused):
            keep("x" * length, Purpose.TITLE, NOON)


@pytest.mark.parametrize("statement", ["UPDATE phoihop_event SET body = '{}'", "DELETE FROM phoihop_event", "UPDATE phoihop_leadterm SET unit_id = 1"])
def test_the_database_itself_refuses_to_change_the_past(statement):
    w, matter = opened()
    write(by=w.lan, what="matter.closed", at=NOON, matter=matter)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
