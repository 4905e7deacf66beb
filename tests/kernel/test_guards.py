import pytest
from django.db import Error, connection, transaction

from phoihop.kernel import guards

TABLE = "guarded_for_this_test"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True, params=["integer", "bigint"])
def _guarded_table(monkeypatch, request):
    """Keys of either kind: an integer key is a row's own number in SQLite, a bigint one is not."""
    monkeypatch.setattr(guards, "APPEND_ONLY", set())
    guards.append_only(TABLE)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id {request.param} NOT NULL PRIMARY KEY, said varchar(20) UNIQUE)")
    guards.put_up()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} VALUES (1, 'first'), (2, 'second')")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def rows():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, said FROM {TABLE} ORDER BY id")
        return cursor.fetchall()


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def drop(trigger):
    suffix = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    run(f"DROP TRIGGER {trigger}{suffix}")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET said = 'changed' WHERE id = 1",
        f"UPDATE {TABLE} SET said = said",
        f"DELETE FROM {TABLE} WHERE id = 2",
        f"DELETE FROM {TABLE}",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_row(statement):
    with pytest.raises(Error, match=f"{TABLE} is append-only"):
        run(statement)
    assert rows() == [(1, "first"), (2, "second")]


@pytest.mark.parametrize(("row", "key"), [("(1, 'changed')", "id"), ("(3, 'second')", "said")], ids=["of its key", "of its name"])
def test_no_row_takes_the_place_of_another(row, key):
    """SQLite's REPLACE would remove the row that is in the way unseen."""
    replace = f"REPLACE INTO {TABLE} VALUES {row}"
    instead = f"INSERT INTO {TABLE} VALUES {row} ON CONFLICT ({key}) DO UPDATE SET said = 'changed'"
    for statement in (replace, instead) if connection.vendor == "sqlite" else (instead,):
        with pytest.raises(Error, match=f"{TABLE} is append-only"):
            run(statement)
    assert rows() == [(1, "first"), (2, "second")]


def test_a_row_of_a_taken_key_is_refused_by_any_connection():
    """Also by one that does not ask for recursive triggers, as the shell of SQLite."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(Error, match=f"{TABLE} is append-only"):
                run(f"REPLACE INTO {TABLE} VALUES (1, 'changed')")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA recursive_triggers=ON")
    assert rows() == [(1, "first"), (2, "second")]


def test_rows_may_be_added():
    run(f"INSERT INTO {TABLE} VALUES (3, 'third')")
    assert rows() == [(1, "first"), (2, "second"), (3, "third")]


def test_emptying_the_whole_table_is_refused_where_the_engine_knows_it():
    if connection.vendor == "postgresql":
        with pytest.raises(Error, match=f"{TABLE} is append-only"):
            run(f"TRUNCATE {TABLE}")
    assert len(rows()) == 2


def test_nothing_is_missing_while_the_guards_are_up():
    assert guards.missing() == []


@pytest.mark.parametrize("verb", ["update", "delete", "replace"])
def test_a_dropped_guard_is_seen(verb):
    drop(f"{TABLE}_no_{'truncate' if verb == 'replace' and connection.vendor == 'postgresql' else verb}")
    assert guards.missing() == [TABLE]


def test_a_guard_that_is_only_switched_off_is_seen():
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_update")
        assert guards.missing() == [TABLE]
    guards.take_down()
    assert guards.missing() == [TABLE]


def test_putting_up_again_mends_what_was_dropped_and_harms_nothing():
    drop(f"{TABLE}_no_update")
    guards.put_up()
    guards.put_up()
    assert guards.missing() == []
    with pytest.raises(Error, match="append-only"):
        run(f"UPDATE {TABLE} SET said = 'changed'")


def test_taken_down_guards_let_a_test_database_be_emptied():
    guards.take_down()
    run(f"DELETE FROM {TABLE}")
    assert rows() == []


def test_a_table_that_does_not_exist_is_passed_over_but_missing():
    guards.append_only("no_such_table")
    guards.put_up()
    assert guards.missing() == ["no_such_table"]
