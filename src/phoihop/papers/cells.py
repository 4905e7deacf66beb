"""What stands in a table, on paper as in a workbook: texts, figures, days, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from phoihop.kernel.figures_text import MISSING, Language, day, grouped, percent

Align = Literal["left", "center", "right"]
RowKind = Literal["plain", "group", "total"]
# Sizes a table may be set in; the decree's body sizes are 13 and 14, narrower tables take less.
CellSize = Literal[11, 12, 13]

LEGEND: dict[Language, str] = {"vi": f"{MISSING}: chưa có số liệu", "en": f"{MISSING}: no figure yet"}
NO_ROWS: dict[Language, str] = {"vi": "Chưa có số liệu", "en": "No figures yet"}


@dataclass(frozen=True)
class Figure:
    """An integer times ten to the power of minus ``scale`` (978 with scale 1 is 97,8); no value is "–", never 0.

    ``mark`` stands before it: ">" more than, "~" about, "≈" estimated from a declared share, "+" more than last year.
    """

    value: int | None
    scale: int = 0
    percent: bool = False
    mark: str = ""

    def text(self, language: Language = "vi") -> str:
        if self.value is None:
            return MISSING
        return self.mark + (percent if self.percent else grouped)(self.value, self.scale, language)


# None is a value that should be there and is not; an empty text is a cell left blank on purpose, to be filled in by hand.
Cell = str | Figure | date | None


def shown(cell: Cell, language: Language = "vi") -> str:
    """The cell as a reader sees it."""
    if cell is None:
        return MISSING
    if isinstance(cell, Figure):
        return cell.text(language)
    return cell if isinstance(cell, str) else day(cell, language)


def is_missing(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, Figure) and cell.value is None)


@dataclass(frozen=True)
class Column:
    """``width`` is a share of the table's width, weighed against the other columns."""

    title: str
    width: float = 1
    align: Align = "left"


@dataclass(frozen=True)
class HeaderCell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """``group`` opens a group of rows, ``total`` sums; both are set in bold. A group row may have one cell: it spans the table."""

    cells: tuple[Cell, ...]
    kind: RowKind = "plain"


@dataclass(frozen=True)
class Table:
    """``header``: rows of header cells, each place filled once; when empty, one row of the columns' titles.

    Raises ValueError when a row or the header does not fit the columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[tuple[HeaderCell, ...], ...] = ()
    title: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    size: CellSize = 13

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not width:
            raise ValueError("a table has at least one column")
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != width and not (row.kind == "group" and len(row.cells) == 1):
                raise ValueError(f"row {number} has {len(row.cells)} cells, the table {width} columns")
        places = header_places(self)
        if sorted(spot for place in places for spot in place.covers) != [(r, c) for r in range(header_depth(self)) for c in range(width)]:
            raise ValueError("the header does not fill its rows exactly once")

    @property
    def lacks_figures(self) -> bool:
        """Whether a reader will meet a "–" and needs to be told what it means."""
        return any(is_missing(cell) for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class HeaderPlace:
    """A header cell and where it stands, rows and columns counted from 0."""

    row: int
    column: int
    cell: HeaderCell

    @property
    def covers(self) -> list[tuple[int, int]]:
        return [(self.row + r, self.column + c) for r in range(self.cell.rows) for c in range(self.cell.columns)]


def header_rows(table: Table) -> tuple[tuple[HeaderCell, ...], ...]:
    return table.header or (tuple(HeaderCell(column.title) for column in table.columns),)


def header_depth(table: Table) -> int:
    return len(header_rows(table))


def header_places(table: Table) -> list[HeaderPlace]:
    """Each header cell with the first free place of its row, as HTML lays cells out."""
    taken: set[tuple[int, int]] = set()
    places = []
    for r, cells in enumerate(header_rows(table)):
        c = 0
        for cell in cells:
            while (r, c) in taken:
                c += 1
            place = HeaderPlace(r, c, cell)
            taken.update(place.covers)
            places.append(place)
    return places


def legend(table: Table, language: Language = "vi") -> tuple[str, ...]:
    """The notes below a table; the meaning of "–" is added where one stands and no note gives it."""
    told = any(note.startswith(MISSING) for note in table.notes)
    return table.notes + ((LEGEND[language],) if table.lacks_figures and not told else ())
