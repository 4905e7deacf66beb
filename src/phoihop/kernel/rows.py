"""Many rows at once: new records, changed ones each to its own values, and very many that nobody holds as records.

Django finds out anew for every value of every row how it is stored, which takes longer than storing it; here a column is asked
only about values that are not stored as they are, and about a moment or a day that many rows share once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from django.db import connection, models

_Column: TypeAlias = "models.Field[Any, Any]"
_AT_ONCE = 500
_AS_IT_IS: tuple[tuple[type[_Column], type], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.FloatField, float),
    (models.CharField, str),
    (models.TextField, str),
)
"""Which values of which columns are stored as they are."""


def insert(records: Sequence[models.Model]) -> None:
    """Insert new records of one model, and give them the keys that the database gives them.

    What ``bulk_create`` does for records without parents and without defaults of the database.
    """
    if not records:
        return
    table = _table(type(records[0]))
    for record in records:
        table.link(record)
    rows = _stored(table.columns, ([record.__dict__[c.attname] for c in table.columns] for record in records))
    most = min(connection.ops.bulk_batch_size(table.columns, rows), _AT_ONCE)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), most):
            some = rows[first : first + most]
            cursor.execute(table.statement(len(some)), [value for row in some for value in row])
            if table.gives_keys:
                for record, (key,) in zip(records[first : first + most], cursor.fetchall(), strict=True):
                    record.pk = key
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


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
    rows = _stored(columns, ([getattr(r, c.attname) for c in columns] for r in records))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_joined(options.db_table, columns, len(rows)), [value for row in rows for value in row])
        else:
            cursor.executemany(_prepared(options.db_table, columns), rows)


def insert_plain(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values, in the order of ``fields`` (names as in ``area_id``): on SQLite with one prepared statement, on PostgreSQL as one COPY; how many.

    ``bulk_create`` makes a record of each first, which for tens of thousands takes most of the time; and PostgreSQL works longer for each
    INSERT of a row than for the row.
    """
    columns: list[_Column] = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in fields]
    plain = _stored(columns, rows)
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(str(c.column)) for c in columns)
    if plain:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copied:
                    for row in plain:
                        copied.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", plain)
    return len(plain)


class _Table:
    """What of a model's new rows is known before there are any."""

    def __init__(self, model: type[models.Model]) -> None:
        key = next(f for f in model._meta.concrete_fields if f.primary_key)
        self.gives_keys = isinstance(key, models.AutoField)
        self.columns: list[_Column] = [f for f in model._meta.concrete_fields if f is not key or not self.gives_keys]
        self.links = [c for c in self.columns if isinstance(c, models.ForeignKey)]
        self.name, self.key = model._meta.db_table, str(key.column)

    def link(self, record: models.Model) -> None:
        """Take the keys of records that were given before they had one."""
        for link in self.links:
            if record.__dict__[link.attname] is None and link.is_cached(record):
                setattr(record, link.name, getattr(record, link.name))

    def statement(self, count: int) -> str:
        quote = connection.ops.quote_name
        names, places = ", ".join(quote(str(c.column)) for c in self.columns), ", ".join(["%s"] * len(self.columns))
        text = f"INSERT INTO {quote(self.name)} ({names}) VALUES {', '.join([f'({places})'] * count)}"
        return f"{text} RETURNING {quote(self.key)}" if self.gives_keys else text


@cache
def _table(model: type[models.Model]) -> _Table:
    return _Table(model)


def _stored(columns: Sequence[_Column], rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """The values as the database takes them."""
    kinds = [(n, c, _as_it_is(c)) for n, c in enumerate(columns)]
    known: dict[tuple[int, date], Any] = {}

    def one(n: int, column: _Column, value: Any) -> Any:
        if not isinstance(value, date):
            return column.get_db_prep_save(value, connection)
        if (n, value) not in known:
            known[n, value] = column.get_db_prep_save(value, connection)
        return known[n, value]

    return [[v if v is None or v.__class__ is kind else one(n, c, v) for v, (n, c, kind) in zip(row, kinds, strict=True)] for row in rows]


@cache
def _as_it_is(column: _Column) -> type | None:
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    return next((kind for field, kind in _AS_IT_IS if isinstance(column, field)), None)


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
