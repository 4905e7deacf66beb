"""One form of the text to read: composed letters, plain spaces, a line for each paragraph and for each row of a table (cells apart by tabs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from phoihop.kernel.text import nfc

_SPACES = re.compile(r"[^\S\n\t]+")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "“": '"', "”": '"', "\u00ad": None, "\u200b": None, "\ufeff": None})
CELL = "\t"
UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and c.isalpha() and (ord(c) < 0x250 or ord(c) >= 0x1EA0))
"""Every capital of the Vietnamese alphabet, for the inside of a character class; a range from À to Ỹ would take the small ones with it."""


class Line(NamedTuple):
    """A line of the text and where it starts."""

    text: str
    start: int

    @property
    def until(self) -> int:
        return self.start + len(self.text)

    @property
    def cells(self) -> list[Line]:
        """The cells of a row; the line itself if it is no row."""
        found, at = [], self.start
        for cell in self.text.split(CELL):
            lead = len(cell) - len(cell.lstrip())
            found.append(Line(cell.strip(), at + lead))
            at += len(cell) + 1
        return found

    @property
    def is_row(self) -> bool:
        return CELL in self.text


def plain(text: str) -> str:
    """Without empty lines; what is shown to a person beside the finds, and what their places count in."""
    clean = nfc(text).translate(_DASHES).replace("\r", "\n")
    rows = (_SPACES.sub(" ", row).strip(" ") for row in clean.split("\n"))
    return "\n".join(row for row in rows if row.strip())


def row_of(cells: Sequence[str]) -> str:
    """A row of a table as a line; several paragraphs in a cell become one."""
    return CELL.join("; ".join(part.strip(" ;") for part in cell.split("\n") if part.strip()).replace(CELL, " ") for cell in cells)


def lines_of(text: str) -> Iterator[Line]:
    at = 0
    for row in text.split("\n"):
        yield Line(row, at)
        at += len(row) + 1
