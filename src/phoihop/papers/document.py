"""A legal document as plain data: what it says, not how it looks.

The parts and their names follow Decree 30/2020/NĐ-CP, Annex I. Names of bodies are given as they are spoken
("Công an tỉnh Vĩnh Long"); where the decree orders capitals, the printing makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from .cells import Figure, Table, shown
from .numbering import Level

TextAlign = Literal["justify", "left", "center", "right"]


class Circulation(Enum):
    """To whom a document with a narrow circle of readers goes (Annex I, part I, section III, point 2.c)."""

    INTERNAL = "LƯU HÀNH NỘI BỘ"
    RETURN = "XEM XONG TRẢ LẠI"


class Capacity(Enum):
    """On whose behalf a signatory signs (point 7.b): for a body, for the head, by order, by delegation, as acting head."""

    FOR_BODY = "TM."
    FOR_HEAD = "KT."
    BY_ORDER = "TL."
    BY_DELEGATION = "TUQ."
    ACTING = "Q."


@dataclass(frozen=True)
class Issuer:
    """The body that issues, and the one directly above it. A line break in a name is kept."""

    name: str
    superior: str = ""


@dataclass(frozen=True)
class Issued:
    """Where and when; what is not yet known is left dotted, to be filled in by hand."""

    place: str
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def on(cls, place: str, day: date) -> Issued:
        return cls(place, day.year, day.month, day.day)

    @property
    def date(self) -> date | None:
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


@dataclass(frozen=True)
class Run:
    """A stretch of text, or a figure, in one face."""

    text: str | Figure
    bold: bool = False
    italic: bool = False


Inline = str | Figure | Run
Text = Inline | tuple[Inline, ...]


def runs(text: Text) -> tuple[Run, ...]:
    """Any text as runs."""
    parts = text if isinstance(text, tuple) else (text,)
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


@dataclass(frozen=True)
class Heading:
    """A division with a title. Its number is counted, never typed. A CLAUSE may have a title; a POINT or a DASH has none."""

    level: Level
    title: str

    def __post_init__(self) -> None:
        if self.level in (Level.POINT, Level.DASH):
            raise ValueError(f"a {self.level.name} has no title: it is an Item")


@dataclass(frozen=True)
class Item:
    """A numbered paragraph: a CLAUSE ("1."), a POINT ("a)"), an ARTICLE that opens with its text, or a DASH."""

    level: Level
    text: Text

    def __post_init__(self) -> None:
        if self.level not in (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.DASH):
            raise ValueError(f"a {self.level.name} has a title: it is a Heading")


@dataclass(frozen=True)
class Paragraph:
    text: Text
    align: TextAlign = "justify"


@dataclass(frozen=True)
class Blank:
    """Dotted lines for what only a person can write."""

    lines: int = 3


Block = Heading | Item | Paragraph | Blank | Table


@dataclass(frozen=True)
class Signature:
    """``on_behalf``: the lines above the position, such as (FOR_BODY, "Ủy ban nhân dân"), (FOR_HEAD, "Chủ tịch").

    ``body`` names the body in a document of several; ``other_post`` is a second office, written above the name (box 7b);
    ``rank`` is for the armed forces, whose ministries allow it (point 7.c).
    """

    position: str
    name: str = ""
    on_behalf: tuple[tuple[Capacity, str], ...] = ()
    body: str = ""
    other_post: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Provenance:
    """From where the figures come: the journal's head they were read at, the day they run to, the boundaries they are told by."""

    sequence: int
    head: str
    until: date
    boundaries: date | None = None


@dataclass(frozen=True)
class Appendix:
    title: str
    body: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """``kind`` is the type of document ("Báo cáo"); without one it is an official letter, whose abstract stands under the number.

    ``issuers``: the leading body first; without any, the document has no heading (an item to copy, a page of a book).
    ``national`` set to False leaves out the country's name and motto, for a unit's own books.
    ``archive`` follows "Lưu:" on the last line of the recipients. ``draft`` says so at the head of every page; ``foot`` stands at the foot of
    every page, where there is no ``provenance``.
    """

    abstract: str
    body: tuple[Block, ...]
    kind: str = ""
    issuers: tuple[Issuer, ...] = ()
    national: bool = True
    number: int | None = None
    symbol: str = ""
    issued: Issued | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = ""
    circulation: Circulation | None = None
    appendices: tuple[Appendix, ...] = ()
    provenance: Provenance | None = None
    foot: str = ""
    demo: bool = False
    draft: bool = False
    landscape: bool = False


def figures_in(document: Document) -> list[str]:
    """Every figure of the document as it is printed, in the order of reading: those in sentences and those in tables, a missing one as "–"."""
    bodies = [document.body, *(appendix.body for appendix in document.appendices)]
    return [text for body in bodies for block in body for text in _figures_of(block)]


def _figures_of(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [shown(cell) for row in block.rows for cell in row.cells if cell is None or isinstance(cell, Figure)]
    if isinstance(block, Item | Paragraph):
        return [run.text.text() for run in runs(block.text) if isinstance(run.text, Figure)]
    return []
