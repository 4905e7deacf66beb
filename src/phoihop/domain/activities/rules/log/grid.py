"""The sheets of a file, row by row. A file's name proves nothing: what it is follows from its first bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from phoihop.kernel.gates.refusals import refuse
from phoihop.kernel.letters import from_old_letters, looks_old

from .cells import Cell, plain
from .csvs import CsvSheet, csv_sheet

Range = tuple[tuple[int, int], tuple[int, int]]
_SAMPLE_ROWS = 50
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Sheet(Protocol):
    """A table of cells. Rows and columns count from 0 here; people see rows from 1."""

    name: str
    height: int
    merged: Sequence[Range]

    def rows(self, first: int = 0) -> Iterator[tuple[int, list[Cell]]]:
        """Every row from ``first`` on, with its number; blank ones too."""
        ...


@dataclass(slots=True)
class BookSheet:
    """A sheet of a workbook, converted to plain cells as it is read."""

    source: CalamineSheet
    name: str = field(init=False)
    height: int = field(init=False)
    merged: Sequence[Range] = field(init=False)
    old_letters: bool = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.source.name
        self.height = self.source.end[0] + 1 if self.source.end else 0
        self.merged = self.source.merged_cell_ranges or ()
        sample = islice(self.source.iter_rows(), _SAMPLE_ROWS)
        self.old_letters = looks_old(" ".join(value for row in sample for value in row if isinstance(value, str)))

    def rows(self, first: int = 0) -> Iterator[tuple[int, list[Cell]]]:
        before: list[Cell] = [None] * (self.source.start[1] if self.source.start else 0)
        for n, row in islice(enumerate(self.source.iter_rows()), first, None):
            if self.old_letters:
                row = [from_old_letters(value) if isinstance(value, str) else value for value in row]
            yield n, before + [plain(value) for value in row]


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a spreadsheet or a CSV file that hold anything. Raises Refused with a sentence when the file cannot be read."""
    if content[:2] != b"PK" and content[:8] != _OLD_OFFICE:
        return [sheet] if (sheet := csv_sheet(content)).height else []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = [n for n, meta in enumerate(book.sheets_metadata) if meta.typ == SheetTypeEnum.WorkSheet]
        found = [BookSheet(book.get_sheet_by_index(n)) for n in wanted]
    except PasswordError:
        refuse("file-locked")
    except BaseException as broken:  # the reader is written in Rust: what it calls a panic is no Exception here
        if not isinstance(broken, Exception) and type(broken).__name__ != "PanicException":
            raise
        refuse("file-unreadable")
    return [sheet for sheet in found if sheet.height]


__all__ = ["BookSheet", "CsvSheet", "Range", "Sheet", "sheets_of"]
