"""The texts inside a file, each with the place where a person finds it: a page, a paragraph, a cell."""

from __future__ import annotations

import csv
import io
import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from ..letters import decoded, from_old_letters, looks_old
from ..text import fold
from ..verdict import Sentence
from .archive import Package
from .media import delimiter_of
from .refusals import refuse

# pypdf would write pieces of a damaged file, secret or private ones too, into the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class Piece(NamedTuple):
    """A text and its place: a sentence that may have ``{n}`` and ``{part}`` to fill in.

    ``n`` is the line, found by where lines start, if ``starts`` says so. ``spread``: figures of a table may stand side by side in it.
    """

    text: str
    place: Sentence
    n: int = 0
    part: str = ""
    starts: Sequence[int] = ()
    spread: bool = False

    def where(self, offset: int) -> Sentence:
        return format_lazy(self.place, n=bisect_right(self.starts, offset) if self.starts else self.n, part=self.part)


_CELL, _ROW, _PAGE = _("trang tính {n}, ô {part}"), _("dòng {n}, cột {part}"), _("trang {n}")


# -- documents -----------------------------------------------------------------------------------------------------

_PARTS_OF_DOCX = {"header": _("đầu trang"), "footer": _("chân trang"), "footnotes": _("chú thích"), "endnotes": _("chú thích cuối"), "comments": _("nhận xét")}
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NEVER_TYPED = re.compile(
    r"(?:^|/)(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|theme\d*|app|core|calcChain|metadata)\.xml$|/theme/|^\[Content_Types\]"
)


def of_docx(package: Package) -> Iterator[Piece]:
    """Each part of a document as one text of paragraphs, so that a signature is read below its title."""
    for name in package.names:
        if not name.endswith(".xml") or _NEVER_TYPED.search(name):
            continue
        paragraphs = _paragraphs(package, name)
        stem = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2])
        yield _joined(paragraphs, _PARTS_OF_DOCX.get(stem, _("đoạn {n}")))


class _Paragraphs:
    """The texts of an XML part: what stands in one paragraph, shared string or note; or, in other parts, in one element."""

    _WHOLES, _NOT_SHOWN = frozenset({"p", "si", "comment"}), "instrText"

    def __init__(self) -> None:
        self.done: list[str] = []
        self._open: list[list[str]] = []
        self._loose: list[str] = []
        self._hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._WHOLES:
            self._open.append([])
        elif tag in _BREAKS and self._open:
            self._open[-1].append(_BREAKS[tag])
        self._hidden = tag == self._NOT_SHOWN

    def text(self, value: str) -> None:
        if not self._hidden:
            (self._open[-1] if self._open else self._loose).append(value)

    def end(self, tag: str) -> None:
        self._hidden = False
        if tag in self._WHOLES:
            self.done.append("".join(self._open.pop()))
        elif self._loose and not self._open:
            self.done.append("".join(self._loose))
            self._loose.clear()


def _paragraphs(package: Package, name: str) -> list[str]:
    read = _Paragraphs()
    package.parse(name, read.start, read.text, read.end)
    return read.done


def _joined(paragraphs: list[str], place: Sentence) -> Piece:
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paragraphs)]
    return Piece(_today("\n".join(paragraphs)), place, starts=starts[:-1])


def _today(text: str) -> str:
    """In today's letters, if it was typed in a .VnTime font."""
    return from_old_letters(text) if looks_old(text) else text


# -- tables --------------------------------------------------------------------------------------------------------

# Headings of columns that hold numbers of persons; Excel keeps these as numbers and drops their first 0.
_REGISTER = re.compile(
    r"\b(?:cccd|cmnd|can cuoc|chung minh|dinh danh|dien thoai|s?dt|di dong|so tk|stk|tai khoan|ngay sinh|nam sinh|bien so|ho chieu|bhyt|bhxh)\b"
)
_HEADING_ROWS = 12
# What stands between the texts of a page header: &C centre, &"Arial,Bold", &14, &KFF0000.
_LAYOUT = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])')
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
        return f"{heading}: {value}" if heading and any(c.isdigit() for c in value) else ""


def of_xlsx(package: Package) -> Iterator[Piece]:
    """Every cell that holds a text, numbers below the heading of a register of persons, then notes, drawings, names of sheets."""
    shared = _paragraphs(package, "xl/sharedStrings.xml") if "xl/sharedStrings.xml" in package.names else []
    sheets = [n for n in package.names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    for n, name in enumerate(sheets, 1):
        yield from _Cells(package, name, shared, n).pieces()
    for name in package.names:
        if name.endswith(".xml") and name not in sheets and name != "xl/sharedStrings.xml" and not _NEVER_TYPED.search(name):
            yield _joined(_paragraphs(package, name), _("ghi chú, hình vẽ trong bảng tính"))
    workbook: list[str] = []
    package.parse(
        "xl/workbook.xml", lambda tag, a: workbook.append(a.get("name", "")) if tag in ("sheet", "definedName") else None, lambda _t: None, lambda _t: None
    )
    yield _joined(workbook, _("tên trang tính"))


class _Cells:
    """The cells of one sheet, as they stream by. Each text is kept once, at the first cell that holds it."""

    _VALUES = frozenset({"v", "t", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"})

    def __init__(self, package: Package, name: str, shared: list[str], number: int) -> None:
        self._package, self._name, self._shared, self._number = package, name, shared, number
        self._found: dict[str, str] = {}
        self._register = _Register()
        self._at, self._kind, self._row = "", "", 0
        self._value: list[str] = []
        self._reading = False

    def pieces(self) -> Iterator[Piece]:
        self._package.parse(self._name, self._start, self._text, self._end)
        for text, at in self._found.items():
            yield Piece(text, _CELL, self._number, at)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._at, self._kind = attributes.get("r", ""), attributes.get("t", "n")
            self._value.clear()
        elif tag in self._VALUES:
            self._reading = True
        elif tag == "row":
            self._row += 1

    def _text(self, value: str) -> None:
        if self._reading:
            self._value.append(value)

    def _end(self, tag: str) -> None:
        if tag in self._VALUES:
            self._reading = False
            if len(tag) > 1:
                self._found.setdefault(_LAYOUT.sub("\n", "".join(self._value)), "–")
                self._value.clear()
        elif tag == "c" and self._value and (self._kind != "n" or self._register.known):
            self._cell("".join(self._value))

    def _cell(self, value: str) -> None:
        column = found[0] if (found := _COLUMN.match(self._at)) else ""
        if self._kind == "s":
            value = self._shared[int(value)]
        if self._kind in ("s", "str", "inlineStr"):
            self._register.heading(self._row, column, value)
            self._found.setdefault(value, self._at)
        if beside := self._register.beside(column, value):
            self._found.setdefault(beside, self._at)


def of_csv(content: bytes) -> Iterator[Piece]:
    text = _today(decoded(content))
    register = _Register()
    try:
        for n, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter_of(text[:65536]) or ","), 1):
            for column, value in enumerate(row, 1):
                register.heading(n, str(column), value)
                for shown in (value, register.beside(str(column), value)):
                    if shown:
                        yield Piece(shown, _ROW, n, str(column))
    except csv.Error:
        refuse("file-unreadable")


def of_text(content: bytes) -> Iterator[Piece]:
    lines = _today(decoded(content)).replace("\r\n", "\n").split("\n")
    yield _joined(lines, _("dòng {n}"))


# -- pages ---------------------------------------------------------------------------------------------------------


def of_pdf(content: bytes, most_pages: int, pulse: Callable[[], None]) -> Iterator[Piece]:
    """The text of each page, of notes on it and of form fields. A scan gives none: see ``files.has_text``."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        refuse("file-locked")
    if len(reader.pages) > most_pages:
        refuse("file-too-long", f"{len(reader.pages)} > {most_pages}")
    names = _dictionary(reader.root_object.get("/Names"))
    if "/JavaScript" in names or _runs(reader.root_object):
        refuse("file-macro")
    if "/EmbeddedFiles" in names:
        refuse("file-embedded", "PDF")
    for n, page in enumerate(reader.pages, 1):
        pulse()
        notes = [_dictionary(note) for note in _dictionary(page).get("/Annots") or ()]
        _check_notes(page, notes)
        said = [str(note.get("/Contents", "")) for note in notes]
        yield Piece(_today("\n".join([page.extract_text(), *said])), _PAGE, n, spread=True)
    fields = [str(value) for value in (reader.get_form_text_fields() or {}).values() if value]
    about = [str(value) for key, value in (reader.metadata or {}).items() if key in ("/Title", "/Subject", "/Keywords")]
    yield Piece("\n".join(fields + about), _("ô nhập, thuộc tính của tệp"))


def _dictionary(thing: Any) -> Any:
    """What a reference in a PDF points to, if that is a dictionary; else an empty one."""
    thing = thing.get_object() if thing is not None else None
    return thing if isinstance(thing, DictionaryObject) else {}


def _runs(thing: Any) -> bool:
    """Whether a document, a page or a note does something by itself: runs a script, starts a program."""
    actions = [_dictionary(thing.get(key)) for key in ("/OpenAction", "/A")] + [_dictionary(a) for a in _dictionary(thing.get("/AA")).values()]
    return any(action.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData") for action in actions)


def _check_notes(page: Any, notes: Sequence[Any]) -> None:
    if _runs(page) or any(_runs(note) or note.get("/Subtype") in ("/RichMedia", "/Movie", "/Screen") for note in notes):
        refuse("file-macro")
    if any(note.get("/Subtype") == "/FileAttachment" for note in notes):
        refuse("file-embedded", "PDF")
