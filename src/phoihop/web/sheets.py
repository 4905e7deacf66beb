"""Lists that offices keep as spreadsheets: the rows below known headings, and empty ones to fill in."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import xlsxwriter
from django import forms
from django.http import HttpRequest, HttpResponse

from phoihop.domain.activities.rules.log.cells import Cell, shown
from phoihop.domain.activities.rules.log.days import day_of
from phoihop.domain.activities.rules.log.grid import Sheet, sheets_of
from phoihop.kernel import gates
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused

from .base import refuse
from .forms import Form
from .saved import saved
from .uploads import file_field, upload_of

Line = TypeVar("Line")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADING_ROWS = 30
_WIDTH = 26


def rows_in(upload: Upload, heading: Callable[[str], str | None], least: int, days: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings of the first sheet that has at least so many of them: number in the file, texts by field.

    Of the fields in ``days`` a day is written 05/03/2026, however the file stores it. Raises Refused for what the gates hold back or nobody can
    read; what they only ask about (the names in a list of officials, in signatures) is answered by what the list is for.
    """
    _pass_gates(upload)
    for sheet in sheets_of(upload.content):
        if (found := _headings(sheet, heading, least)) is not None:
            first, columns = found
            for n, row in sheet.rows(first):
                texts = _texts(row, columns, days)
                if any(texts.values()):
                    yield n + 1, texts
            return


def list_field(label: Any) -> forms.FileField:
    return file_field(label, widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv"}))


def sent_list(request: HttpRequest, form_of: type[Form], lines_in: Callable[[Upload], list[Line]]) -> tuple[Form, list[Line] | None]:
    """The form with its field ``upload``, and the lines of the file that was sent with it; None: none was, or the form says what is wrong with it."""
    form = form_of(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form, None
    try:
        return form, lines_in(upload_of(form.cleaned_data["upload"]))
    except Refused as refusal:
        refuse(form, refusal.verdict.at("upload"))
        return form, None


def a_template(name: str, title: str, labels: Sequence[str], example: Sequence[str], choices: Mapping[int, Sequence[str]], rows: int) -> HttpResponse:
    """An empty list with its headings, one example, and what may be chosen in some columns."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(title), book.add_format({"bold": True})
    sheet.write_row(0, 0, labels, bold)
    sheet.write_row(1, 0, example)
    for column, options in choices.items():
        # A list within the rule itself holds 255 characters and no commas: what may be chosen stands on a sheet of its own.
        name_of_list = f"L{column}"
        book.add_worksheet(name_of_list).write_column(0, 0, options)
        sheet.data_validation(1, column, rows, column, {"validate": "list", "source": f"={name_of_list}!$A$1:$A${len(options)}"})
    sheet.set_column(0, len(labels) - 1, _WIDTH)
    sheet.freeze_panes(1, 0)
    book.close()
    return saved(content.getvalue(), XLSX, name)


def _pass_gates(upload: Upload) -> None:
    try:
        gates.inspect({"upload": upload})
    except Refused as refusal:
        if not refusal.verdict.asks:
            raise


def _headings(sheet: Sheet, heading: Callable[[str], str | None], least: int) -> tuple[int, dict[str, int]] | None:
    """The row after the headings, and which column is which; a second row of a merged heading is passed over by being empty."""
    for n, row in sheet.rows():
        if n >= _HEADING_ROWS:
            return None
        columns = {field: at for at, cell in reversed(list(enumerate(row))) if (field := heading(shown(cell)))}
        if len(columns) >= least:
            return n + 1, columns
    return None


def _texts(row: Sequence[Cell], columns: Mapping[str, int], days: Collection[str]) -> dict[str, str]:
    cells = {field: row[at] if at < len(row) else None for field, at in columns.items()}
    texts = {field: shown(cell).strip() for field, cell in cells.items()}
    for field in days:
        if (day := day_of(cells.get(field)).value) is not None:
            texts[field] = f"{day:%d/%m/%Y}"
    return texts
