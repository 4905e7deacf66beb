"""Queries that are made once and asked again with other values.

To make the text of a query of twenty parts takes Django many times what the database takes to answer it, and what changes from one asking to the
next is a unit, a day or an hour. Such a query is made with *marks* in their place: values that stand for nothing else. Whatever else it depends on
belongs to the key under which it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

_MARK = -1_826_112_200
"""The first mark for a key; the others go down from it."""


@dataclass(frozen=True, slots=True)
class _Made:
    """``converters``: by column, how values of the database become Python's."""

    text: str
    params: tuple[Any, ...]
    converters: Mapping[int, tuple[Iterable[Callable[..., Any]], Any]]


class KeptQueries:
    """Statements by key; at most ``most``, then all are made anew."""

    def __init__(self, most: int = 64) -> None:
        self._kept: dict[Hashable, _Made | None] = {}
        self._most = most
        self._lock = Lock()

    def rows(self, key: Hashable, make: Callable[[], QuerySet[Any, Any] | None], values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """The rows of the query that ``make`` makes with marks; ``values``: what stands for each mark this time. None, or nothing to find: no rows."""
        made = self._of((connection.vendor, key), make)
        if made is None:
            return []
        put = {_param(mark): _param(value) for mark, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(made.text, [put.get(param, param) for param in made.params])
            found = cursor.fetchall()
        return [_converted(row, made.converters) for row in found] if made.converters else found

    def rows_of(self, keys: Collection[int], name: Hashable, make: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> list[tuple[Any, ...]]:
        """The rows of a query about the records of these keys, of which ``make`` gets marks. It is kept for 1, 4, 16, 64 … of them: marks left over find nothing."""
        if not keys:
            return []
        room = 1
        while room < len(keys):
            room *= 4
        marks = range(_MARK, _MARK - room, -1)
        return self.rows((name, room), lambda: make(marks), dict(zip(marks, keys, strict=False)))

    def _of(self, key: Hashable, make: Callable[[], QuerySet[Any, Any] | None]) -> _Made | None:
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
    return _Made(text, tuple(params), compiler.get_converters(columns))


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
