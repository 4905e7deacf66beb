"""A test world is built by its actions and records once in each process; after that its rows are laid into the empty tables as they were.

Building takes a few hundred statements, laying one for each table. What a test gets is its own: fresh records, on rows that its transaction
takes away again. Nothing is kept where something else lay in the tables before: then the world is built beside it, and that is kept apart.

A step upon a world (an agreement in force, a patrol that was held) is kept the same way: what it added and changed is laid where the very same
step goes on from the very same place. Any statement in between that is more than a question leads to a place nobody knows, and there it is built.
"""

from __future__ import annotations

import functools
import io
import pickle
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import Model

from phoihop.domain.figures.queries import catalogue
from phoihop.kernel import memo

World = Callable[[], SimpleNamespace]
P = ParamSpec("P")
R = TypeVar("R")


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
        else:
            made = _lay(kept[there])
        _arrive(made, (build.__module__, build.__qualname__, there))
        return made

    return world


def laid_upon(build: Callable[P, R]) -> Callable[P, R]:
    """``build`` takes a world ``w``, then values and records of it; it reads no clock, leaves what it is given as it was, and answers new records.

    What comes once is not kept: the second time, the tables are compared before and after, from the third on it is laid.
    """
    kept: dict[Hashable, _Laid | None] = {}

    @functools.wraps(build)
    def step(*args: P.args, **kwargs: P.kwargs) -> R:
        w: Any = args[0] if args else kwargs["w"]  # a fixture is given its world by name
        place = _onwards(w, build, args[1:], {name: value for name, value in kwargs.items() if name != "w"})
        if place is None:
            return build(*args, **kwargs)
        known = kept.get(place)
        if known is not None:
            made = _lay(known)
        elif place in kept:
            before = _rows()
            made = build(*args, **kwargs)
            kept[place] = _Laid(tuple(_differences(before, _rows())), pickle.dumps(made))
        else:
            made = build(*args, **kwargs)
            kept[place] = None
        _arrive(w, place)
        return made

    return step


def _lay(laid: _Laid) -> Any:
    _execute(laid.statements)
    catalogue.forget()
    memo.forget_all()
    return pickle.loads(laid.made)


class _Told(pickle.Pickler):
    """What a step is given, in bytes; a record is its name and key."""

    def persistent_id(self, told: Any) -> tuple[str, object] | None:
        return (told._meta.label, told.pk) if isinstance(told, Model) else None


def _told(*what: object) -> bytes | None:
    """None where it cannot be written down."""
    said = io.BytesIO()
    try:
        _Told(said).dump(what)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None
    return said.getvalue()


_places: dict[Hashable, int] = {}


def _onwards(w: Any, build: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable | None:
    """Where a step leads, told by the way there; None where the way is not known, or the test's transaction will not take rows away again."""
    stands, since = vars(w).get("_stands", (None, None))
    if stands is None or since != _written_so_far() or not connection.in_atomic_block:
        return None
    told = _told({name: value for name, value in vars(w).items() if name != "_stands"}, args, kwargs)
    return None if told is None else (stands, build.__module__, build.__qualname__, told)


def _arrive(w: Any, place: Hashable) -> None:
    """A long way becomes a number."""
    w._stands = (_places.setdefault(place, len(_places)), _written_so_far())


class _Writes:
    """Counts the statements of a connection that may have changed a row."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            self.seen += 1
        return execute(sql, params, many, context)


_writes = _Writes()


def _written_so_far() -> int:
    if _writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(_writes)
        _writes.seen += 1  # nobody looked until now
    return _writes.seen


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
        columns = _columns(model)
        rows = list(_written(model, columns, before.get(model, set())))
        if rows:
            yield f'INSERT INTO "{model._meta.db_table}" ({_named(columns)}) VALUES {", ".join(rows)}'


def _written(model: type[Model], columns: list[str], known: set[object]) -> Iterable[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{_key(model)}", {_quoted(columns)} FROM "{model._meta.db_table}" ORDER BY 1')
        for pk, *row in cursor.fetchall():
            if pk not in known:
                yield f"({', '.join(row)})"


def _rows() -> dict[type[Model], dict[str, tuple[str, ...]]]:
    """All rows of all tables by their key, every value written by the database itself."""
    found = {}
    for model in _models():
        columns = _columns(model)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {_quoted([_key(model), *columns])} FROM "{model._meta.db_table}" ORDER BY "{_key(model)}"')
            found[model] = {key: tuple(cells) for key, *cells in cursor.fetchall()}
    return found


def _differences(before: dict[type[Model], dict[str, tuple[str, ...]]], after: dict[type[Model], dict[str, tuple[str, ...]]]) -> Iterable[str]:
    """What makes the rows of before those of after."""
    for model in _models():
        table, columns, had, has = model._meta.db_table, _columns(model), before[model], after[model]
        for key in had.keys() - has.keys():
            yield f'DELETE FROM "{table}" WHERE "{_key(model)}" = {key}'
        for key in had.keys() & has.keys():
            changed = [f'"{column}" = {new}' for column, old, new in zip(columns, had[key], has[key], strict=True) if old != new]
            if changed:
                yield f'UPDATE "{table}" SET {", ".join(changed)} WHERE "{_key(model)}" = {key}'
        added = [f"({', '.join(cells)})" for key, cells in has.items() if key not in had]
        if added:
            yield f'INSERT INTO "{table}" ({_named(columns)}) VALUES {", ".join(added)}'


def _columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def _named(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _quoted(columns: list[str]) -> str:
    quote = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    return ", ".join(quote.format(f'"{column}"') for column in columns)


def _execute(statements: Iterable[str]) -> None:
    """PostgreSQL takes them in one message; SQLite has no way to go."""
    with connection.cursor() as cursor:
        for statement in ["; ".join(statements)] if connection.vendor == "postgresql" else statements:
            cursor.execute(statement)
