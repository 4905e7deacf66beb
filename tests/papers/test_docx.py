import io
import zipfile
from dataclasses import replace

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from phoihop.papers.cells import Column, Figure, Row, Table
from phoihop.papers.document import Appendix, Document, Paragraph, figures_in
from phoihop.papers.docx import to_docx
from phoihop.papers.look import STYLES
from tests.papers.reading import word, word_figures, word_texts
from tests.papers.samples import a_joint_plan, a_letter, a_report, an_item, small_table


def parts(document):
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def value(element, path, attribute="w:val"):
    found = element.find(path, element.nsmap)
    return None if found is None else found.get(qn(attribute))


def test_the_page_is_a4_with_the_decrees_margins():
    section = word(a_letter()).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 20, 30, 15]


def test_every_style_is_real_and_set_as_the_table_of_looks_says():
    styles = {style.name: style for style in word(a_report()).styles}
    assert {look.name for look in STYLES.values()} <= set(styles)
    body, kind, basis = styles["Nội dung"], styles["Tên loại"], styles["Căn cứ"]
    assert (body.font.size, body.font.bold, body.paragraph_format.first_line_indent.mm) == (Pt(14), None, pytest.approx(10, abs=0.05))
    assert (body.paragraph_format.space_before, body.paragraph_format.line_spacing) == (Pt(6), pytest.approx(1.08, abs=0.01))
    assert (kind.font.size, kind.font.bold, basis.font.italic) == (Pt(14), True, True)


def test_the_typeface_and_the_language_are_vietnamese_offices():
    defaults = word(a_report()).styles.element.find(qn("w:docDefaults"))
    assert value(defaults, ".//w:rFonts", "w:ascii") == value(defaults, ".//w:rFonts", "w:hAnsi") == "Times New Roman"
    assert value(defaults, ".//w:lang") == "vi-VN"


def test_pages_are_numbered_in_the_top_margin_from_the_second_on():
    section = word(a_letter()).sections[0]
    assert section.different_first_page_header_footer is True
    assert value(section.header._element, ".//w:fldSimple", "w:instr") == "PAGE"
    assert section.header.paragraphs[0].style.name == "Số trang"
    assert section.first_page_header._element.findall(".//" + qn("w:fldSimple")) == []


def test_each_appendix_is_numbered_on_its_own_and_may_lie_across():
    main, first, second = word(a_report()).sections
    starts = [value(section._sectPr, "w:pgNumType", "w:start") for section in (main, first, second)]
    assert starts == [None, "1", "1"]
    assert [section.orientation for section in (main, first, second)] == [WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert (round(second.page_width.mm), round(second.page_height.mm)) == (297, 210)


def test_the_banner_of_demo_data_and_the_source_of_figures_are_on_every_page():
    for section in word(a_report(demo=True)).sections:
        for header in (section.header, section.first_page_header):
            assert header.paragraphs[-1].text == "DỮ LIỆU MINH HỌA"
        for footer in (section.footer, section.first_page_footer):
            assert footer.paragraphs[0].text.startswith("Số liệu đến 31/01/2026")


def test_what_is_no_demo_carries_no_banner():
    assert b"MINH H" not in b"".join(parts(a_report(demo=False)).values())
    assert [p.text for p in word(a_letter()).sections[0].first_page_header.paragraphs] == [""]


def test_tables_are_real_with_header_rows_that_repeat_and_widths_on_columns_and_cells():
    table = next(table for table in word(a_report(communes=40)).tables if len(table.columns) == 8)
    header = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
    assert header == [True, True] + [False] * (len(table.rows) - 2)
    assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)
    columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    last = [cell.width for cell in table.rows[-1].cells]
    assert [round(width.twips) for width in last] == columns
    assert sum(columns) == pytest.approx(Mm(165).twips, abs=8)


def test_a_header_of_two_rows_is_merged():
    table = next(table for table in word(a_report()).tables if len(table.columns) == 8)
    assert table.cell(0, 0).text == table.cell(1, 0).text == "Xã, phường"
    assert table.cell(0, 1)._tc is table.cell(0, 4)._tc
    assert [table.cell(1, column).text for column in (1, 4, 6, 7)] == ["Cuộc", "Lượt người", "Đã trả lời", "Đúng hạn"]
    assert table.cell(2, 0)._tc is table.cell(2, 7)._tc


def test_header_and_group_rows_stay_with_what_follows():
    table = next(table for table in word(a_report()).tables if len(table.columns) == 8)
    kept = [row._tr.find(".//" + qn("w:keepNext")) is not None for row in table.rows]
    assert kept == [True, True, True, *[False] * 11, True, False]


def test_rules_are_borders_of_paragraphs_and_nothing_floats():
    document = parts(a_report())["word/document.xml"]
    # Under the body, the motto, the abstract and the two appendices' references, and the frame of the mark.
    assert document.count(b"<w:pBdr><w:top ") == 6
    for floating in (b"<w:drawing", b"<w:pict", b"txbxContent", b"<v:", b"r:embed", b"r:link"):
        assert floating not in document


def test_the_rule_under_the_motto_is_as_long_as_the_motto():
    right = word(a_letter()).tables[0].cell(0, 1)
    rule = right.paragraphs[2].paragraph_format
    assert Mm(99).mm - rule.left_indent.mm - rule.right_indent.mm == pytest.approx(60.5, abs=0.3)


def test_heading_and_signatures_stand_in_tables_without_frame_top_aligned():
    tables = [table for table in word(a_joint_plan()).tables if len(table.columns) == 2]
    assert [table.cell(0, 0).paragraphs[0].text for table in tables] == [
        *("CÔNG AN TỈNH -", "Số: 12/KHLT-CAT-BCH-BP", "CÔNG AN TỈNH", "BAN CHỈ HUY BỘ ĐỘI", "Nơi nhận:")
    ]
    assert all(table._tbl.tblPr.find(qn("w:tblBorders")) is None for table in tables)
    assert {value(table._tbl, ".//w:vAlign") for table in tables} == {"top"}


def test_figures_wear_a_style_of_their_own_so_that_they_are_found_in_an_edited_file():
    assert word_figures(a_report()) == figures_in(a_report())


def test_the_properties_name_the_body_and_no_machine_or_user():
    told = word(a_report()).core_properties
    assert (told.author, told.last_modified_by, told.comments, told.language) == ("Công an tỉnh Vĩnh Long", "", "", "vi-VN")
    assert told.title == "Báo cáo Kết quả phối hợp giữa các lực lượng trong bảo đảm an ninh, trật tự tháng 01 năm 2026"
    assert told.created.isoformat() == told.modified.isoformat() == "2026-02-05T00:00:00+00:00"


def test_the_file_holds_only_what_it_needs_and_links_to_nothing():
    files = parts(a_letter())
    assert sorted(name for name in files if not name.startswith(("word/header", "word/footer"))) == [
        *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml"),
        *("word/_rels/document.xml.rels", "word/document.xml", "word/settings.xml", "word/styles.xml"),
    ]
    assert all(b'TargetMode="External"' not in content for content in files.values())


def test_the_same_document_is_the_same_bytes_and_no_time_of_making_is_kept():
    assert to_docx(a_report()) == to_docx(a_report())
    with zipfile.ZipFile(io.BytesIO(to_docx(a_letter()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_two_tables_never_touch_and_none_ends_the_body():
    body = word(Document("x", (small_table(), small_table()))).element.body
    tags = [child.tag.rsplit("}")[-1] for child in body]
    assert all(tags[at + 1] == "p" for at, tag in enumerate(tags) if tag == "tbl")


@pytest.mark.parametrize(
    "hostile",
    [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "</w:t></w:r><w:r><w:t>",
        "&amp; & ]]> <![CDATA[",
        "#import *bold* _i_ $x$ `r`",
        "{{ x }} {% y %}",
        "漢字 😀",
        "ệ" * 4000,
    ],
)
def test_a_hostile_text_is_only_text(hostile):
    document = Document(hostile, (Paragraph(hostile), Table((Column(hostile), Column("b")), (Row((hostile, Figure(5))),))))
    texts = word_texts(document)
    assert texts.count(hostile) >= 3
    assert word(document).core_properties.title == hostile[:255]


def test_characters_xml_cannot_carry_are_left_out():
    assert word_texts(Document("x", (Paragraph("a\x00\x0b\ud800b\ufffe"),)))[1] == "ab"


def test_line_breaks_of_a_text_become_breaks():
    assert word_texts(Document("x", (Paragraph("một\nhai"),)))[1] == "một\nhai"


def test_long_and_empty_tables_open():
    long = Table((Column("Xã"), Column("Cuộc")), tuple(Row((f"Xã {n}", Figure(n))) for n in range(300)))
    empty = Table((Column("Xã"), Column("Cuộc")), ())
    first, second = word(Document("x", (long, empty))).tables
    assert (len(first.rows), first.cell(300, 0).text, second.cell(1, 0).text) == (301, "Xã 299", "Chưa có số liệu")


def test_an_empty_document_and_an_empty_appendix_open():
    assert word_texts(replace(an_item(), body=(), abstract="")) == []
    assert word(Document("x", (), appendices=(Appendix("y", ()),))).sections[1].start_type is not None
