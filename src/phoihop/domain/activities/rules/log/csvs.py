"""CSV files from any machine (``kernel.letters``), as sheets."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phoihop.kernel.gates.refusals import refuse
from phoihop.kernel.letters import decoded

from .cells import Cell, plain

_DELIMITERS = ";\t,|"
_SAMPLE = 64 * 1024
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


@dataclass(slots=True)
class CsvSheet:
    """A CSV file as a sheet; rows are split as they are asked for."""

    text: str
    delimiter: str
    height: int
    name: str = ""
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def rows(self, first: int = 0) -> Iterator[tuple[int, list[Cell]]]:
        for n, row in enumerate(_split(self.text, self.delimiter)):
            if n >= first:
                yield n, [plain(value) for value in row]


def csv_sheet(content: bytes) -> CsvSheet:
    """The one sheet of a CSV file. Raises Refused when its quotes do not close."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    first_line, _line_end, rest = text.partition("\n")
    if first_line.lower().startswith("sep=") and len(first_line) == 5:  # Excel's own note of the delimiter
        text, delimiter = rest, first_line[4]
    else:
        delimiter = delimiter_of(text[:_SAMPLE])
    try:
        height = sum(1 for row in _split(text, delimiter)) if text.strip() else 0
    except csv.Error:
        refuse("file-unreadable")
    return CsvSheet(text, delimiter, height)


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader((line.group() for line in _LINE.finditer(text)), delimiter=delimiter)


def delimiter_of(sample: str) -> str:
    """The mark that splits most lines into the same number of cells, at least two."""
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _split(sample, delimiter) if any(cell.strip() for cell in row))
        widths.pop(1, None)
        if widths:
            width, lines = widths.most_common(1)[0]
            if (lines, width) > most:
                best, most = delimiter, (lines, width)
    return best
