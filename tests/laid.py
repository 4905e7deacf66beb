"""A test world is built by its actions and records once in each process; after that its rows are laid into the empty tables as they were.

Building takes a few hundred statements, laying one for each table. What a test gets is its own: fresh records, on rows that its transaction
takes away again. Nothing is kept where something else lay in the tables before: then the world is built beside it, and that is kept apart.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.db.models import Model

from phoihop.domain.figures.queries import catalogue
from phoihop.kernel import memo

World = Callable[[], SimpleNamespace]


@dataclass(frozen=True, slots=True)
class _Laid:
    """``statements`` put the rows of a world in; ``made`` is what its builder answered, pickled."""

    statements: tuple[str, ...]
    made: bytes


def laid_once(build: World) -> World:
    """``build`` takes nothing, reads no clock, and answers records."""
    kept: dict[frozenset[str], _Laid] = {}

    @functools.wraps(build)
    def world() -> SimpleNamespace:
        there = _filled()
        if there not in kept:
            before = {model: _keys(model) for model in _models() if model._meta.db_table in there}
            made = build()
            kept[there] = _Laid(tuple(_statements(before)), pickle.dumps(made))
            return made
        _execute(kept[there].statements)
        catalogue.forget()
        memo.forget_all()
        return pickle.loads(kept[there].made)

    return world


@functools.cache
def _models() -> tuple[type[Model], ...]:
    return tuple(model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy)


@functools.cache
def _which_are_filled() -> str:
    tables = [model._meta.db_table for model in _models()]
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)


def _filled() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(_which_are_filled())
        return frozenset(table for (table,) in cursor.fetchall())


def _keys(model: type[Model]) -> set[object]:
    """As the database writes them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{_key(model)}" FROM "{model._meta.db_table}"')
        return {key for (key,) in cursor.fetchall()}


def _key(model: type[Model]) -> str:
    assert model._meta.pk is not None
    return model._meta.pk.column


def _statements(before: dict[type[Model], set[object]]) -> Iterable[str]:
    """One INSERT for each table that has new rows, every value written by the database itself."""
    for model in _models():
        columns = [field.column for field in model._meta.local_concrete_fields]
        rows = list(_written(model, columns, before.get(model, set())))
        if rows:
            names = ", ".join(f'"{column}"' for column in columns)
            yield f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {", ".join(rows)}'


def _written(model: type[Model], columns: list[str], known: set[object]) -> Iterable[str]:
    quote = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    cells = ", ".join(quote.format(f'"{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{_key(model)}", {cells} FROM "{model._meta.db_table}" ORDER BY 1')
        for pk, *row in cursor.fetchall():
            if pk not in known:
                yield f"({', '.join(row)})"


def _execute(statements: Iterable[str]) -> None:
    """PostgreSQL takes them in one message; SQLite has no way to go."""
    with connection.cursor() as cursor:
        for statement in ["; ".join(statements)] if connection.vendor == "postgresql" else statements:
            cursor.execute(statement)
