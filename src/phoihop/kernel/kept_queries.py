"""Queries that are made once and asked again with other values.

To make the text of a query of twenty parts takes Django many times what the database takes to answer it, and what changes from one asking to the
next is a unit, a day or an hour. Such a query is made with *marks* in their place: values that stand for nothing else. Whatever else it depends on
belongs to the key under which it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from threading import Lock
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
_populators: Any = get_related_populators  # the types at hand are those of a later Django

_MARK = -1_826_112_200
"""The first mark for a key; the others go down from it."""


@dataclass(frozen=True, slots=True)
class _Made:
    """``converters``: by column, how values of the database become Python's; ``read``: how a row becomes a record, where the query is of records."""

    text: str
    params: tuple[Any, ...]
    converters: Mapping[int, tuple[Iterable[Callable[..., Any]], Any]]
    read: Callable[[tuple[Any, ...]], Any] | None

    def asked(self, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        put = {_param(mark): _param(value) for mark, value in values.items()}
        text, params = self.text, [put.get(param, param) for param in self.params]
        if connection.vendor == "postgresql":
            text, params = _with_numbers(text, params)
        with connection.cursor() as cursor:
            cursor.execute(text, params)
            found = cursor.fetchall()
        return [_converted(row, self.converters) for row in found] if self.converters else found


class KeptQueries:
    """Statements by key; at most ``most``, then all are made anew."""

    def __init__(self, most: int = 64) -> None:
        self._kept: dict[Hashable, _Made | None] = {}
        self._most = most
        self._lock = Lock()

    def rows(self, key: Hashable, make: Callable[[], QuerySet[Any, Any] | None], values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """The rows of the query that ``make`` makes with marks; ``values``: what stands for each mark this time. None, or nothing to find: no rows."""
        made = self._of(key, make)
        return made.asked(values) if made else []

    def rows_of(
        self, keys: Collection[int], name: Hashable, make: Callable[[Sequence[int]], QuerySet[Any, Any]], others: Mapping[Any, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """The rows of a query about the records of these keys, of which ``make`` gets marks. It is kept for 1, 4, 16, 64 … of them. Marks left over
        are nothing, which databases do not count among what they expect to find; so it asks for what is among them (``pk__in``), not for what is not.

        ``others``: what stands this time for marks of its own, as in :meth:`rows`.
        """
        made, values = self._about(keys, name, make)
        return made.asked({**(others or {}), **values}) if made else []

    def records_of(self, keys: Collection[int], name: Hashable, make: Callable[[Sequence[int]], QuerySet[M, M]]) -> list[M]:
        """The same for a query of records, with what it selects along. Annotations and prefetches are not read."""
        made, values = self._about(keys, name, make)
        return [made.read(row) for row in made.asked(values)] if made and made.read else []

    def _about(
        self, keys: Collection[int], name: Hashable, make: Callable[[Sequence[int]], QuerySet[Any, Any]]
    ) -> tuple[_Made | None, Mapping[int, int | None]]:
        if not keys:
            return None, {}
        room = 1
        while room < len(keys):
            room *= 4
        marks = range(_MARK, _MARK - room, -1)
        return self._of((name, room), lambda: make(marks)), dict(zip_longest(marks, keys))

    def _of(self, key: Hashable, make: Callable[[], QuerySet[Any, Any] | None]) -> _Made | None:
        key = (connection.vendor, key)
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        made = _made(make())
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = made
        return made


def _made(rows: QuerySet[Any, Any] | None) -> _Made | None:
    if rows is None:
        return None
    compiler = rows.query.get_compiler(connection=connection)
    try:
        text, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Made(text, tuple(params), compiler.get_converters(columns), _reader(compiler, rows.db))


def _reader(compiler: Any, database: str) -> Callable[[tuple[Any, ...]], Any] | None:
    """How Django itself makes a record of a row: its own columns, then those of the records selected along."""
    about = compiler.klass_info
    if about is None:
        return None
    first, last = about["select_fields"][0], about["select_fields"][-1]
    names = [column.target.attname for column, *_ in compiler.select[first : last + 1]]
    along = _populators(about, compiler.select, database)

    def read(row: tuple[Any, ...]) -> Any:
        record = about["model"].from_db(database, names, row[first : last + 1])
        for other in along:
            other.populate(row, record)
        return record

    return read


def _with_numbers(text: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """The numbers among the parameters written into the text, all at once: psycopg would do it too, but looks at each of hundreds of places by itself.

    SQLite is better served with the same text each time, which it then does not read again.
    """
    put = tuple("NULL" if param is None else f" {param}" if type(param) is int else "%s" for param in params)
    return text.replace("%%", "%%%%") % put, [param for param in params if param is not None and type(param) is not int]


def _param(value: Any) -> Any:
    """A value as it stands among a statement's parameters."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(row: tuple[Any, ...], converters: Mapping[int, tuple[Iterable[Callable[..., Any]], Any]]) -> tuple[Any, ...]:
    values = list(row)
    for n, (steps, column) in converters.items():
        for step in steps:
            values[n] = step(values[n], column, connection)
    return tuple(values)
