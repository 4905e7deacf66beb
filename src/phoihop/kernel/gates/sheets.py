"""The texts of .xlsx and .csv files, cell by cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from html import unescape

from django.utils.translation import gettext_lazy as _

from ..letters import decoded
from ..text import fold
from .archive import Package
from .media import delimiter_of
from .pieces import Piece, about, joined, paragraphs, today, typed_parts
from .refusals import refuse

_SHARED = "xl/sharedStrings.xml"
_CELL, _ROW = _("trang tính {n}, ô {part}"), _("dòng {n}, cột {part}")
# Headings of columns that hold numbers of persons; Excel keeps these as numbers and drops their first 0.
_REGISTER = re.compile(
    r"\b(?:cccd|cmnd|can cuoc|chung minh|dinh danh|dien thoai|s?dt|di dong|so tk|stk|tai khoan|ngay sinh|nam sinh|bien so|ho chieu|bhyt|bhxh)\b"
)
_HEADING_ROWS = 12
# What stands between the texts of a page header: &C centre, &"Arial,Bold", &14, &KFF0000.
_LAYOUT = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])')
_PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_COLUMN = re.compile(r"[A-Z]+")


class _Register:
    """Remembers which columns of a table are headed as those of a register of persons."""

    def __init__(self) -> None:
        self._headings: dict[str, str] = {}

    @property
    def known(self) -> bool:
        return bool(self._headings)

    def heading(self, row: int, column: str, text: str) -> None:
        if row <= _HEADING_ROWS and len(text) < 60 and _REGISTER.search(fold(text)):
            self._headings[column] = text

    def beside(self, column: str, value: str) -> str:
        """A value with the heading above it, as a gate would read them in a sentence; empty if the column is no register's."""
        heading = self._headings.get(column)
        return f"{heading}: {value}" if heading and any(c.isdecimal() for c in value) else ""


def of_xlsx(package: Package) -> Iterator[Piece]:
    """Every cell that holds a text, numbers below the heading of a register of persons, then notes, drawings, names of sheets."""
    shared = today(paragraphs(package, _SHARED))
    sheets = [n for n in package.names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    shown: set[str] = set()
    for n, name in enumerate(sheets, 1):
        cells = _Cells(shared)
        package.parse(name, cells.start, cells.text, cells.end)
        for text, at in cells.found.items():
            yield Piece(text, _CELL, n, at)
        shown |= cells.found.keys()
    yield joined([text for text in shared if text not in shown], _("chữ còn lại của ô đã xóa"))
    for name in typed_parts(package):
        if name not in sheets and name != _SHARED:
            yield joined(paragraphs(package, name), _("ghi chú, hình vẽ trong bảng tính"))
    yield joined(_names(package), _("tên trang tính"))


def _names(package: Package) -> list[str]:
    """The names of sheets and of ranges."""
    names: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("sheet", "definedName"):
            names.append(attributes.get("name", ""))

    package.parse("xl/workbook.xml", start, lambda _text: None, lambda _tag: None)
    return names


def beside_cells(package: Package) -> Iterator[str]:
    """What a workbook says beside its cells: names of sheets, notes, drawings, its properties, heads and feet of printed pages."""
    sheets = [n for n in package.names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    yield from _names(package)
    yield about(package).text
    for name in typed_parts(package):
        if name not in sheets and name != _SHARED:
            yield "\n".join(paragraphs(package, name))
    for name in sheets:
        yield from (_LAYOUT.sub("\n", unescape(text.decode())) for text in _PRINTED.findall(package.read(name)))


class _Cells:
    """The texts of one sheet as it streams by, each at the first cell that holds it."""

    _VALUES = frozenset({"v", "t", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"})

    def __init__(self, shared: Sequence[str]) -> None:
        self.found: dict[str, str] = {}
        self._shared = shared
        self._register = _Register()
        self._at, self._kind, self._row = "", "", 0
        self._value: list[str] = []
        self._reading = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._at, self._kind = attributes.get("r", ""), attributes.get("t", "n")
            self._value.clear()
        elif tag in self._VALUES:
            self._reading = True
        elif tag == "row":
            self._row += 1

    def text(self, value: str) -> None:
        if self._reading:
            self._value.append(value)

    def end(self, tag: str) -> None:
        if tag in self._VALUES:
            self._reading = False
            if len(tag) > 1:
                self.found.setdefault(_LAYOUT.sub("\n", "".join(self._value)), "–")
                self._value.clear()
        elif tag == "c" and self._value and (self._kind != "n" or self._register.known):
            self._cell("".join(self._value))

    def _cell(self, value: str) -> None:
        column = found[0] if (found := _COLUMN.match(self._at)) else ""
        if self._kind == "s":
            value = self._shared[int(value)]
        if self._kind in ("s", "str", "inlineStr"):
            self._register.heading(self._row, column, value)
            self.found.setdefault(value, self._at)
        if beside := self._register.beside(column, value):
            self.found.setdefault(beside, self._at)


def of_csv(content: bytes) -> Iterator[Piece]:
    lines = today(decoded(content).splitlines(keepends=True))
    register = _Register()
    try:
        for n, row in enumerate(csv.reader(lines, delimiter=delimiter_of("".join(lines[:50])) or ","), 1):
            for column, value in enumerate(row, 1):
                register.heading(n, str(column), value)
                for shown in (value, register.beside(str(column), value)):
                    if shown:
                        yield Piece(shown, _ROW, n, str(column))
    except csv.Error:
        refuse("file-unreadable")
