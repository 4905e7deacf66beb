"""A document as the lines, tables and pairs of columns that are printed, in order.

Both printers and the plain text read this, and only this; so what one carries, all carry. A ``Line`` names its style in
``look.STYLES``; nothing here knows of Word or of PDF.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from .look import Page


@dataclass(frozen=True)
class Piece:
    text: str
    bold: bool = False
    italic: bool = False
    figure: bool = False


@dataclass(frozen=True)
class Line:
    """One paragraph. ``rule``: millimetres of the rule below it; ``boxed``: a frame around it; ``keep``: stay with what follows."""

    style: str
    pieces: tuple[Piece, ...]
    rule: float = 0
    boxed: bool = False
    keep: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Slot:
    """A cell of a printed table; ``columns`` and ``rows`` it covers."""

    text: str
    align: str
    figure: bool = False
    bold: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    """A printed table. ``header`` holds, row by row, the cells that begin there; ``keeps``: numbers of rows kept with the next."""

    widths: tuple[float, ...]
    header: tuple[tuple[Slot, ...], ...]
    rows: tuple[tuple[Slot, ...], ...]
    keeps: frozenset[int]
    style: str


@dataclass(frozen=True)
class Pair:
    """Two columns without frame: the heading, signatures, or recipients beside a signature. Widths in millimetres."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    widths: tuple[float, float]


Printed = Line | Grid | Pair


@dataclass(frozen=True)
class Section:
    """Pages numbered from 1 on their own: the document, and each appendix."""

    page: Page
    items: tuple[Printed, ...]


@dataclass(frozen=True)
class Flow:
    title: str
    author: str
    stamp: date
    sections: tuple[Section, ...]
    banner: str = ""
    provenance: str = ""


def cleaned(text: str) -> str:
    """The text as print can carry it: composed letters, no control, direction or private characters, tabs as spaces."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", "\n")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")
