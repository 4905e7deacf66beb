"""The single rules of reading, as truth tables without a database."""

from __future__ import annotations

import io
import json

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from phoihop.domain.agreements.rules.reading import read
from phoihop.domain.agreements.rules.reading.acts import act_of
from phoihop.domain.agreements.rules.reading.bodies import runs
from phoihop.domain.agreements.rules.reading.cadence import cadences, cadences_of_cell
from phoihop.domain.agreements.rules.reading.deadlines import days, days_of_cell, minutes, onward, workdays
from phoihop.domain.agreements.rules.reading.office import of_docx
from phoihop.domain.agreements.rules.reading.plain import plain
from phoihop.domain.agreements.rules.reading.printed import joined
from phoihop.domain.agreements.rules.reading.roles import doings
from phoihop.domain.agreements.rules.reading.staged import Meaning, Staged, names_in
from phoihop.domain.agreements.rules.reading.why import RULES

from .files import text_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh và Sở Nội vụ tổ chức", [["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Sở Nội vụ"]]),
        ("do Bộ Nông nghiệp và Phát triển nông thôn chủ trì", [["Bộ Nông nghiệp và Phát triển nông thôn"]]),
        ("Trưởng Công an xã báo cáo Chủ tịch Ủy ban nhân dân xã", [["Trưởng Công an xã"], ["Chủ tịch Ủy ban nhân dân xã"]]),
        ("Tổ bảo vệ an ninh, trật tự phối hợp", [["Tổ bảo vệ an ninh, trật tự"]]),
        ("phòng, chống tội phạm ở cơ sở; bố trí lực lượng", []),
    ],
    ids=["list", "ministry", "office", "comma", "none"],
)
def test_bodies_are_named_as_the_text_calls_them(sentence, names):
    assert [[b.text for b in run] for run in runs(sentence)] == names


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Giao ban hằng tháng, quý, 6 tháng và năm", ["month", "quarter", "half", "year"]),
        ("diễn tập mỗi nhiệm kỳ ít nhất một lần", ["term"]),
        ("kiểm tra định kỳ hằng quý hoặc đột xuất", ["quarter", "demand"]),
        ("mở ít nhất 02 lớp/năm", ["year"]),
        ("hưởng phụ cấp hằng tháng theo dự toán hằng năm", []),
        ("bê con đến 6 tháng tuổi; trong thời hạn 6 tháng kể từ ngày ký", []),
        ("thông báo khi có vụ việc phức tạp", ["demand"]),
    ],
    ids=["several", "term", "demand-too", "per-year", "allowance", "age", "on-demand"],
)
def test_how_often(sentence, found):
    assert [m.value for m in cadences(sentence)] == found


def test_in_a_table_the_bare_word_is_enough():
    cells = ("Quý", "6 tháng", "Hằng tháng, 6 tháng, năm", "Quý II", "Tháng 6", "")
    assert [[m.value for m in cadences_of_cell(cell)] for cell in cells] == [["quarter"], ["half"], ["month", "half", "year"], [], [], []]


@pytest.mark.parametrize(
    ("sentence", "workday", "minute", "day"),
    [
        ("chậm nhất 03 ngày làm việc", "3", None, []),
        ("trong thời hạn 24 giờ", None, "1440", []),
        ("trong vòng 30 phút", None, "30", []),
        ("báo cáo 30 phút một lần", None, None, []),
        ("chậm nhất sau 15 ngày kể từ khi kết thúc", None, "21600", []),
        ("nắng nóng kéo dài không quá 35 ngày ở vùng 2", None, None, []),
        ("trước ngày 15", None, None, ["15"]),
        ("trước ngày 15 tháng 5", None, None, ["15/5"]),
        ("xong trước 31/12/2025.", None, None, ["2025-12-31"]),
        ("trước ngày 30/2/2026", None, None, []),
        ("trước ngày 10 tháng 6 và ngày 10 tháng 11", None, None, ["10"]),
        ("ngày 12 tháng 3 năm 2025", None, None, []),
    ],
    ids=["workdays", "hours", "minutes", "frequency", "days", "weather", "of-month", "of-year", "date", "no-day", "twice", "bare"],
)
def test_by_when(sentence, workday, minute, day):
    found = (workdays(sentence), minutes(sentence))
    assert ([m and m.value for m in found], [m.value for m in days(sentence, True, None)]) == ([workday, minute], day)


def test_a_day_without_a_year_is_of_the_texts_year_and_to_be_looked_at():
    (mark,) = days("trước ngày 15 tháng 3", False, 2026)
    assert (mark.value, mark.sure, mark.rule) == ("2026-03-15", False, "year-of-text")
    cells = ("05/3/2026", "Từ ngày 01/3/2026", "Cả năm", "Quý I, quý II", "Tháng 2/2028", "Từ tháng 10 đến tháng 12")
    assert [[m.value for m in days_of_cell(cell, 2026)] for cell in cells] == [["2026-03-05"], [], [], ["2026-03-31", "2026-06-30"], ["2028-02-29"], []]
    assert not any(m.sure for m in days_of_cell("Quý I, quý II", 2026))


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("được chuyển tiếp xuống hai cấp", "2"),
        ("được chuyển tiếp cho cấp xã; không được chuyển tiếp cho bên khác", "1"),
        ("không được chuyển tiếp", "0"),
        ("trao đổi", None),
    ],
    ids=["two", "one-of-both", "none", "unsaid"],
)
def test_how_far_information_goes(sentence, levels):
    assert (m.value if (m := onward(sentence)) else None) == levels


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Công an xã chủ trì, phối hợp với Ban CHQS xã tuần tra", [("lead", "Công an xã", "lead-before"), ("support", "Ban CHQS xã", "with")]),
        ("Việc này do Công an xã chủ trì; Ban CHQS xã phối hợp", [("lead", "Công an xã", "lead-by"), ("support", "Ban CHQS xã", "supports")]),
        ("Giao Công an xã chủ trì", [("lead", "Công an xã", "lead-given")]),
        ("Công an xã và Ban CHQS xã luân phiên chủ trì giao ban", [("cochair", "Công an xã", "together"), ("cochair", "Ban CHQS xã", "together")]),
        ("Công an xã phối hợp với Ban CHQS xã tuần tra", [("support", "Công an xã", "supports"), ("support", "Ban CHQS xã", "with")]),
        ("Công an xã tham mưu Ủy ban nhân dân xã", [("advise", "Công an xã", "advises")]),
        ("Khi có cháy, Công an xã thông báo ngay cho Ban CHQS xã", [("lead", "Công an xã", "does-it"), ("inform", "Ban CHQS xã", "told")]),
        ("Ban CHQS xã làm nòng cốt, các đoàn thể tham gia", []),
        ("Quy chế phối hợp được rà soát", []),
    ],
    ids=["lead-with", "by", "given", "in-turn", "equals", "advises", "does", "core", "nobody"],
)
def test_who_does_what_and_by_which_words_it_was_read(sentence, roles):
    assert [(r.role, r.body.value, r.body.rule) for d in doings(sentence, 0) for r in d.roles] == roles


def test_who_does_another_thing_after_a_semicolon_does_it_apart():
    found = doings("Công an xã chủ trì chữa cháy; Ban CHQS xã huy động dân quân; có mặt trong 15 phút", 0)
    assert [[r.body.value for r in d.roles] for d in found] == [["Công an xã"], ["Ban CHQS xã"]]


def test_an_act_is_the_first_behind_its_parties():
    sentence = "Bên kiểm tra chủ trì, phối hợp với Công an xã tuần tra"
    assert [act_of(sentence, after).value for after in (0, 30)] == ["inspect", "patrol"]


def test_points_take_their_lead_from_the_opening_sentence_and_from_the_heading():
    text = "Điều 1. Trách nhiệm của Công an tỉnh\n1. Báo cáo kết quả hằng quý.\n2. Bộ Chỉ huy Quân sự tỉnh chủ trì, phối hợp với Sở Nội vụ:\na) Tập huấn hằng năm;\nb) Rà soát hằng quý."
    duties = [d for c in read(text).clauses for d in c.duties]
    assert [[(r.role, r.body.value, r.body.rule) for r in d.roles] for d in duties] == [
        [("lead", "Công an tỉnh", "lead-heading")],
        [("lead", "Bộ Chỉ huy Quân sự tỉnh", "lead-opening"), ("support", "Sở Nội vụ", "lead-opening")],
        [("lead", "Bộ Chỉ huy Quân sự tỉnh", "lead-opening"), ("support", "Sở Nội vụ", "lead-opening")],
    ]


def test_a_table_in_an_annex_behind_the_signatures_is_read():
    text = "I. NỘI DUNG\n1. Các bên giao ban hằng quý.\nNơi nhận:\n- Lưu.\nPHỤ LỤC I\nNội dung\tĐơn vị chủ trì\tThời gian\nTuần tra\tCông an xã\tHằng tuần"
    rows = [c for c in read(text).clauses if c.label.startswith("dòng")]
    assert [(d.act.value, d.cadence.value, d.roles[0].body.value) for c in rows for d in c.duties] == [("patrol", "week", "Công an xã")]


def test_every_find_lies_where_it_says_and_names_a_rule_that_explains_itself():
    for name in ("quy-che-ba-luc-luong", "ke-hoach-nam", "ke-hoach-dang-uy"):
        text = plain(text_of(name))
        proposal = read(text)
        for clause in proposal.clauses:
            assert text[clause.text_start : clause.text_start + len(clause.text)] == clause.text
            for mark in [m for d in clause.duties for m in d.marks]:
                assert mark.rule in RULES
        for role in [r for c in proposal.clauses for d in c.duties for r in d.roles]:
            assert text[role.body.start : role.body.until] == role.body.value


def test_a_reading_survives_being_kept():
    proposal = read(plain(text_of("ke-hoach-nam")))
    kept = Staged(proposal, {name: Meaning("all", (("all", "mọi bên"),)) for name in names_in(proposal)})
    stored = json.loads(json.dumps(kept.as_json()))
    assert json.loads(json.dumps(Staged.of_json(stored).as_json())) == stored


def test_numbers_that_word_counts_are_written_out():
    made = docx.Document()
    for style, text in (("List Number", "Tuần tra"), ("List Number", "Giao ban"), ("List Bullet", "Báo cáo")):
        made.add_paragraph(text, style=style)
    kept = io.BytesIO()
    made.save(kept)
    assert of_docx(kept.getvalue()).split("\n") == ["1. Tuần tra", "2. Giao ban", "- Báo cáo"]


def test_struck_out_words_are_not_read():
    made = docx.Document()
    paragraph = made.add_paragraph("Điều 1. Tuần tra")
    struck = OxmlElement("w:del")
    run = paragraph.add_run(" chung")._r
    struck.append(run)
    paragraph._p.append(struck)
    assert run.getparent().tag == qn("w:del")
    kept = io.BytesIO()
    made.save(kept)
    assert of_docx(kept.getvalue()) == "Điều 1. Tuần tra"


def test_a_cell_that_goes_on_below_says_the_same_of_each_row():
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    for n, texts in enumerate((("Chủ trì", "Nội dung"), ("Công an xã", "Tuần tra"), ("", "Giao ban"))):
        for cell, text in zip(table.rows[n].cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    kept = io.BytesIO()
    made.save(kept)
    assert of_docx(kept.getvalue()).split("\n")[1:] == ["Công an xã\tTuần tra", "Công an xã\tGiao ban"]


def test_lines_broken_at_the_margin_are_joined_and_the_two_columns_of_the_head_taken_apart():
    pages = [
        "CÔNG AN TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 05/QC-CA Sông Đất, ngày 01 tháng 02 năm 2026\nĐiều 1. Công an tỉnh chủ trì,\nphối hợp với Sở Nội vụ.\n- 2 -",
        "1. Giao ban.",
    ]
    assert joined(pages).split("\n") == [
        "CÔNG AN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 05/QC-CA", "Sông Đất, ngày 01 tháng 02 năm 2026",
        "Điều 1. Công an tỉnh chủ trì, phối hợp với Sở Nội vụ.", "1. Giao ban.",
    ]  # fmt: skip


def test_a_head_broken_in_its_narrow_column_still_names_who_issues_and_what_about():
    page = (
        "UBND TỈNH SÔNG ĐẤT\nCÔNG AN TỈNH - BỘ CHỈ HUY\nQUÂN SỰ TỈNH - BAN CHỈ HUY BỘ\nĐỘI BIÊN PHÒNG TỈNH\nSố: 05/KH-CA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc Sông Đất, ngày 12 tháng 3 năm 2025\nKẾ HOẠCH\nBảo đảm an toàn Lễ hội Nghinh Ông\nnăm 2025\nĐể bảo đảm an toàn, Công an tỉnh xây dựng\n"
        "kế hoạch như sau:\nI. MỤC ĐÍCH\n1. Giữ trật tự.\nBÍ THƯ"
    )
    head = read(plain(joined([page]))).head
    assert [m.value for m in head.issuers] == ["Công an tỉnh", "Bộ chỉ huy quân sự tỉnh", "Ban chỉ huy bộ đội biên phòng tỉnh"]
    assert (head.kind.value, head.subject.value, head.issued_on.value) == ("sukien", "Bảo đảm an toàn Lễ hội Nghinh Ông năm 2025", "2025-03-12")
