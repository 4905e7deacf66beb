"""A report on paper: the same figures in .docx, PDF and workbook, under the head of the force that sends it."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from phoihop.papers.cells import Figure
from phoihop.papers.document import Blank, Capacity, figures_in
from phoihop.papers.plain import to_text
from phoihop.papers.sheet import to_xlsx
from phoihop.reports.books import workbook
from phoihop.reports.legal import by_commune, document
from tests.papers.reading import numbers, pages, word_figures, word_texts
from tests.reports.province import TODAY, on_paper, province

pytestmark = pytest.mark.django_db


def made(w, **change):
    return document(on_paper(w, **change), w.police, TODAY, demo=True)


def table_texts(report) -> list[str]:
    return [cell.text() for row in by_commune(report).rows for cell in row.cells if isinstance(cell, Figure)]


def test_document_and_pdf_carry_every_figure_of_the_report():
    w = province()
    report = on_paper(w)
    paper = document(report, w.police, TODAY, demo=False)
    assert word_figures(paper) == figures_in(paper)
    assert figures_in(paper)[-len(table_texts(report)) :] == table_texts(report)
    listed = sum((numbers(figure) for figure in figures_in(paper)), Counter())
    assert listed <= numbers("\n".join(word_texts(paper)))
    assert listed <= numbers("\n".join(pages(paper)))


def test_the_workbook_carries_the_same_figures_as_numbers():
    w = province()
    report = on_paper(w)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(workbook(report, TODAY, demo=True))))["Số liệu"]
    start = next(n for n, row in enumerate(sheet.iter_rows(values_only=True), 1) if row[0] == "Địa bàn")
    for line, row in zip(report.lines, sheet.iter_rows(min_row=start + 1, max_row=start + len(report.lines), values_only=True), strict=True):
        assert (row[0], [value if value == "–" else pytest.approx(value) for value in row[1:]]) == (line.name, [typed(c.shown) for c in line.cells])
    assert sheet.freeze_panes == f"B{start + 1}"


def typed(figure: Figure) -> float | str:
    if figure.value is None:
        return "–"
    return figure.value / 10**figure.scale / (100 if figure.percent else 1)


def test_the_workbook_says_what_was_asked():
    w = province()
    report = on_paper(w)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(workbook(report, TODAY, demo=False))))
    assert book.sheetnames == ["Số liệu", "Cùng kỳ năm trước", "Toàn địa bàn", "Nguồn"]
    asked = {row[0]: row[1] for row in book["Nguồn"].iter_rows(values_only=True)}
    assert (asked["Lịch báo cáo"], asked["Kỳ"]) == ("THONGKE · Dương lịch (Luật Thống kê)", "2026-T8 · Tháng 8 năm 2026")
    assert (asked["Nhật ký đến số"], asked["Mã nhật ký"]) == (str(report.head[0]), report.head[1])
    assert asked["Tuần tra chung"].startswith("TR.01 · cộng các bản ghi trong kỳ · cuộc · Tuyến biển")


def test_it_is_headed_addressed_and_signed_as_the_force_does():
    paper = made(province())
    assert (paper.issuers[0].superior, paper.issuers[0].name, paper.symbol, paper.number) == ("Bộ Công an", "Công an tỉnh Sông Đất", "BC-CAT", None)
    assert (paper.issued.place, paper.issued.year, paper.issued.day) == ("Sông Đất", 2026, None)
    assert (paper.addressees, paper.archive, paper.signatures[0].position) == (("Bộ Công an",), "VT, PV01", "Giám đốc")
    assert paper.abstract == "Kết quả phối hợp giữa các lực lượng tháng 8 năm 2026 trên địa bàn tỉnh Sông Đất"
    assert (paper.draft, paper.demo) == (True, True)


def test_who_signs_for_a_body_says_so():
    w = province()
    w.police.letterheads.update(signer="TM. Ủy ban nhân dân, Chủ tịch")
    assert made(w).signatures[0].on_behalf == ((Capacity.FOR_BODY, "Ủy ban nhân dân"),)
    assert made(w).signatures[0].position == "Chủ tịch"


def test_a_unit_without_a_letterhead_sends_it_under_its_name():
    w = province()
    paper = document(on_paper(w), w.army, TODAY, demo=False)
    assert (paper.issuers[0].name, paper.symbol, paper.addressees) == ("Bộ CHQS tỉnh Sông Đất", "BC", ())


def test_it_says_what_is_not_settled_and_leaves_to_people_what_is_theirs():
    w = province()
    text = to_text(made(w))
    assert "Các lực lượng tổ chức 7 cuộc tuần tra chung, trong đó vũ trang 1 cuộc, tuyến biển, biên giới 3 cuộc; huy động 0 lượt tổ, 1.290 lượt người" in text
    assert "Cùng kỳ năm trước: 2 cuộc; tăng 5 cuộc (250,0%)." in text
    assert "Đã xác nhận 7 cuộc; chờ xác nhận 0 cuộc, thiếu kết quả 0 cuộc, chưa thống nhất 0 cuộc (các cuộc này không tính vào số trên)." in text
    assert "Thực hiện 4 trên 5 cuộc theo kế hoạch, đạt 80,0%." in text
    assert "Có 2 xã, phường, đặc khu được tuần tra ít nhất một lần trong kỳ; đạt 100,0% số địa bàn theo kế hoạch." in text
    assert sum(isinstance(block, Blank) for block in made(w).body) == 2


def test_what_is_missing_is_said_to_be_missing():
    w = province()
    text = to_text(made(w, code="2026-T3"))
    assert "Các lực lượng tổ chức – cuộc tuần tra chung" in text
    assert "Cùng kỳ năm trước: chưa có số liệu." in text
    assert "–: chưa có số liệu" in text
    assert "0 cuộc tuần tra chung" not in text


def test_its_foot_says_up_to_which_event_and_the_same_report_is_the_same_paper():
    w = province()
    report = on_paper(w)
    first = document(report, w.police, TODAY, demo=False)
    assert f"nhật ký số {report.head[0]}, mã {report.head[1][:12]}" in to_text(first)
    assert document(replace(report), w.police, TODAY, demo=False) == first
