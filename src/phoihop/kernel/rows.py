"""Changing many rows at once, each to its own values; writing very many that nobody holds as records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.db import connection, models

_Column: TypeAlias = "models.Field[Any, Any]"


def update_each(records: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of each record, in one go: on SQLite one prepared UPDATE for every row, on PostgreSQL one joined to a list of values.

    ``bulk_update`` writes a CASE with a branch for every row and field, whose making costs more than the writing.
    """
    if not records:
        return
    options = records[0]._meta
    by_name: dict[str, _Column] = {f.name: f for f in options.concrete_fields}
    key = next(f for f in options.concrete_fields if f.primary_key)
    columns = [*(by_name[name] for name in fields), key]
    rows = [[c.get_db_prep_save(getattr(r, c.attname), connection) for c in columns] for r in records]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_joined(options.db_table, columns, len(rows)), [value for row in rows for value in row])
        else:
            cursor.executemany(_prepared(options.db_table, columns), rows)


def insert_plain(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values, in the order of ``fields`` (names as in ``area_id``), with one prepared statement; how many.

    ``bulk_create`` makes a record of each first, which for tens of thousands takes most of the time.
    """
    columns: list[_Column] = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in fields]
    plain = [[c.get_db_prep_save(value, connection) for c, value in zip(columns, row, strict=True)] for row in rows]
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(str(c.column)) for c in columns), ", ".join(["%s"] * len(columns))
    if plain:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", plain)
    return len(plain)


def _prepared(table: str, columns: Sequence[_Column]) -> str:
    *changed, key = [connection.ops.quote_name(str(c.column)) for c in columns]
    return f"UPDATE {connection.ops.quote_name(table)} SET {', '.join(f'{c} = %s' for c in changed)} WHERE {key} = %s"


def _joined(table: str, columns: Sequence[_Column], count: int) -> str:
    """The first row of values says of which type each column is."""
    quoted = [connection.ops.quote_name(str(c.column)) for c in columns]
    typed = ", ".join(f"%s::{c.rel_db_type(connection) if c.primary_key else c.db_type(connection)}" for c in columns)
    values = ", ".join([f"({typed})", *[f"({', '.join(['%s'] * len(columns))})"] * (count - 1)])
    assignments = ", ".join(f"{c} = new.{c}" for c in quoted[:-1])
    name = connection.ops.quote_name(table)
    return f"UPDATE {name} SET {assignments} FROM (VALUES {values}) AS new ({', '.join(quoted)}) WHERE {name}.{quoted[-1]} = new.{quoted[-1]}"
