import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from phoihop.papers.cells import Column, Figure, HeaderCell, Row, Table
from phoihop.papers.sheet import Sheet, Workbook, number_format, to_xlsx
from tests.papers.samples import PROVENANCE, commune_table

HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("https://x")', "{=1}", "https://x.vn", "0123"]


def table_of(*cells, kind="plain", titles=None):
    return Table(tuple(Column(title, align="right") for title in titles or [f"c{n}" for n in range(len(cells))]), (Row(cells, kind),))


def opened(*sheets, **more):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(Workbook(sheets, **more))))


def row_of(*cells, **more):
    """The cells of the one row below the header."""
    return list(opened(Sheet("s", table_of(*cells)), **more).worksheets[0].iter_rows())[1]


@pytest.mark.parametrize(
    ("cell", "value", "form"),
    [
        (Figure(20629), 20629, "[$-42A]#,##0"),
        (Figure(978, 1), 97.8, "[$-42A]#,##0.0"),
        (Figure(978, 1, percent=True), 0.978, "[$-42A]#,##0.0%"),
        (Figure(61475, 3), 61.475, "[$-42A]#,##0.000"),
        (Figure(125, 1, mark="≈"), 12.5, '[$-42A]"≈"#,##0.0'),
        (Figure(180, mark=">"), 180, '[$-42A]">"#,##0'),
        (Figure(-3), -3, "[$-42A]#,##0"),
        (date(2026, 11, 21), datetime.combine(date(2026, 11, 21), time()), "dd/mm/yyyy"),
        (Figure(None), "–", "General"),
        (None, "–", "General"),
        ("", None, "General"),
        ("<5", "<5", "General"),
        (Figure(10**18), "1.000.000.000.000.000.000", "General"),
    ],
)
def test_a_figure_stays_a_number_and_what_is_missing_is_a_dash(cell, value, form):
    (found,) = row_of(cell)
    assert (found.value, found.number_format) == (value, form)


def test_in_english_the_separators_are_left_to_the_readers_machine():
    assert number_format(Figure(978, 1, percent=True), "en") == "#,##0.0%"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    book = opened(Sheet("s", table_of(text, titles=[text]), (text,)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}
    with zipfile.ZipFile(io.BytesIO(to_xlsx(Workbook((Sheet("s", table_of(text)),))))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_like_a_formula_stays_a_text_when_the_cell_is_edited():
    assert [cell.quotePrefix for cell in row_of("=1", "Ba Tri", "-", "a=1")] == [True, False, True, False]


def test_a_sheet_has_its_titles_header_groups_sums_notes_and_source():
    page = opened(Sheet("Theo xã", commune_table(40), ("Kết quả", "Tháng 01/2026")), demo=True, provenance=PROVENANCE).worksheets[0]
    first = [row[0].value for row in page.iter_rows()]
    assert first[:4] == ["DỮ LIỆU MINH HỌA", "Kết quả", "Tháng 01/2026", "Đơn vị tính: cuộc, lượt, vụ, tin"]
    assert first[4:9] == ["Xã, phường", None, "Khu vực A", "Phường Nguyễn Đình Chiểu", "Xã Thạnh Hải"]
    assert first[-3:] == ["Toàn tỉnh", "–: chưa có số liệu", "Số liệu đến 31/01/2026 · theo địa giới ngày 01/07/2025 · nhật ký số 48213, mã 3f9a1c2e4b07"]
    assert page.freeze_panes == "B7"
    assert {str(merged) for merged in page.merged_cells.ranges} == {"A5:A6", "B5:E5", "F5:F6", "G5:H5"}
    assert page.print_title_rows == "$5:$6"
    assert [cell.font.bold for cell in (page["A7"], page["A8"], page["B8"], page.cell(len(first) - 2, 2))] == [True, False, False, True]
    assert page.column_dimensions["A"].width > page.column_dimensions["B"].width >= 8


def test_the_demo_banner_is_on_every_printed_page_and_only_of_demo_data():
    sheet = Sheet("s", table_of("a"))
    assert opened(sheet, demo=True).worksheets[0].oddHeader.center.text == "&BDỮ LIỆU MINH HỌA"
    assert opened(sheet, demo=True, language="en").worksheets[0]["A1"].value == "DEMONSTRATION DATA"
    assert opened(sheet).worksheets[0].oddHeader.center.text is None
    assert opened(sheet).worksheets[0]["A1"].value == "c0"


def test_a_workbook_in_english_says_so_in_english():
    said = [row[0].value for row in opened(Sheet("s", table_of(None)), language="en", provenance=PROVENANCE).worksheets[0].iter_rows()]
    assert said == ["c0", "–", "–: no figure yet", "Figures to 31 Jan 2026 · boundaries of 1 Jul 2025 · journal no. 48213, hash 3f9a1c2e4b07"]


def test_sheet_names_are_made_acceptable_and_distinct():
    long = "Kết quả tuần tra chung của các lực lượng"
    names = ["Theo xã/phường", "theo xã phường", "", "'[:*?]'", long, long, "Theo xã/phường"]
    book = opened(*(Sheet(name, table_of("a")) for name in names))
    assert book.sheetnames == [*("Theo xã phường", "theo xã phường (2)", "Bảng", "Bảng (2)", long[:31].strip(), f"{long[:26]} (2)", "Theo xã phường (3)")]


def test_an_empty_table_says_that_there_are_no_figures():
    page = opened(Sheet("s", Table((Column("Xã"), Column("Cuộc")), ()))).worksheets[0]
    assert [row[0].value for row in page.iter_rows()] == ["Xã", "Chưa có số liệu"]


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    (cell,) = row_of("x" * 40_000)
    assert (len(cell.value), cell.value[-2:]) == (32_767, "x…")


def test_the_same_workbook_is_the_same_bytes_and_names_no_user():
    book = Workbook((Sheet("s", commune_table(40)),), title="Kết quả", provenance=PROVENANCE)
    assert to_xlsx(book) == to_xlsx(book)
    told = openpyxl.load_workbook(io.BytesIO(to_xlsx(book))).properties
    assert (told.title, told.creator, told.lastModifiedBy, told.created) == ("Kết quả", None, None, datetime.combine(date(2026, 1, 31), time()))
    with zipfile.ZipFile(io.BytesIO(to_xlsx(book))) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


def test_another_reader_finds_the_same_figures():
    page = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(Workbook((Sheet("s", commune_table(124)),))))).get_sheet_by_index(0)
    assert page.to_python()[-2] == ["Toàn tỉnh", 20629, 4120, 82516, 226919, 63, 412, 0.978]


def test_a_header_cell_that_reaches_over_others_is_merged_once():
    header = ((HeaderCell("=a", columns=2),), (HeaderCell("b"), HeaderCell("c")))
    page = opened(Sheet("s", Table((Column("b"), Column("c")), (), header))).worksheets[0]
    assert (page["A1"].value, page["A1"].data_type, [str(merged) for merged in page.merged_cells.ranges]) == ("=a", "s", ["A1:B1"])
