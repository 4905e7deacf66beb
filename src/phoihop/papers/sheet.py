"""Tables as a workbook. No text of ours ever becomes a formula, whatever it begins with."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from phoihop.kernel.figures_text import MISSING, Language

from .cells import NO_ROWS, Cell, Figure, Row, Table, header_depth, header_places, is_missing, legend, shown
from .document import Provenance
from .flow import cleaned
from .wording import BANNER, provenance_line

# A spreadsheet takes a text with one of these in front for a formula (the wide ones under East Asian settings).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# A spreadsheet keeps fifteen digits of a number, and this many characters of a text.
_LONGEST_NUMBER = 10**15
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NARROWEST, _WIDEST = 8, 46
# The separators are those of the reader's own machine; where a program heeds the prefix, those of Vietnam: 20.629 and 97,8.
_LOCALE: dict[Language, str] = {"vi": "[$-42A]", "en": ""}
_DAY = "dd/mm/yyyy"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines of title above, the table, its notes below."""

    name: str
    table: Table
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    title: str = ""
    provenance: Provenance | None = None
    demo: bool = False
    language: Language = "vi"


def to_xlsx(workbook: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx; the same workbook always gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    made = datetime.combine(workbook.provenance.until if workbook.provenance else date(2000, 1, 1), time())
    book.set_properties({"title": cleaned(workbook.title), "author": "", "created": made})
    taken: set[str] = set()
    for sheet in workbook.sheets:
        _SheetWriter(book, book.add_worksheet(_sheet_name(sheet.name, taken)), workbook).write(sheet)
    book.close()
    return out.getvalue()


def looks_like_formula(text: str) -> bool:
    return text.lstrip(" \n").startswith(_FORMULA_SIGNS)


def _exact(figure: Figure) -> Decimal:
    return Decimal(figure.value or 0).scaleb(-figure.scale)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name a spreadsheet accepts: 31 characters, none of []:*?/\\, no apostrophe at the ends, each once."""
    bare = _NOT_IN_NAMES.sub(" ", cleaned(name).replace("\n", " ")).strip(" '")[:_LONGEST_NAME].strip(" '") or "Bảng"
    unique, number = bare, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{bare[: _LONGEST_NAME - 5]} ({number})"
    taken.add(unique.lower())
    return unique


class _SheetWriter:
    """Writes one sheet from the top down; ``at`` is the next free row."""

    def __init__(self, book: Any, page: Any, workbook: Workbook) -> None:
        self.book, self.page, self.workbook = book, page, workbook
        self.language = workbook.language
        self.at = 0
        self.looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **wanted: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format({"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", **wanted})
        return self.looks[key]

    def write(self, sheet: Sheet) -> None:
        if self.workbook.demo:
            self.line(BANNER[self.language], bold=True, font_color="#B00020")
        for title in sheet.titles:
            self.line(title, bold=True)
        if sheet.table.unit:
            self.line(sheet.table.unit, italic=True)
        self.header(sheet.table)
        for row in sheet.table.rows:
            self.row(row, sheet.table)
        if not sheet.table.rows:
            self.line(NO_ROWS[self.language], italic=True)
        for note in legend(sheet.table, self.language):
            self.line(note, italic=True)
        if self.workbook.provenance:
            self.line(provenance_line(self.workbook.provenance, self.language), italic=True, font_size=10)
        self.page_setup(sheet.table)

    def line(self, text: str, **look: Any) -> None:
        self.text(self.at, 0, text, look)
        self.at += 1

    def text(self, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        text = cleaned(text)
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        # The mark that Excel itself sets for an apostrophe: the text stays a text when the cell is edited.
        guard = {"quote_prefix": True} if looks_like_formula(text) else {}
        if text:
            self.page.write_string(row, column, text, self.look(**look, **guard))
        else:
            self.page.write_blank(row, column, None, self.look(**look))

    def header(self, table: Table) -> None:
        look = {"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}
        for place in header_places(table):
            row, column = self.at + place.row, place.column
            if place.cell.rows > 1 or place.cell.columns > 1:
                self.page.merge_range(row, column, row + place.cell.rows - 1, column + place.cell.columns - 1, "", self.look(**look))
            self.text(row, column, place.cell.text, look)
        first, self.at = self.at, self.at + header_depth(table)
        self.page.freeze_panes(self.at, 1)
        self.page.repeat_rows(first, self.at - 1)

    def row(self, row: Row, table: Table) -> None:
        cells = row.cells + ("",) * (len(table.columns) - len(row.cells))
        for column, cell in enumerate(cells):
            look: dict[str, Any] = {"border": 1, "align": table.columns[column].align}
            if row.kind != "plain":
                look["bold"] = True
            self.cell(column, cell, look)
        self.at += 1

    def cell(self, column: int, cell: Cell, look: dict[str, Any]) -> None:
        if is_missing(cell):
            self.text(self.at, column, MISSING, look)
        elif isinstance(cell, Figure) and abs(_exact(cell)) < _LONGEST_NUMBER:
            value = float(_exact(cell).scaleb(-2) if cell.percent else _exact(cell))
            self.page.write_number(self.at, column, value, self.look(**look, num_format=number_format(cell, self.language)))
        elif isinstance(cell, date):
            self.page.write_datetime(self.at, column, datetime.combine(cell, time()), self.look(**look, num_format=_DAY))
        else:
            self.text(self.at, column, shown(cell, self.language), look | ({} if isinstance(cell, Figure) else {"text_wrap": True}))

    def page_setup(self, table: Table) -> None:
        for column in range(len(table.columns)):
            self.page.set_column(column, column, _fit(table, column, self.language))
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&C&P")
        if self.workbook.demo:
            self.page.set_header(f"&C&B{BANNER[self.language]}")


def number_format(figure: Figure, language: Language) -> str:
    """Grouped thousands, as many decimals as the figure has, its mark before it; still a number to calculate with."""
    mark = f'"{figure.mark}"' if figure.mark else ""
    return _LOCALE[language] + mark + "#,##0" + ("." + "0" * figure.scale if figure.scale else "") + ("%" if figure.percent else "")


def _fit(table: Table, column: int, language: Language) -> float:
    texts = [table.columns[column].title[:16], *(shown(row.cells[column], language) for row in table.rows if len(row.cells) > column and row.kind != "group")]
    return min(max(max(len(text) for text in texts) + 2, _NARROWEST), _WIDEST)
