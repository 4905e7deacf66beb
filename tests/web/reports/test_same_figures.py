"""Promise: one set of figures. What the page shows, the workbook, the .docx and the PDF carry, cell by cell."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from phoihop.domain import models as m
from tests.papers.reading import numbers
from tests.reports.province import province
from tests.web.reports.test_pages import AUGUST, rows_of, text_of

pytestmark = pytest.mark.django_db
QUERY = "?dv=86"
FILES = {"so-lieu.xlsx": "spreadsheetml.sheet", "bao-cao.docx": "wordprocessingml.document", "bao-cao.pdf": "application/pdf"}


def fetched(client: Any, report: str = AUGUST, query: str = QUERY) -> dict[str, bytes]:
    """The three files of a report, by the end of their names."""
    found = {}
    for name, kind in FILES.items():
        answer = client.get(f"{report}{name}{query}")
        assert (answer.status_code, kind in answer["Content-Type"]) == (200, True)
        found[name.rsplit(".", 1)[-1]] = answer.content
    return found


def in_word(content: bytes) -> dict[str, list[str]]:
    """The appendix of the .docx: the last table with communes."""
    table = docx.Document(io.BytesIO(content)).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return {row[0]: row[1:] for row in rows[1:]}


def in_workbook(content: bytes) -> dict[str, list[str]]:
    """The figures sheet, each number written as its format and the reader's country write it."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Số liệu"]
    start = next(n for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if row[0] == "Địa bàn")
    found = {}
    for row in sheet.iter_rows(min_row=start + 1):
        if row[1].value is not None:
            found[str(row[0].value)] = [written(cell) for cell in row[1:]]
    return found


def written(cell: Any) -> str:
    if isinstance(cell.value, str):
        return cell.value
    mark = match[1] if (match := re.search(r'"(.*)"', cell.number_format)) else ""
    places = len(match[1]) if (match := re.search(r"\.(0+)", cell.number_format)) else 0
    percent = cell.number_format.endswith("%")
    value = f"{cell.value * (100 if percent else 1):,.{places}f}"
    return mark + value.translate(str.maketrans(",.", ".,")) + ("%" if percent else "")


def test_page_workbook_word_and_pdf_carry_the_same_figures(as_post):
    client = as_post(province().mai)
    files = fetched(client)
    page = rows_of(client.get(AUGUST + QUERY))
    assert page == in_workbook(files["xlsx"]) == in_word(files["docx"])
    printed = numbers("\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages))
    assert sum((numbers(cell) for cells in page.values() for cell in cells), Counter()) <= printed


def test_the_preview_shows_the_same_document_and_its_figures_are_links(as_post):
    client = as_post(province().mai)
    files = fetched(client)
    sheet = client.get(f"{AUGUST}van-ban/{QUERY}", headers={"HX-Request": "true", "HX-Target": "sheet"})
    assert sheet.content.decode().lstrip().startswith('<div class="paper-frame"')
    said = text_of(sheet)
    paper = docx.Document(io.BytesIO(files["docx"]))
    for p in paper.element.body.iter(qn("w:p")):
        text = "".join(t.text or "" for t in p.iter(qn("w:t")))
        if "cuộc" in text and "tuần tra chung" in text:
            assert " ".join(text.split()).replace(" ", "") in said.replace(" ", "")
    assert 'href="/so-lieu/TR.01/?lich=THONGKE&amp;ky=2026-T8&amp;dv=29001">4</a>' in sheet.content.decode()
    assert said.startswith("DỰ THẢO")


def test_in_a_demonstration_every_paper_says_so(as_post):
    w = province()
    m.Node.objects.update(demo=True)
    files = fetched(as_post(w.mai))
    header = docx.Document(io.BytesIO(files["docx"])).sections[0].first_page_header
    assert [p.text for p in header.paragraphs] == ["DỰ THẢO · DỮ LIỆU MINH HỌA"]
    assert "DỮ LIỆU MINH HỌA" in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
    assert openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Số liệu"]["A1"].value == "DỮ LIỆU MINH HỌA"


def test_page_numbers_begin_on_the_second_page_and_the_foot_names_the_journal(as_post):
    w = province()
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(fetched(as_post(w.mai))["pdf"])).pages]
    assert not pages[0].startswith("1\n")
    seq = m.Event.objects.latest("seq").seq
    assert all(f"nhật ký số {seq}" in page for page in pages)


def test_files_are_named_after_what_they_hold_and_never_kept_by_a_cache(as_post):
    answer = as_post(province().mai).get(f"{AUGUST}bao-cao.docx{QUERY}")
    assert answer["Content-Disposition"] == 'attachment; filename="bao-cao-thongke-2026-t8-86.docx"'
    assert answer["Cache-Control"] == "private, no-store"
