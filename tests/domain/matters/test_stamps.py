"""What tells a process that something it keeps at hand may have changed."""

from __future__ import annotations

import pytest

from phoihop.domain.matters.models import Event
from phoihop.domain.matters.queries import stamps
from phoihop.domain.matters.queries.stamps import latest
from phoihop.kernel import journal
from phoihop.kernel.kept_queries import KeptQueries
from tests.world import NOON, songdat


@pytest.mark.django_db
def test_the_last_event_of_each_name_is_told_by_its_sequence_and_hash_however_often_it_is_asked():
    w = songdat()
    asked = ("matter.noted", "matter.closed", "matter.opened")
    assert latest(asked) == {}
    for _ in range(2):
        journal.write(by=w.lan, what="matter.noted", at=NOON)
        noted = Event.objects.latest("seq")
        assert latest(asked) == {"matter.noted": (noted.seq, noted.hash)}
    journal.write(by=w.lan, what="matter.closed", at=NOON)
    closed = Event.objects.latest("seq")
    assert latest(asked) == {"matter.noted": (noted.seq, noted.hash), "matter.closed": (closed.seq, closed.hash)}
    assert latest(asked[1:]) == {"matter.closed": (closed.seq, closed.hash)}


@pytest.mark.django_db
def test_its_statement_is_made_once_for_the_same_names(monkeypatch):
    made = []
    monkeypatch.setattr(stamps, "_kept", KeptQueries())
    monkeypatch.setattr(stamps, "_last_of", lambda names: made.append(names) or Event.objects.values_list("what", "seq", "hash"))
    for names in (("matter.noted", "matter.closed"), {"matter.closed", "matter.noted"}, ["matter.closed"]):
        latest(names)
    assert made == [("matter.closed", "matter.noted"), ("matter.closed",)]
