"""Tables whose rows may be added but never changed or removed. The database itself refuses, on both engines.

One Django ``AlterField`` on SQLite silently drops triggers, so they are put up again after every migration
(``domain/apps.py``) and their presence is part of ``phoihop journal verify``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

APPEND_ONLY: set[str] = set()


def append_only(*tables: str) -> None:
    APPEND_ONLY.update(tables)


def put_up() -> None:
    """Create the guards on every append-only table that exists."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(APPEND_ONLY & present):
            for statement in _put_up(table):
                cursor.execute(statement)


def take_down() -> None:
    """Remove the guards: for emptying a test database, and for nothing else."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(APPEND_ONLY & present):
            for statement in _take_down(table):
                cursor.execute(statement)


def missing() -> list[str]:
    """Append-only tables that the database does not guard now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(t for t in APPEND_ONLY if not {f"{t}_no_{verb}" for verb in _verbs()} <= there)


def _verbs() -> tuple[str, ...]:
    """SQLite's REPLACE removes the row of the same key without asking what guards against removing; PostgreSQL has none, and empties a table by a verb of its own."""
    return ("update", "delete", "replace") if connection.vendor == "sqlite" else ("update", "delete", "truncate")


def _put_up(table: str) -> Iterable[str]:
    if connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            yield (
                f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        same = " AND ".join(f'"{column}" = NEW."{column}"' for column in _key_of(table))
        yield (
            f'CREATE TRIGGER IF NOT EXISTS "{table}_no_replace" BEFORE INSERT ON "{table}" WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    yield (
        "CREATE OR REPLACE FUNCTION phoihop_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for verb in ("update", "delete"):
        yield (f'CREATE OR REPLACE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" FOR EACH ROW EXECUTE FUNCTION phoihop_append_only()')
    yield (f'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION phoihop_append_only()')


def _key_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_columns(cursor, table) or []


def _take_down(table: str) -> Iterable[str]:
    suffix = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    for verb in _verbs():
        yield f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"{suffix}'
