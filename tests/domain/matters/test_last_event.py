"""The journal's last event is asked for on every page and by every act: it must cost the same however long the journal is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain.matters.actions.journal import Entry, write_many
from phoihop.domain.matters.queries import journal
from phoihop.domain.matters.queries.journal import head, last_before
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db

# What a sampled look at the tables told SQLite of a node's 99,963 events: some indexes looked half as long as the one of the keys.
_SAMPLED = {"event_by_matter": "42229 21 1", "event_by_what": "77720 21 1", "sqlite_autoindex_phoihop_event_1": "99963 1"}


def plan_of(sql: str) -> str:
    """How the database goes about a query, when it takes its tables for long ones."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("ANALYZE phoihop_event")
        cursor.executemany("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [(stat, index) for index, stat in _SAMPLED.items()])
        cursor.execute("ANALYZE sqlite_schema")
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = "\n".join(row[3] for row in cursor.fetchall())
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'phoihop_event'")
        cursor.execute("ANALYZE sqlite_schema")
        return steps


def test_the_last_event_is_one_step_down_its_index_whatever_the_database_believes_of_the_table():
    write_many(by=songdat().lan, at=NOON, entries=[Entry("matter.closed")] * 3)
    with CaptureQueriesContext(connection) as asked:
        seq, _hash = head()
    plan = plan_of(asked[0]["sql"])
    assert (seq, len(asked)) == (3, 1)
    assert [word for word in ("SCAN ", "Seq Scan", "TEMP B-TREE", "Sort") if word in plan] == []


def test_the_last_event_before_a_moment_is_looked_for_from_the_end_and_found_wherever_it_is(monkeypatch):
    monkeypatch.setattr(journal, "_NEAR", 2)
    by = songdat().lan
    for hour in range(9):
        write_many(by=by, at=at(1, 8 + hour), entries=[Entry("matter.closed")] * 3)
    moments = [at(1, hour) for hour in (8, 9, 12, 16, 17)]
    assert [found.seq if (found := last_before(moment)) else None for moment in moments] == [None, 3, 12, 24, 27]
    with CaptureQueriesContext(connection) as asked:
        last_before(at(1, 17))
    plan = plan_of(asked[-1]["sql"])
    assert [word for word in ("SCAN ", "Seq Scan", "TEMP B-TREE", "Sort") if word in plan] == []


def test_before_the_first_event_there_is_none():
    assert (head(), last_before(NOON)) == ((0, ""), None)
