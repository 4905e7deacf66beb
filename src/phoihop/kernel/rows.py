"""Changing many rows at once, each to its own values."""

from __future__ import annotations

from collections.abc import Sequence
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
