"""What was counted stands while only topics write that cannot change it; the end of the journal is read once for all of it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from phoihop.domain.matters.models import Event
from phoihop.domain.matters.queries import stamps
from phoihop.kernel import journal
from phoihop.web import standing
from phoihop.web.standing import Marked, Standing, Tail
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    world = songdat()
    journal.write(by=world.lan, what="matter.noted", at=NOON)
    return world


@pytest.fixture
def tail(monkeypatch):
    own = Tail()
    monkeypatch.setattr(standing, "tail", own)
    return own


def wrote(w, *names):
    for name in names:
        journal.write(by=w.lan, what=name, at=NOON)
    return Event.objects.values_list("seq", "hash").latest("seq")


def names_since(tail, mark):
    written = tail.since(mark)
    return written and {one.what for one in written}


def asked(tail):
    with CaptureQueriesContext(connection) as caught:
        tail.read()
    return len(caught)


def test_the_tail_tells_what_was_written_since_a_mark(w, tail):
    began = tail.read()
    assert (names_since(tail, began), tail.mark) == ([], began)
    middle = wrote(w, "patrol.tapped")
    assert tail.read() == middle
    assert wrote(w, "patrol.changed", "matter.noted") == tail.read() == tail.mark
    assert names_since(tail, began) == {"patrol.tapped", "patrol.changed", "matter.noted"}
    assert names_since(tail, middle) == {"patrol.changed", "matter.noted"}
    assert names_since(tail, (1_000_000, "?")) is None


def test_it_is_read_by_one_query_and_begun_by_two(w, tail):
    assert asked(tail) == 1
    assert asked(tail) == 1
    wrote(w, "patrol.changed")
    assert asked(tail) == 1


def test_an_empty_journal_has_its_place(tail):
    assert (tail.read(), asked(tail), tail.mark) == ((0, ""), 1, (0, ""))
    written = wrote(songdat(), "patrol.changed")
    assert (asked(tail), tail.mark, names_since(tail, (0, ""))) == (1, written, {"patrol.changed"})


def test_what_was_rolled_back_is_forgotten(w, tail):
    began = tail.read()
    with transaction.atomic():
        undone = wrote(w, "patrol.changed")
        assert tail.read() == undone
        transaction.set_rollback(True)
    assert tail.read() == began
    assert (names_since(tail, undone), names_since(tail, began)) == (None, [])


def test_it_begins_anew_behind_too_many_events(w, tail, monkeypatch):
    monkeypatch.setattr(stamps, "MOST", 2)
    began = tail.read()
    wrote(w, "patrol.changed", "patrol.changed")
    tail.read()
    assert names_since(tail, began) is None


@pytest.mark.parametrize(
    ("names", "stands"),
    [((), True), (("patrol.changed",), True), (("patrol.changed", "route.drawn"), True), (("matter.noted",), False), (("patrol.changed", "task.given"), False)],
)
def test_a_value_stands_until_another_topic_writes(w, tail, names, stands):
    kept: Standing[str] = Standing("patrol", "route")
    tail.read()
    assert kept.get("key", lambda: "first") == "first"
    wrote(w, *names)
    tail.read()
    assert kept.get("key", lambda: "second") == ("first" if stands else "second")
    assert kept.get("other", lambda: "third") == "third"


def test_what_was_asked_before_the_journal_was_read_is_not_kept(tail):
    kept: Standing[str] = Standing("patrol")
    assert [kept.get("key", lambda: "first"), kept.get("key", lambda: "second")] == ["first", "second"]


def test_no_more_is_kept_than_was_said():
    kept: Marked[str] = Marked(most=2)
    for key in ("a", "b", "c"):
        kept.keep(key, (1, "x"), key)
    assert [kept.found(key) for key in ("a", "b", "c")] == [None, None, ((1, "x"), "c")]
