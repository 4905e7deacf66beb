"""Where a log's table begins and what its columns mean: headings of one or more rows, merged or not, under any title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .cells import Cell, shown, words
from .counts import is_count
from .days import NO_HINT, Hint, day_of, hint_of
from .grid import Range, Sheet
from .headings import meaning_of
from .means import SKIPPED, Meaning, Means, meaning_of_key

_LOOK_AT = 60
_TALLEST = 3
_LEAST_GROUPS = 3
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?")
_WHEN = {Means.DAY, Means.TIME, Means.START}
_WHO_OR_WHERE = {Means.AREA, Means.PLACE, Means.ROUTE, Means.LEAD, Means.PARTIES, Means.PEOPLE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading as a person reads it, and what it is taken to mean."""

    n: int
    title: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is to be read. ``first``: the first row below the headings, from 0. ``last_rows``: merged cells, by row and column, to the row they start in."""

    sheet: str
    first: int
    columns: Sequence[Column]
    hint: Hint = NO_HINT
    heading: Sequence[str] = ()
    found: bool = True

    def by_meaning(self, *means: Means) -> list[Column]:
        return [c for c in self.columns if c.meaning.means in means]

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "first": self.first,
            "year": self.hint.year,
            "month": self.hint.month,
            "heading": list(self.heading),
            "found": self.found,
            "columns": [[c.n, c.title, c.meaning.key] for c in self.columns],
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Layout:
        columns = [Column(n, title, meaning_of_key(key) or SKIPPED) for n, title, key in stored["columns"]]
        return cls(stored["sheet"], stored["first"], columns, Hint(stored["year"], stored["month"]), stored["heading"], stored["found"])

    def mapped(self, meanings: Mapping[int, Meaning], hint: Hint) -> Layout:
        """With the meanings an officer gave to columns, and the month and year said for the sheet."""
        columns = [replace(c, meaning=meanings.get(c.n, c.meaning)) for c in self.columns]
        return replace(self, columns=columns, hint=hint, found=True)


@dataclass(slots=True)
class _Block:
    first: int
    height: int
    columns: list[Column] = field(default_factory=list)

    @property
    def score(self) -> int:
        """Distinct meanings; nothing unless it says when, and who or where."""
        keys = {c.meaning.key for c in self.columns if c.meaning.means is not Means.SKIP}
        means = {c.meaning.means for c in self.columns}
        return len(keys) if means & _WHEN and means & _WHO_OR_WHERE else 0


def layout_of(sheet: Sheet, file_name: str = "") -> Layout:
    """The layout of a sheet; ``found`` is false when no row looks like headings (then every column is for the officer to map)."""
    top = [row for _, row in zip(range(_LOOK_AT), (cells for _, cells in sheet.rows()), strict=False)]
    filled = fill_merged(top, sheet.merged)
    best = _Block(0, 0)
    for first in range(len(filled)):
        for height in range(1, _TALLEST + 1):
            rows = filled[first : first + height]
            if len(rows) < height or not all(_may_head(row) for row in rows) or not _stacked(rows):
                break
            block = _Block(first, height, _columns(rows))
            if block.score > best.score:  # of two that say the same, the first: headings come again on later pages
                best = block
    hint = _hint(sheet, top[: best.first], file_name)
    if not best.score:
        width = max((len(row) for row in top), default=0)
        return Layout(sheet.name, 0, [Column(n, "", SKIPPED) for n in range(width)], hint, found=False)
    first = best.first + best.height
    while first < len(top) and is_numbering(top[first]):
        first += 1
    return Layout(sheet.name, first, best.columns, hint, [words(c.title) for c in best.columns])


def fill_merged(rows: Sequence[Sequence[Cell]], merged: Iterable[Range]) -> list[list[Cell]]:
    """The rows with every merged cell holding the text of its first."""
    width = max((len(row) for row in rows), default=0)
    filled = [list(row) + [None] * (width - len(row)) for row in rows]
    for (top, left), (bottom, right) in merged:
        if top >= len(filled) or left >= width:
            continue
        for r in range(top, min(bottom + 1, len(filled))):
            for c in range(left, min(right + 1, width)):
                filled[r][c] = filled[top][left]
    return filled


def is_numbering(row: Sequence[Cell]) -> bool:
    """The row under headings that numbers the columns: (1) (2) (3), or A B 1 2."""
    said = [words(cell) for cell in row if words(cell)]
    in_order = [int(w) for w in said if w.isdecimal()]
    return (
        len(said) >= 3
        and all(_NUMBERING.fullmatch(w) for w in said)
        and len(in_order) >= 2
        and in_order == list(range(in_order[0], in_order[0] + len(in_order)))
        and in_order[0] <= 2
    )


def _may_head(row: Sequence[Cell]) -> bool:
    """Headings are words: a row with a date, or mostly numbers, is data; an empty one heads nothing."""
    there = [cell for cell in row if words(cell)]
    numbers = [cell for cell in there if is_count(cell)]
    dated = any(isinstance(cell, str) and len(cell) < 30 and any(c.isdecimal() for c in cell) and day_of(cell).value for cell in there)
    return bool(there) and not dated and len(numbers) * 4 < len(there) and not is_numbering(row)


def _stacked(rows: Sequence[Sequence[Cell]]) -> bool:
    """Rows of headings above others have several texts, and so has the last; a title or a month has one, however many cells it is merged over."""
    texts = [len({words(cell) for cell in row if words(cell)}) for row in rows]
    return len(rows) == 1 or (min(texts[:-1]) >= _LEAST_GROUPS and texts[-1] > 1)


def _columns(rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """A column's headings from top to bottom; a group's text carries over the blank cells to its right that have headings below."""
    titles: list[list[str]] = []
    for n in range(len(rows[0])):
        said: list[str] = []
        for level, row in enumerate(rows):
            below = any(words(lower[n]) for lower in rows[level + 1 :])
            text = shown(row[n])
            if not words(text) and below and n and len(titles[n - 1]) > level + 1 and _blank_above(rows, level, n):
                text = titles[n - 1][level]
            if words(text) and (not said or words(said[-1]) != words(text)):
                said.append(text)
        titles.append(said)
    return [
        Column(n, " · ".join(" ".join(text.split()) for text in said)[:120], meaning_of(words(" ".join(said[:-1])), words(said[-1])) if said else SKIPPED)
        for n, said in enumerate(titles)
    ]


def _blank_above(rows: Sequence[Sequence[Cell]], level: int, n: int) -> bool:
    return all(not words(row[n]) for row in rows[: level + 1])


def _hint(sheet: Sheet, titles: Sequence[Sequence[Cell]], file_name: str) -> Hint:
    above = hint_of(" ".join(shown(cell) for row in titles for cell in row if cell is not None))
    return hint_of(file_name.rsplit(".", 1)[0]).sharper(hint_of(sheet.name)).sharper(above)
