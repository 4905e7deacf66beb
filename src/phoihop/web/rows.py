"""Rows of a form as they are typed: read into a tree, another one added, one taken away, empty ones left out. Without a script.

A field of a row is called ``posts.0.place``, of a row within a row ``phases.0.steps.1.what``; a button says ``do=them:phases.0.steps`` or
``do=bo:posts.3``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.http import QueryDict

Row = dict[str, Any]
"""Fields by name, each a list of what was typed; rows within it as lists of rows."""

ADD, DROP = "them", "bo"
MOST_ROWS = 420
"""More than any rule lets pass, so that the rule says what is too many."""

_CHOSEN_BEFOREHAND = frozenset({"kind", "spot", "role", "signs", "depth", "content", "was"})
_DIGITS = 4
_LIST = rf"[a-z_]+\.[0-9]{{1,{_DIGITS}}}\."
_NAME = re.compile(rf"({_LIST}){{1,2}}[a-z_]+[a-z_0-9]*")


def read(data: Mapping[str, Any] | QueryDict) -> Row:
    """The rows of a request; what stands in no row is left out, and so is what no form of ours sends."""
    found: dict[Any, Any] = {}
    for key in data:
        if (parts := _NAME.fullmatch(key)) is None:
            continue
        *path, name = [int(part) if part.isdecimal() else part for part in parts[0].split(".")]
        at: Any = found
        for step in path:
            at = at.setdefault(step, {}) if isinstance(at, dict) else None
        if isinstance(at, dict):
            at[name] = data.getlist(key) if isinstance(data, QueryDict) else [data[key]]
    return _listed(found)


def _listed(at: dict[Any, Any]) -> Any:
    if at and all(isinstance(key, int) for key in at):
        return [_listed(at[n]) for n in sorted(at)][:MOST_ROWS]
    return {key: _listed(value) if isinstance(value, dict) else value for key, value in at.items()}


def asked(do: str) -> tuple[str, list[str]] | None:
    """``them:phases.0.steps``: what a button asks for, and where."""
    verb, _colon, where = do.partition(":")
    return (verb, where.split(".")) if verb in (ADD, DROP) and where else None


def changed(tree: Row, verb: str, where: list[str], fresh: Mapping[str, Row]) -> Row:
    """One row more, or one fewer. ``fresh``: by the name of the list, what a new row of it begins with."""
    at: Any = tree
    for step in where[:-1]:
        at = at[n] if isinstance(at, list) and (n := _place(step, at)) is not None else at.get(step, {}) if isinstance(at, dict) else {}
    if verb == DROP and isinstance(at, list) and (n := _place(where[-1], at)) is not None:
        del at[n]
    elif verb == ADD and isinstance(at, dict) and where[-1] in fresh:
        at.setdefault(where[-1], []).append(_copied(fresh[where[-1]]))
    return tree


def row_of(field: str | None, *lists: str) -> int | None:
    """In which row of these lists a refusal has its field: ``words.3.note`` is in the fourth of ``words``. None if it is about none of them alone."""
    parts = (field or "").split(".")
    return int(parts[1]) if len(parts) > 1 and parts[0] in lists and parts[1].isdecimal() else None


def _place(step: str, rows: list[Any]) -> int | None:
    return int(step) if step.isdecimal() and len(step) <= _DIGITS and int(step) < len(rows) else None


def _copied(row: Row) -> Row:
    return {key: [_copied(one) if isinstance(one, dict) else one for one in value] for key, value in row.items()}


def pruned(tree: Row, preset: Collection[str] = ()) -> Row:
    """Without rows in which nothing was typed; a row that has a name keeps one empty row within it, so that its refusal has a place.

    ``preset``: fields of a row that a form fills in beforehand.
    """
    return {kind: [_within(row) for row in found if _is_typed(row, preset)] if _is_rows(found) else found for kind, found in tree.items()}


def _within(row: Row) -> Row:
    return {key: ([one for one in found if _is_typed(one)] or found[:1]) if _is_rows(found) else found for key, found in row.items()}


def _is_typed(row: Row, preset: Collection[str] = ()) -> bool:
    return any(
        any(map(_is_typed, found)) if _is_rows(found) else any(found) and key not in _CHOSEN_BEFOREHAND and key not in preset for key, found in row.items()
    )


def _is_rows(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and isinstance(found[0], dict)


def places(tree: Row, kind: str, within: str = "") -> Iterator[tuple[str, Row]]:
    """Each row of a list with the beginning of its fields' names."""
    for n, row in enumerate(tree.get(kind, [])):
        yield f"{within}{kind}.{n}.", row


def written(tree: Row, plain: Mapping[str, list[str]]) -> QueryDict:
    """The rows as a request again, numbered anew; ``plain``: what stands in no row."""
    made = QueryDict(mutable=True)
    for key, values in plain.items():
        made.setlist(key, list(values))
    for key, values in _fields(tree, ""):
        made.setlist(key, list(values))
    return made


def _fields(at: Row, before: str) -> Iterator[tuple[str, Any]]:
    for key, found in at.items():
        if _is_rows(found):
            for n, row in enumerate(found):
                yield from _fields(row, f"{before}{key}.{n}.")
        elif before:
            yield before + key, found


def initial(tree: Row) -> dict[str, Any]:
    """The rows as what a form begins with; of a day and a time both parts."""
    found: dict[str, Any] = {}
    for key, values in _fields(tree, ""):
        name, _line, part = key.rpartition("_")
        if part in ("0", "1"):
            found.setdefault(name, [None, None])[int(part)] = values[0] if values else None
        else:
            found[key] = values if key.endswith("helpers") else values[0] if values else None
    return found
