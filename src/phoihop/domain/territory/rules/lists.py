"""Lists of areas as plain data: what a reader makes of a file, and what an import takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from ..models import Tree

# The lists say how things stood on 30 June 2025, not since when. 2004 is before anything this system counts.
BEFORE_ALL = date(2004, 1, 1)
TWO_TIERS = date(2025, 7, 1)
"""Two tiers of local government instead of three (NQ 202/2025/QH15, NQ 203/2025/QH15)."""


class AreaKey(NamedTuple):
    """What names an area: a code alone named another unit the day before."""

    tree: str
    code: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area. ``parent`` is a code: the parents are all areas that bore it while this one existed, each for its time."""

    level: str
    code: str
    kind: str
    name: str
    parent: str
    valid_from: date
    valid_until: date | None = None
    start_known: bool = True
    lat: float | None = None
    lon: float | None = None
    hectares: int | None = None
    basis: str = ""
    tree: str = Tree.CIVIL

    @property
    def key(self) -> AreaKey:
        return AreaKey(self.tree, self.code, self.valid_from)


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """What an area became on a day; ``share`` in millionths, if declared; ``doubt`` are codes of ``checking``."""

    old: AreaKey
    new: AreaKey | None
    day: date
    kind: str
    share: int | None = None
    basis: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Lists:
    """Areas and successions to be imported.

    ``replaces``: an official file says how things are, so it changes what differs; a list that merely fills adds what is
    missing and leaves alone what an administrator has mended. ``source`` is a short code for the journal.
    """

    areas: Sequence[AreaRow]
    successions: Sequence[SuccessionRow]
    source: str
    replaces: bool

    def digest(self) -> str:
        """SHA-256 over all rows, whatever their order: the same lists have the same digest."""
        rows: tuple[AreaRow | SuccessionRow, ...] = (*self.areas, *self.successions)
        lines = sorted("\t".join(_plain(getattr(row, f.name)) for f in fields(row)) for row in rows)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


class ParentRow(NamedTuple):
    """Under which area an area stands, from when until when (None: still)."""

    area: AreaKey
    parent: AreaKey
    valid_from: date
    valid_until: date | None


def parents_of(areas: Iterable[AreaRow]) -> list[ParentRow]:
    """The dated parents of every area, in the order of the areas: whoever bore the parent's code while the area existed."""
    rows = list(areas)
    bearers: dict[str, list[AreaRow]] = {}
    for row in rows:
        if row.tree == Tree.CIVIL:
            bearers.setdefault(row.code, []).append(row)
    return [found for row in rows for found in _parents_of(row, bearers)]


def _parents_of(row: AreaRow, bearers: Mapping[str, list[AreaRow]]) -> Iterable[ParentRow]:
    for parent in bearers.get(row.parent, ()):
        first = max(row.valid_from, parent.valid_from)
        until = earlier(row.valid_until, parent.valid_until)
        if until is None or first < until:
            yield ParentRow(row.key, parent.key, first, until)


def earlier(a: date | None, b: date | None) -> date | None:
    """The earlier of two ends, where None is no end."""
    return min((day for day in (a, b) if day is not None), default=None)
