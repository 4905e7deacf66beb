"""What a database should know of its own tables to plan queries well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

_ROOM = -65_536  # kilobytes, as SQLite counts them
_SAMPLE = 1000  # entries of each index that SQLite looks at: some ten milliseconds for all tables, after which heavy pages take half the time


def know_tables() -> None:
    """Let SQLite look at every table. PostgreSQL does that by itself. Connections that are open already go on with what they knew."""
    if connection.vendor == "sqlite":
        _look("")


def know(*filled: type[models.Model]) -> None:
    """Look at the tables that an act has just filled with very many rows, within its transaction.

    PostgreSQL looks by itself only a minute after the commit; until then it plans for tables that it believes to be empty.
    """
    for model in filled:
        _look(connection.ops.quote_name(model._meta.db_table))


@contextmanager
def roomy() -> Iterator[None]:
    """For a transaction that writes tens of megabytes: SQLite holds what it changed in memory and need not read it back."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {_ROOM}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _look(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
        cursor.execute(f"ANALYZE {table}".strip())
