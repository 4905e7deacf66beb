"""Every text and upload among an action's arguments, each with its place.

The list of what may be handed to an action is closed, so that nothing can carry a text past the gates: records, plain values, texts and
uploads, and collections, maps and dataclasses of these. Anything else is a programming error and says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Manager, Model, QuerySet
from django.utils.functional import Promise

from ..duty_number import DutyNumber
from ..secret import Secret
from ..upload import Upload

Found = list[tuple[str, str | Upload]]
Walk = Callable[[str, Any, Found], None]

# What cannot hold a text somebody typed: records (their texts passed when they were kept), numbers, days, and members of closed lists.
_HOLDS_NO_TEXT = (
    *(type(None), bool, int, float, complex, Decimal, date, time, timedelta, tzinfo, UUID, Enum, range, type),
    *(Secret, DutyNumber, Model, QuerySet, Manager, Promise),
)


def texts_in(arguments: Mapping[str, Any]) -> Found:
    """(place, text or upload) for each; a place is dotted: ``reason``, ``drafts.3.title``, ``parties.0.note``."""
    found: Found = []
    for name, value in arguments.items():
        _look(name, value, found)
    return found


def _look(place: str, value: Any, found: Found) -> None:
    if walk := _walk_of(type(value)):
        walk(place, value, found)


def _walk_of(kind: type) -> Walk | None:
    try:
        return _WALKS[kind]
    except KeyError:
        walk = _WALKS[kind] = _find_walk(kind)
        return walk


def _find_walk(kind: type) -> Walk | None:
    if issubclass(kind, _HOLDS_NO_TEXT):
        return None
    if issubclass(kind, str | Upload):
        return _itself
    if dataclasses.is_dataclass(kind):
        return _fields(tuple(f.name for f in dataclasses.fields(kind)))
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _fields(kind._fields)
    if issubclass(kind, Mapping):
        return _entries
    if issubclass(kind, Collection) and not issubclass(kind, bytes | bytearray | memoryview):
        return _items
    raise TypeError(f"an action takes no {kind.__qualname__}: the gates cannot look into it")


def _itself(place: str, value: str | Upload, found: Found) -> None:
    found.append((place, value))


def _items(place: str, value: Collection[Any], found: Found) -> None:
    for n, item in enumerate(value):
        if walk := _walk_of(type(item)):
            walk(f"{place}.{n}", item, found)


def _entries(place: str, value: Mapping[Any, Any], found: Found) -> None:
    """Keys first: one that is held back is named by its position, never by itself."""
    _items(place, value.keys(), found)
    for key, item in value.items():
        if walk := _walk_of(type(item)):
            walk(f"{place}.{key}", item, found)


def _fields(names: tuple[str, ...]) -> Walk:
    def walk_fields(place: str, value: Any, found: Found) -> None:
        for name in names:
            item = getattr(value, name)
            if walk := _walk_of(type(item)):
                walk(f"{place}.{name}", item, found)

    return walk_fields


_WALKS: dict[type, Walk | None] = {}
