from dataclasses import replace
from datetime import date

import pytest

from phoihop.papers.cells import Column, Figure, Table
from phoihop.papers.composing import compose
from phoihop.papers.document import Appendix, Blank, Capacity, Document, Heading, Issued, Issuer, Item, Paragraph, Run, Signature, figures_in
from phoihop.papers.flow import Grid, Line, Pair, cleaned
from phoihop.papers.look import STYLES
from phoihop.papers.numbering import Level
from phoihop.papers.widths import bold_width
from tests.papers.samples import a_joint_plan, a_letter, a_report, an_item, small_table


def lines(document, style=""):
    """The text of each line, or of those in one style, down the pages."""
    found = []
    for section in compose(document).sections:
        for item in section.items:
            found += [item] if isinstance(item, Line) else [*item.left, *item.right] if isinstance(item, Pair) else []
    return [line.text for line in found if style in ("", line.style)]


def body_of(*blocks, **more):
    return [item for item in compose(Document("x", blocks, **more)).sections[0].items if getattr(item, "style", "") != "abstract"]


def test_the_heading_stands_as_the_decree_orders():
    top, below = compose(a_report()).sections[0].items[:2]
    assert [(line.style, line.text) for line in top.left] == [("superior", "BỘ CÔNG AN"), ("issuer", "CÔNG AN TỈNH VĨNH LONG")]
    assert [(line.style, line.text) for line in top.right] == [("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("motto", "Độc lập - Tự do - Hạnh phúc")]
    assert [(line.style, line.text) for line in below.left] == [("number", "Số: 05/BC-CAT"), ("circulation", "LƯU HÀNH NỘI BỘ")]
    assert [(line.style, line.text) for line in below.right] == [("place", "Vĩnh Long, ngày 05 tháng 02 năm 2026")]
    assert top.widths == below.widths == (66.0, 99.0)


def test_the_rules_are_as_long_as_the_decree_orders():
    report = compose(a_report()).sections[0].items
    issuer, motto = report[0].left[-1], report[0].right[-1]
    abstract = [item for item in report if isinstance(item, Line) and item.style == "abstract"][-1]
    assert motto.rule == pytest.approx(bold_width(motto.text, 14))
    assert 1 / 3 <= issuer.rule / bold_width(issuer.text, 13) <= 1 / 2
    assert 1 / 3 <= abstract.rule / bold_width(abstract.text, 14) <= 1 / 2


def test_the_rule_under_a_name_of_several_lines_stands_under_the_last():
    top = compose(a_letter()).sections[0].items[0]
    assert [(line.text, line.rule > 0) for line in top.left] == [("QUÂN KHU 9", False), ("BỘ CHỈ HUY QUÂN SỰ", False), ("TỈNH VĨNH LONG", True)]
    assert top.left[-1].rule / bold_width("TỈNH VĨNH LONG", 13) == pytest.approx(1 / 2)
    assert 1 / 3 <= top.left[-1].rule / bold_width("BỘ CHỈ HUY QUÂN SỰ", 13) <= 1 / 2


def test_an_official_letter_has_its_abstract_under_the_number_and_no_title():
    below = compose(a_letter()).sections[0].items[1]
    assert [line.text for line in below.left] == ["Số: ……/BCH-TM", "V/v cử lực lượng tuần\ntra chung tuyến biển"]
    assert lines(a_letter(), "kind") + lines(a_letter(), "abstract") == []
    assert lines(a_letter(), "addressee") == ["Kính gửi: Công an tỉnh Vĩnh Long"]


def test_a_joint_document_names_every_body_and_is_signed_by_each_the_leading_one_first():
    assert lines(a_joint_plan(), "issuer") == ["CÔNG AN TỈNH -", "BỘ CHỈ HUY QUÂN SỰ TỈNH -", "BAN CHỈ HUY BỘ ĐỘI", "BIÊN PHÒNG TỈNH"]
    assert lines(a_joint_plan(), "superior") == []
    signed = [item for item in compose(a_joint_plan()).sections[0].items if isinstance(item, Pair)][2:]
    assert [(pair.left[0].text, pair.right[0].text if pair.right else "") for pair in signed] == [
        ("CÔNG AN TỈNH", "BỘ CHỈ HUY QUÂN SỰ TỈNH"),
        ("BAN CHỈ HUY BỘ ĐỘI", ""),
        ("Nơi nhận:", ""),
    ]
    assert lines(a_joint_plan(), "signatory") == ["Nguyễn Văn A", "Trần Văn B", "Lê Văn C"]


def test_a_superior_shared_by_all_bodies_is_named_once():
    both = replace(a_joint_plan(), issuers=(Issuer("Đồn A", "Bộ đội Biên phòng"), Issuer("Đồn B", "Bộ đội Biên phòng")))
    assert lines(both, "superior") == ["BỘ ĐỘI BIÊN PHÒNG"]


def test_divisions_are_numbered_and_their_titles_set_in_capitals_where_ordered():
    body = lines(a_joint_plan())
    start = body.index("Phần I")
    assert body[start : start + 19] == [
        *("Phần I", "NHỮNG QUY ĐỊNH CHUNG", "Chương I", "MỤC ĐÍCH, YÊU CẦU", "Mục 1", "MỤC ĐÍCH", "Tiểu mục 1", "TRÊN BIỂN"),
        *("Điều 1. Phạm vi", "1. Tuyến biển.", "2. Tuyến sông:"),
        *("a) Đoạn một;", "b) Đoạn hai;", "c) Đoạn ba;", "d) Đoạn bốn;", "đ) Đoạn năm;", "e) Đoạn sáu;", "g) Đoạn bảy;"),
        "Chương II",
    ]
    assert body[start + 20 : start + 23] == ["Điều 2. Các bên tổ chức thực hiện kế hoạch này.", "1. Công an tỉnh chủ trì.", "- Báo cáo hằng tháng./."]


def test_groups_and_titled_clauses_are_of_a_text_without_chapters():
    assert lines(a_report(), "group")[:3] == ["I. KẾT QUẢ PHỐI HỢP", "II. KẾT QUẢ THEO XÃ", "III. HẠN CHẾ, NGUYÊN NHÂN"]
    assert lines(a_report(), "clause") == ["1. Tuần tra chung"]


@pytest.mark.parametrize(("make", "level"), [(Heading, Level.POINT), (Heading, Level.DASH), (Item, Level.PART), (Item, Level.GROUP)])
def test_what_has_a_title_and_what_has_none_are_not_mixed_up(make, level):
    with pytest.raises(ValueError, match=level.name):
        make(level, "x")


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (Paragraph("Hết."), "Hết./."),
        (Paragraph(("Tổng số ", Figure(12))), "Tổng số 12./."),
        (Item(Level.POINT, "Hết;"), "a) Hết./."),
        (Paragraph("Gồm có:"), "Gồm có:"),
        (Paragraph(""), ""),
        (Heading(Level.GROUP, "Hết"), "I. HẾT"),
    ],
)
def test_a_signed_text_is_closed_and_its_last_sentence_stays_with_the_signature(last, end):
    signed = lines(Document("x", (last,), signatures=(Signature("Giám đốc", "A"),)))
    unsigned = lines(Document("x", (last,)))
    assert signed[1] == end
    assert unsigned[1] == end.replace("Hết./.", last.text if isinstance(getattr(last, "text", None), str) else "").replace("12./.", "12")


def test_a_text_that_ends_with_a_table_is_not_closed():
    signed = Document("x", (small_table(),), signatures=(Signature("Giám đốc", "A"),))
    assert lines(signed)[:3] == ["x", "", "–: chưa có số liệu"]


def test_the_signature_block_carries_capacity_other_post_and_rank():
    signature = Signature("Phó Chủ tịch", "Lê Văn C", ((Capacity.FOR_BODY, "Ủy ban nhân dân"),), other_post="Trưởng Ban Chỉ đạo", rank="Đại tá")
    pair = compose(Document("x", (), signatures=(signature,))).sections[0].items[-1]
    assert [(line.style, line.text) for line in pair.right] == [
        ("authority", "TM. ỦY BAN NHÂN DÂN"),
        ("authority", "PHÓ CHỦ TỊCH"),
        ("signature", "TRƯỞNG BAN CHỈ ĐẠO"),
        ("signatory", "Đại tá Lê Văn C"),
    ]
    assert pair.left == ()


def test_appendices_are_sections_of_their_own_with_what_they_come_with():
    flow = compose(a_report())
    assert [(section.page.width, section.items[0].text) for section in flow.sections[1:]] == [(210, "Phụ lục I"), (297, "Phụ lục II")]
    assert [item.text for item in flow.sections[2].items[:3]] == ["Phụ lục II", "BIỂU CHI TIẾT", lines(a_report(), "appendix-with")[1]]
    alone = replace(an_item(), appendices=(Appendix("Bảng", ()),))
    assert [item.text for item in compose(alone).sections[1].items] == ["Phụ lục", "BẢNG"]


def test_numbering_begins_again_in_an_appendix():
    document = Document("x", (Heading(Level.GROUP, "một"),), appendices=(Appendix("y", (Heading(Level.GROUP, "hai"),)),))
    assert lines(document, "group") == ["I. MỘT", "I. HAI"]


def test_a_table_keeps_its_widths_header_groups_and_sums():
    grid = next(item for item in compose(a_report(communes=40)).sections[2].items if isinstance(item, Grid))
    assert sum(grid.widths) == pytest.approx(252, abs=0.05)
    assert [[(slot.text, slot.columns, slot.rows) for slot in row] for row in grid.header] == [
        [("Xã, phường", 1, 2), ("Tuần tra chung", 4, 1), ("Vụ việc mới", 1, 2), ("Tin xác minh", 2, 1)],
        [(title, 1, 1) for title in ("Cuộc", "Trên biển", "Lượt tổ", "Lượt người", "Đã trả lời", "Đúng hạn")],
    ]
    assert (grid.rows[0][0].text, grid.rows[0][0].columns, grid.rows[0][0].bold) == ("Khu vực A", 8, True)
    assert [slot.text for slot in grid.rows[-1]] == ["Toàn tỉnh", "20.629", "4.120", "82.516", "226.919", "63", "412", "97,8%"]
    assert {slot.align for slot in grid.rows[-1][1:]} == {"right"}
    assert grid.keeps == {0, 32, len(grid.rows) - 2}


def test_a_table_without_rows_says_so():
    (_, grid, _) = body_of(Table((Column("Xã"), Column("Cuộc")), ()))
    assert [(slot.text, slot.columns) for slot in grid.rows[0]] == [("Chưa có số liệu", 2)]


def test_every_style_a_document_uses_is_in_the_table_of_looks():
    used = {item.style for d in (a_report(), a_letter(), a_joint_plan()) for s in compose(d).sections for item in s.items if not isinstance(item, Pair)}
    used |= {
        line.style for d in (a_report(), a_joint_plan()) for s in compose(d).sections for i in s.items if isinstance(i, Pair) for line in (*i.left, *i.right)
    }
    assert used <= set(STYLES)
    assert len({style.name for style in STYLES.values()}) == len(STYLES)


def test_an_item_without_a_heading_begins_with_its_abstract():
    assert lines(an_item())[0] == "Tuần tra chung TT-26-QS86-18371-7"
    assert compose(an_item()).banner == "DỮ LIỆU MINH HỌA"
    assert compose(a_letter()).banner == compose(a_letter()).provenance == ""


def test_a_units_own_book_leaves_the_country_out():
    book = replace(a_letter(), national=False, kind="Sổ trực ban", issued=None)
    top = compose(book).sections[0].items[0]
    assert (top.right, top.widths) == ((), (82.5, 82.5))


def test_blank_lines_are_left_for_the_hand():
    assert [set(line.text) for line in body_of(Blank(2))] == [{"…"}, {"…"}]


def test_paragraphs_may_stand_otherwise_than_justified():
    assert [line.style for line in body_of(Paragraph("a"), Paragraph("b", "center"), Paragraph("c", "left"), Paragraph("d", "right"))] == [
        *("text", "text-center", "text-left", "text-right")
    ]


def test_runs_keep_their_face_and_figures_are_marked():
    (line,) = body_of(Paragraph(("Có ", Run(Figure(1746), bold=True), Run(" cuộc", italic=True))))
    assert [(p.text, p.bold, p.italic, p.figure) for p in line.pieces] == [
        ("Có ", False, False, False),
        ("1.746", True, False, True),
        (" cuộc", False, True, False),
    ]


def test_all_figures_are_listed_in_the_order_of_reading():
    document = Document(
        "tháng 10 năm 2026",
        (Paragraph(("Có ", Figure(1746), " cuộc, ngày 05")), small_table(), Item(Level.POINT, Figure(None))),
        appendices=(Appendix("x", (Paragraph(Figure(5, 1)),)),),
    )
    assert figures_in(document) == ["1.746", "388", "21", "–", "13", "1.746", "63", "–", "0,5"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301a\u0302\u0301", "éấ"),
        ("a\tb\r\nc\nd", "a b\nc\nd"),
        ("a\x00\x07b\u202ec\u200bd\ufeff", "abcd"),
        ("\ud800x\ue000y\uffff", "xy"),
        ("Xã Thạnh Hải – 20.629", "Xã Thạnh Hải – 20.629"),
    ],
)
def test_only_what_print_can_carry_is_kept(typed, kept):
    assert cleaned(typed) == kept


def test_the_file_is_of_the_day_of_issue_else_of_its_figures():
    report = a_report()
    assert compose(report).stamp == date(2026, 2, 5)
    assert compose(replace(report, issued=Issued("Vĩnh Long", 2026))).stamp == date(2026, 1, 31)
    assert compose(replace(report, issued=None, provenance=None)).stamp == date(2000, 1, 1)
