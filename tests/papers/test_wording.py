from dataclasses import replace

import pytest

from phoihop.papers.composing import compose
from phoihop.papers.document import Capacity, Issued, Issuer, Signature
from phoihop.papers.wording import (
    addressee_lines,
    appendix_label,
    authority_lines,
    basis_lines,
    closed,
    day_in_words,
    issuer_names,
    name_lines,
    number_and_symbol,
    provenance_line,
    recipient_lines,
    sent_with,
    signatory,
)
from tests.papers.samples import PROVENANCE, a_joint_plan, a_letter, a_report


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [
        (5, "BC-UBND", "05/BC-UBND"),
        (9, "UBND-NC", "09/UBND-NC"),
        (10, "QĐ-BNV", "10/QĐ-BNV"),
        (1234, "BC-CAT", "1234/BC-CAT"),
        (3, "2019/NĐ-CP", "03/2019/NĐ-CP"),
        (149, "KH/ĐUCA", "149-KH/ĐUCA"),
        (53, "CT/TU", "53-CT/TU"),
        (None, "BC-UBND", "……/BC-UBND"),
        (None, "KH/ĐUCA", "……-KH/ĐUCA"),
        (7, "", "07"),
    ],
)
def test_a_number_below_ten_has_a_nought_and_a_missing_one_is_dotted(number, symbol, written):
    assert number_and_symbol(number, symbol) == written


@pytest.mark.parametrize(
    ("year", "month", "day", "written"),
    [
        (2020, 1, 5, "ngày 05 tháng 01 năm 2020"),
        (2020, 2, 10, "ngày 10 tháng 02 năm 2020"),
        (2019, 6, 29, "ngày 29 tháng 6 năm 2019"),
        (2026, 3, 9, "ngày 09 tháng 3 năm 2026"),
        (2026, 12, 31, "ngày 31 tháng 12 năm 2026"),
        (2026, 10, None, "ngày …… tháng 10 năm 2026"),
        (None, None, None, "ngày …… tháng …… năm ……"),
    ],
)
def test_days_below_ten_and_the_months_one_and_two_have_a_nought(year, month, day, written):
    assert day_in_words(year, month, day) == written


def test_one_addressee_stands_on_the_line_several_are_listed():
    assert addressee_lines(("Bộ Nội vụ",)) == ["Kính gửi: Bộ Nội vụ"]
    assert addressee_lines(("Bộ Nội vụ", "Bộ Tài chính;")) == ["Kính gửi:", "- Bộ Nội vụ;", "- Bộ Tài chính."]
    assert addressee_lines(()) == []


def test_each_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop():
    assert basis_lines(("Căn cứ Luật A;", "Căn cứ Nghị định B.", "Căn cứ C")) == ["Căn cứ Luật A;", "Căn cứ Nghị định B;", "Căn cứ C."]


def test_recipients_begin_with_as_above_only_where_something_is_above_and_end_with_the_file():
    assert recipient_lines(a_report()) == ["- Như trên;", "- Bộ CHQS tỉnh;", "- Ban Chỉ huy Bộ đội Biên phòng;", "- Lưu: VT, PV01."]
    assert recipient_lines(a_joint_plan()) == ["- Ủy ban nhân dân tỉnh;", "- Lưu: VT."]


@pytest.mark.parametrize(
    ("position", "on_behalf", "lines"),
    [
        ("Giám đốc", (), ["GIÁM ĐỐC"]),
        ("Chủ tịch", ((Capacity.FOR_BODY, "Ủy ban nhân dân"),), ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            "Phó Chủ tịch",
            ((Capacity.FOR_BODY, "Ủy ban nhân dân"), (Capacity.FOR_HEAD, "Chủ tịch")),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        ("Trưởng phòng", ((Capacity.BY_ORDER, "Giám đốc"),), ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ("Trưởng phòng", ((Capacity.BY_DELEGATION, "Giám đốc"),), ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ("Giám đốc", ((Capacity.ACTING, ""),), ["Q. GIÁM ĐỐC"]),
    ],
)
def test_on_whose_behalf_stands_above_the_position(position, on_behalf, lines):
    assert authority_lines(Signature(position, on_behalf=on_behalf)) == lines


def test_a_rank_stands_before_the_name():
    assert [signatory(Signature("", "Nguyễn Văn A", rank="Đại tá")), signatory(Signature("", "Nguyễn Văn A")), signatory(Signature(""))] == [
        "Đại tá Nguyễn Văn A",
        "Nguyễn Văn A",
        "",
    ]


def test_one_appendix_has_no_number_several_have_roman_ones():
    assert [appendix_label(1, 1), appendix_label(1, 2), appendix_label(4, 4)] == ["Phụ lục", "Phụ lục I", "Phụ lục IV"]


def test_an_appendix_says_what_it_comes_with():
    assert sent_with(a_report()) == "(Kèm theo Báo cáo số 05/BC-CAT ngày 05 tháng 02 năm 2026 của Công an tỉnh Vĩnh Long)"
    assert sent_with(a_letter()) == "(Kèm theo Công văn số ……/BCH-TM ngày …… tháng 10 năm 2026 của Bộ Chỉ huy Quân sự tỉnh Vĩnh Long)"
    of_two = replace(a_joint_plan(), issuers=(Issuer("Công an\ntỉnh"), Issuer("Bộ CHQS tỉnh")), issued=None)
    assert sent_with(of_two) == "(Kèm theo Kế hoạch số 12/KHLT-CAT-BCH-BP ngày …… tháng …… năm …… của Công an tỉnh và Bộ CHQS tỉnh)"


def test_the_bodies_of_a_joint_document_are_joined_the_leading_one_first():
    assert issuer_names((Issuer("Công an tỉnh"), Issuer("Bộ CHQS tỉnh"))) == ["Công an tỉnh -", "Bộ CHQS tỉnh"]
    assert issuer_names((Issuer("Công an tỉnh"),)) == ["Công an tỉnh"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Công an tỉnh Vĩnh Long", ["CÔNG AN TỈNH VĨNH LONG"]),
        ("Bộ Chỉ huy Quân sự tỉnh Vĩnh Long", ["BỘ CHỈ HUY QUÂN SỰ", "TỈNH VĨNH LONG"]),
        ("Ban Chỉ huy Phòng thủ khu vực 3 - Mỏ Cày", ["BAN CHỈ HUY PHÒNG THỦ", "KHU VỰC 3 - MỎ CÀY"]),
        ("Ban Chỉ huy\nBộ đội Biên phòng tỉnh", ["BAN CHỈ HUY", "BỘ ĐỘI BIÊN PHÒNG TỈNH"]),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Vĩnh Long", ["ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM", "TỈNH VĨNH LONG"]),
        ("", []),
    ],
)
def test_a_long_name_is_broken_before_the_name_of_its_area(name, lines):
    assert name_lines(name, 13, 66) == lines


@pytest.mark.parametrize(
    ("text", "end"),
    [("Hết.", "Hết./."), ("Hết", "Hết./."), ("Hết;", "Hết./."), ("Hết./.", "Hết./."), ("Gồm có:", "Gồm có:")],
)
def test_the_last_sentence_is_closed_as_the_decrees_forms_close_it(text, end):
    assert closed(text) == end


def test_the_source_of_figures_is_told_in_one_line():
    assert provenance_line(PROVENANCE) == "Số liệu đến 31/01/2026 · theo địa giới ngày 01/07/2025 · nhật ký số 48213, mã 3f9a1c2e4b07"
    assert provenance_line(replace(PROVENANCE, boundaries=None), "en") == "Figures to 31 Jan 2026 · journal no. 48213, hash 3f9a1c2e4b07"


def test_a_day_of_issue_is_known_only_when_all_of_it_is():
    assert Issued("Vĩnh Long", 2026, 10).date is None
    assert Issued("Vĩnh Long", 2026, 10, 7).date.isoformat() == "2026-10-07"


@pytest.mark.parametrize(
    ("draft", "demo", "banner"),
    [(False, False, ""), (True, False, "DỰ THẢO"), (False, True, "DỮ LIỆU MINH HỌA"), (True, True, "DỰ THẢO · DỮ LIỆU MINH HỌA")],
)
def test_a_draft_and_demonstration_data_say_so_at_the_head_of_every_page(draft, demo, banner):
    assert compose(replace(a_letter(), draft=draft, demo=demo)).banner == banner
