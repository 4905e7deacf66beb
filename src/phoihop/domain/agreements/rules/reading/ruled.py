"""Tables of a PDF whose cells are ruled: the lines drawn on a page make a grid, each piece of text falls into the cell in which it begins.

A cell that spans rows says the same of each. A table without lines is not told apart; ``columns.is_lost_table`` finds it and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .plain import row_of

_THIN = 2.5
"""Points: a rectangle that is thinner is a line, as Word draws borders; two lines that are nearer are one."""
_SHORTEST = 8.0
_LEAST_COLUMNS = 2
_PAINTS = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})

Matrix = Sequence[float]


@dataclass(slots=True)
class _Grid:
    """A table: the edges of its columns from left to right and of its rows from the top down, and the words of each cell."""

    columns: list[float]
    rows: list[float]
    across: Sequence[tuple[float, float, float]] = ()
    cells: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        column = next((n for n in range(len(self.columns) - 1) if self.columns[n] - _THIN <= x < self.columns[n + 1] - _THIN), None)
        row = next((n for n in range(len(self.rows) - 1) if self.rows[n] >= y > self.rows[n + 1]), None)
        return None if row is None or column is None else (row, column)

    def lines(self) -> Iterator[str]:
        count = len(self.rows) - 1
        spans = [self._spans(column, count) for column in range(len(self.columns) - 1)]
        for row in range(count):
            yield row_of([self._said(column, span[row]) for column, span in enumerate(spans)])

    def _said(self, column: int, rows: range) -> str:
        return " ".join(" ".join(piece for row in rows for piece in self.cells.get((row, column), ())).split())

    def _spans(self, column: int, count: int) -> list[range]:
        """For each row the rows that its cell reaches over: those with no line between them. A column without any line within has no cells that span."""
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        ruled = [any(abs(y - self.rows[row]) <= _THIN and left <= middle <= right for y, left, right in self.across) for row in range(1, count)]
        if not any(ruled):
            return [range(row, row + 1) for row in range(count)]
        starts = [0, *(row for row, line in enumerate(ruled, 1) if line), count]
        return [range(first, until) for first, until in pairwise(starts) for _row in range(first, until)]


def text_of_page(page: Any) -> str:
    """The text of a page, a line for each row of a ruled table; as it would be without, where no table is ruled."""
    drawn = _Drawn()
    pieces: list[tuple[str, float, float]] = []

    def on_text(text: str, cm: Matrix, tm: Matrix, _font: Any, _size: float) -> None:
        pieces.append((text, *_moved(cm, tm[4], tm[5])))

    plain: str = page.extract_text(visitor_operand_before=drawn.see, visitor_text=on_text)
    grids = drawn.grids()
    return _laid_out(pieces, grids) if grids else plain


def _laid_out(pieces: Sequence[tuple[str, float, float]], grids: Sequence[_Grid]) -> str:
    parts: list[str | _Grid] = []
    for text, x, y in pieces:
        inside = next(((grid, place) for grid in grids if (place := grid.place(x, y)) is not None), None)
        if inside is None or not text.strip():
            parts.append(text if inside is None else "")
            continue
        grid, place = inside
        grid.cells.setdefault(place, []).append(text)
        if grid not in parts:
            parts.append(grid)
    return "".join(part if isinstance(part, str) else "\n" + "\n".join(part.lines()) + "\n" for part in parts)


class _Drawn:
    """The straight lines that a page paints; a path that only clips is none."""

    def __init__(self) -> None:
        self._at = (0.0, 0.0)
        self._path: list[tuple[tuple[float, float], tuple[float, float]]] = []
        self._across: list[tuple[float, float, float]] = []
        self._down: list[tuple[float, float, float]] = []

    def see(self, operator: bytes, operands: Sequence[Any], cm: Matrix, _tm: Matrix) -> None:
        if operator == b"m":
            self._at = _moved(cm, float(operands[0]), float(operands[1]))
        elif operator == b"l":
            to = _moved(cm, float(operands[0]), float(operands[1]))
            self._path.append((self._at, to))
            self._at = to
        elif operator in _PAINTS:
            for a, b in self._path:
                self._line(a, b)
            self._path.clear()
        elif operator == b"n":
            self._path.clear()
        elif operator == b"re":
            x, y, wide, high = (float(one) for one in operands)
            if min(abs(wide), abs(high)) < _THIN:
                self._path.append((_moved(cm, x, y), _moved(cm, x + wide, y + high)))
            else:
                corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
                for a, b in pairwise(corners):
                    self._path.append((_moved(cm, *a), _moved(cm, *b)))

    def _line(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        if abs(a[1] - b[1]) < _THIN and abs(a[0] - b[0]) > _SHORTEST:
            self._across.append((a[1], min(a[0], b[0]), max(a[0], b[0])))
        elif abs(a[0] - b[0]) < _THIN and abs(a[1] - b[1]) > _SHORTEST:
            self._down.append((a[0], min(a[1], b[1]), max(a[1], b[1])))

    def grids(self) -> list[_Grid]:
        """Lines that cross belong to one table; it needs two columns."""
        found = []
        for bottom, top in self._heights():
            down = [line for line in self._down if bottom - _THIN <= line[1] and line[2] <= top + _THIN]
            columns = _apart([line[0] for line in down])
            rows = _apart(
                [y for y, left, right in self._across if bottom - _THIN <= y <= top + _THIN and any(left - _THIN <= d[0] <= right + _THIN for d in down)]
            )
            if len(columns) > _LEAST_COLUMNS and len(rows) > 1:
                found.append(_Grid(columns, rows[::-1], self._across))
        return found

    def _heights(self) -> list[tuple[float, float]]:
        """From where to where vertical lines go on without a gap."""
        merged: list[tuple[float, float]] = []
        for _x, bottom, top in sorted(self._down, key=lambda line: line[1]):
            if merged and bottom <= merged[-1][1] + 2 * _THIN:
                merged[-1] = (merged[-1][0], max(merged[-1][1], top))
            else:
                merged.append((bottom, top))
        return merged


def _apart(values: Sequence[float]) -> list[float]:
    """The values in order, those that lie together once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _THIN:
            kept.append(value)
    return kept


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (float(one) for one in matrix)
    return a * x + c * y + e, b * x + d * y + f
