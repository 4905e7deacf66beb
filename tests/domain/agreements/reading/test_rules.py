"""The single rules of reading, as truth tables without a database."""

from __future__ import annotations

import io
import json

import docx
import pytest
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from phoihop.domain.agreements.rules.reading import read
from phoihop.domain.agreements.rules.reading.acts import act_of
from phoihop.domain.agreements.rules.reading.bodies import runs
from phoihop.domain.agreements.rules.reading.cadence import cadences, cadences_of_cell
from phoihop.domain.agreements.rules.reading.columns import is_lost_table
from phoihop.domain.agreements.rules.reading.deadlines import days, days_of_cell, minutes, onward, workdays
from phoihop.domain.agreements.rules.reading.intake import text_of as text_of_file
from phoihop.domain.agreements.rules.reading.office import of_docx
from phoihop.domain.agreements.rules.reading.plain import lines_of, plain
from phoihop.domain.agreements.rules.reading.printed import joined
from phoihop.domain.agreements.rules.reading.roles import doings
from phoihop.domain.agreements.rules.reading.staged import Meaning, Staged, names_in
from phoihop.domain.agreements.rules.reading.why import RULES
from phoihop.kernel.gates.media import PDF

from .files import a_pdf, text_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh và Sở Nội vụ tổ chức", [["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Sở Nội vụ"]]),
        ("do Bộ Nông nghiệp và Phát triển nông thôn chủ trì", [["Bộ Nông nghiệp và Phát triển nông thôn"]]),
        ("Trưởng Công an xã báo cáo Chủ tịch Ủy ban nhân dân xã", [["Trưởng Công an xã"], ["Chủ tịch Ủy ban nhân dân xã"]]),
        ("Tổ bảo vệ an ninh, trật tự phối hợp", [["Tổ bảo vệ an ninh, trật tự"]]),
        ("Công an tỉnh chủ trì tổ chức giao ban", [["Công an tỉnh"]]),
        ("cơ quan chủ trì tổ chức diễn tập báo cáo", [["cơ quan chủ trì"]]),
        ("phòng, chống tội phạm ở cơ sở; bố trí lực lượng", []),
    ],
    ids=["list", "ministry", "office", "comma", "leads", "lead-as-a-name", "none"],
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
        ("bồi dưỡng ít nhất hai lần một năm", ["half"]),
        ("một năm hai lần, vào đầu mùa khô", ["half"]),
        ("cập nhật 04 lần trong năm", ["quarter"]),
        ("giao ban 03 tháng một lần", ["quarter"]),
        ("Sáu tháng, một năm sơ kết, tổng kết", ["half", "year"]),
        ("Báo cáo: 6 tháng (trước ngày 10/6), năm (trước ngày 10/12)", ["half", "year"]),
        ("giao ban tuần giữa hai cơ quan; giao ban tháng, quý giữa lãnh đạo", ["week", "month", "quarter"]),
        ("báo cáo theo quý", ["quarter"]),
        ("báo cáo kết quả tháng 6 năm 2026; giao ban tuần tra", []),
        ("giao ban 02 tuần một lần; hằng ngày trao đổi", []),
        ("hưởng phụ cấp hằng tháng theo dự toán hằng năm", []),
        ("bê con đến 6 tháng tuổi; trong thời hạn 6 tháng kể từ ngày ký", []),
        ("thông báo khi có vụ việc phức tạp", ["demand"]),
    ],
    ids=[
        "several",
        "term",
        "demand-too",
        "per-year",
        "twice-a-year",
        "a-year-twice",
        "four-times",
        "every-three-months",
        "joined-ahead",
        "joined-with-days",
        "briefings",
        "by-quarter",
        "a-month",
        "not-held",
        "allowance",
        "age",
        "on-demand",
    ],
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
        ("trước ngày 10 tháng 6 và ngày 10 tháng 11", None, None, ["10/6", "10/11"]),
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


def test_a_textbox_is_read_once_behind_its_paragraph():
    made = docx.Document()
    paragraph = made.add_paragraph("Điều 1. Giao ban")
    box = "<w:txbxContent><w:p><w:r><w:t>Công an tỉnh chủ trì giao ban hằng quý.</w:t></w:r></w:p></w:txbxContent>"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<w:r {names}><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    paragraph._p.append(parse_xml(both))
    made.add_paragraph("Điều 2. Hiệu lực")
    kept = io.BytesIO()
    made.save(kept)
    assert of_docx(kept.getvalue()).split("\n") == ["Điều 1. Giao ban", "Công an tỉnh chủ trì giao ban hằng quý.", "Điều 2. Hiệu lực"]


def test_a_cell_of_a_pdf_that_spans_rows_says_the_same_of_each():
    cells = "[TT], [Nội dung], [Chủ trì], [1], [Giao ban quý], table.cell(rowspan: 2)[Công an tỉnh], [2], [Tổng kết năm], [3], [Diễn tập], [Bộ CHQS tỉnh]"
    page = f'#set page(paper: "a4")\n#set text(font: "Tinos", size: 13pt)\n#table(columns: (1fr, 4fr, 3fr), stroke: 0.5pt, {cells})\n'
    text = text_of_file(typst.compile(page.encode(), format="pdf"), PDF)
    assert [line.split("\t") for line in text.split("\n")] == [
        ["TT", "Nội dung", "Chủ trì"], ["1", "Giao ban quý", "Công an tỉnh"], ["2", "Tổng kết năm", "Công an tỉnh"], ["3", "Diễn tập", "Bộ CHQS tỉnh"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "leads", "unread"),
    [
        ("Công an tỉnh chỉ đạo Công an các xã, phường báo cáo tình hình hằng tháng.", [("Công an các xã, phường", "directed")], ["Công an tỉnh chỉ đạo"]),
        ("Công an tỉnh chỉ đạo các đơn vị thuộc quyền tổ chức giao ban hằng tháng.", [("Công an tỉnh", "does-it")], []),
        ("Công an tỉnh chỉ đạo thực hiện Quy chế này hằng năm.", [("Công an tỉnh", "does-it")], []),
        ("UBND tỉnh chỉ đạo Công an tỉnh chủ trì, phối hợp với Bộ CHQS tỉnh diễn tập hằng năm.", [("Công an tỉnh", "lead-before")], ["UBND tỉnh chỉ đạo"]),
        ("Dưới sự chỉ đạo của UBND xã, Công an xã chủ trì tuần tra hằng tuần.", [("Công an xã", "lead-before")], ["chỉ đạo của UBND xã"]),
        ("Công an xã diễn tập hằng năm theo chỉ đạo của Công an tỉnh.", [("Công an xã", "does-it")], ["chỉ đạo của Công an tỉnh"]),
        ("Công an xã tham mưu UBND xã chỉ đạo các ngành tuyên truyền hằng quý.", [], []),
        ("Ban Chỉ đạo 138 tỉnh giao ban hằng quý.", [("Ban Chỉ đạo 138 tỉnh", "does-it")], []),
    ],
    ids=["another body", "its own parts", "nobody", "said to lead", "below", "by order", "advised", "by its name"],
)
def test_who_is_directed_does_it_and_who_directs_is_said(sentence, leads, unread):
    text = plain(f"Điều 1. Chế độ báo cáo, giao ban\n1. {sentence}")
    clause = read(text).clauses[1]
    assert [(r.body.value, r.body.rule) for d in clause.duties for r in d.roles if r.role == "lead"] == leads
    assert [u.value for u in clause.unread if u.rule == "unread-directs"] == unread


def test_who_directs_by_the_heading_above_or_by_a_column_of_a_table_is_said_too():
    text = plain(
        "Điều 1. Trách nhiệm của Công an tỉnh\n1. Chỉ đạo Công an xã phối hợp với Ban CHQS xã tuần tra hằng tuần.\nPHỤ LỤC I\n"
        "Nội dung\tCơ quan chỉ đạo\tĐơn vị thực hiện\tThời gian\nTuần tra\tUBND xã\tCông an xã\tHằng tuần"
    )
    clauses = [c for c in read(text).clauses if c.duties]
    found = [([(r.role, r.body.value) for d in c.duties for r in d.roles], [u.value for u in c.unread if u.rule == "unread-directs"]) for c in clauses]
    assert found == [([("support", "Công an xã"), ("support", "Ban CHQS xã")], ["Chỉ đạo"]), ([("lead", "Công an xã")], ["UBND xã"])]


def test_a_table_that_cannot_be_told_apart_is_noticed():
    text = text_of("ke-hoach-nam-phu-luc")
    found = [is_lost_table(list(lines_of(text_of_file(a_pdf(text, ruled=ruled).content, PDF)))) for ruled in (True, False)]
    assert found == [False, True]
    assert not is_lost_table(list(lines_of(plain(text_of("quy-che-ba-luc-luong")))))


_ONE_ABOVE_THE_OTHER = "CÔNG AN TỈNH SÔNG ĐẤT\nBỘ CHỈ HUY QUÂN SỰ\nTỈNH SÔNG ĐẤT"


@pytest.mark.parametrize(
    ("head", "symbol", "issuers"),
    [
        (_ONE_ABOVE_THE_OTHER, "QCPH-CAT-BCHQST", ["Công an tỉnh Sông Đất", "Bộ chỉ huy quân sự tỉnh Sông Đất"]),
        (_ONE_ABOVE_THE_OTHER, "KH-BCHQST", ["Bộ chỉ huy quân sự tỉnh Sông Đất"]),
        ("BỘ CÔNG AN\nCÔNG AN TỈNH SÔNG ĐẤT", "QC-BCA-CAT", ["Công an tỉnh Sông Đất"]),
        ("UBND XÃ SÔNG\nBAN CHỈ HUY QUÂN SỰ XÃ", "KH-UBND-BCH", ["Ban chỉ huy quân sự xã"]),
        ("CÔNG AN TỈNH\nPHÒNG THAM MƯU", "KH-CAT-PTM", ["Phòng tham mưu"]),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH\nBAN CHỈ HUY BỘ ĐỘI\nBIÊN PHÒNG TỈNH", "KH-BCH-BP", ["Ban chỉ huy bộ đội biên phòng tỉnh"]),
        ("CÔNG AN XÃ SÔNG – TRẠM KIỂM LÂM", "KH-CA-KL", ["Công an xã Sông", "Trạm kiểm lâm"]),
    ],
    ids=["together", "symbol-of-one", "ministry", "committee", "office", "command", "dash"],
)
def test_bodies_one_above_the_other_issue_together_unless_one_is_the_superior(head, symbol, issuers):
    found = read(
        plain(f"{head}\nSố: 05/{symbol}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSông, ngày 12 tháng 3 năm 2025\nKẾ HOẠCH\nTuần tra\nI. NỘI DUNG\n1. Tuần tra.")
    ).head
    assert [m.value for m in found.issuers] == issuers


@pytest.mark.parametrize(
    ("signatures", "signers"),
    [
        (
            [["ĐẠI DIỆN CÔNG AN TỈNH\nGIÁM ĐỐC\n(Đã ký)", "ĐẠI DIỆN BỘ CHQS TỈNH\nCHỈ HUY TRƯỞNG\n(Đã ký)"]],
            ["Giám đốc Công an tỉnh", "Chỉ huy trưởng Bộ chqs tỉnh"],
        ),
        ([["Nơi nhận:\n- Lưu: VT.", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"]], ["Phó giám đốc Công an tỉnh"]),
        ([["CÔNG AN TỈNH", "BỘ CHQS TỈNH"], ["GIÁM ĐỐC", "CHỈ HUY TRƯỞNG"]], ["Giám đốc Công an tỉnh", "Chỉ huy trưởng Bộ chqs tỉnh"]),
    ],
    ids=["on-behalf", "deputy", "two-rows"],
)
def test_signatures_side_by_side_end_the_text_and_are_no_clause(signatures, signers):
    made = docx.Document()
    for line in ("CÔNG AN TỈNH", "Số: 05/KH-CAT", "KẾ HOẠCH", "Tuần tra", "I. NỘI DUNG", "1. Công an tỉnh tuần tra hằng tuần."):
        made.add_paragraph(line)
    table = made.add_table(rows=len(signatures), cols=2)
    for row, texts in zip(table.rows, signatures, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    kept = io.BytesIO()
    made.save(kept)
    found = read(plain(of_docx(kept.getvalue())))
    assert ([c.label for c in found.clauses], [m.value for m in found.head.signers]) == (["mục I", "mục 1"], signers)


THREE = ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Ban Chỉ huy Bộ đội Biên phòng tỉnh"]
SIGN = ["Giám đốc Công an tỉnh", "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh", "Chỉ huy trưởng Ban Chỉ huy Bộ đội Biên phòng tỉnh"]
POLICE, ARMY, BORDER = (
    f"{agency.upper()}\n{office}\n(Đã ký)\nĐại tá {person}"
    for agency, office, person in zip(THREE, ("GIÁM ĐỐC", *["CHỈ HUY TRƯỞNG"] * 2), ("Phạm Thành Công", "Lê Quân Sự", "Đỗ Biên Cương"), strict=True)
)
NARROW = ["CÔNG AN TỈNH\nGIÁM ĐỐC", "BỘ CHỈ HUY\nQUÂN SỰ TỈNH\nCHỈ HUY TRƯỞNG", "ĐẠI DIỆN BAN CHỈ HUY\nBỘ ĐỘI BIÊN PHÒNG TỈNH\nCHỈ HUY TRƯỞNG"]
LINES = [list(row) for row in zip(*(block.split("\n") for block in (POLICE, ARMY, BORDER)), strict=True)]


@pytest.mark.parametrize(
    ("beside", "signers"),
    [
        ([[POLICE, ARMY, BORDER]], SIGN),
        (LINES, SIGN),
        ([[POLICE, ARMY], [BORDER, ""]], SIGN),
        ([[POLICE, ARMY], ["", BORDER]], SIGN),
        ([*(row[:2] for row in LINES), *([row[2], ""] for row in LINES)], SIGN),
        ([["Nơi nhận:\n- Tỉnh ủy;\n- Lưu: VT.", POLICE, ARMY, BORDER]], SIGN),
        ([NARROW], SIGN),
        ([[f"{office.upper()}\n(Đã ký)" for office in SIGN]], SIGN),
        ([["KT. GIÁM ĐỐC CÔNG AN TỈNH\nPHÓ GIÁM ĐỐC", *(one.upper() for one in SIGN[1:])]], ["Phó giám đốc Công an tỉnh", *SIGN[1:]]),
        ([[block.replace("GIÁM ĐỐC", "Giám đốc").replace("CHỈ HUY TRƯỞNG", "Chỉ huy trưởng") for block in (POLICE, ARMY, BORDER)]], SIGN),
        ([[POLICE, ARMY], [BORDER, "TRẠM KIỂM LÂM\nTRẠM TRƯỞNG"]], [*SIGN, "Trạm trưởng Trạm kiểm lâm"]),
        ("\n".join("\t".join(row) for row in LINES), SIGN),
        ("\n".join("        ".join(row) for row in LINES), SIGN),
        ("\n".join([*("\t" + "\t\t".join(row[:2]) for row in LINES), *(f"\t\t{row[2]}" for row in LINES)]), SIGN),
    ],
    ids=[
        "cells", "rows", "two above one", "two above one at the right", "two above one in rows", "beside the recipients", "narrow", "office and body in a line",
        "for somebody", "small letters", "four", "tabs", "blanks", "tabs, two above one",
    ],
)  # fmt: skip
def test_all_who_sign_a_joint_document_are_read_in_their_order_and_no_name(beside, signers):
    made = docx.Document()
    for line in (
        "CÔNG AN TỈNH",
        "Số: 05/QC-CAT",
        "QUY CHẾ",
        f"Phối hợp giữa {THREE[0]}, {THREE[1]} và {THREE[2]}",
        "Điều 1. Nội dung",
        "1. Tuần tra hằng tuần.",
    ):
        made.add_paragraph(line)
    for line in beside.split("\n") if isinstance(beside, str) else ():
        made.add_paragraph(line)
    table = made.add_table(rows=len(beside), cols=len(beside[0])) if isinstance(beside, list) else None
    for row, texts in zip(table.rows, beside, strict=True) if table else ():
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    kept = io.BytesIO()
    made.save(kept)
    found = read(plain(of_docx(kept.getvalue())))
    assert ([c.label for c in found.clauses], [m.value for m in found.head.signers]) == (["Điều 1", "khoản 1"], signers)
    assert found.head.unnamed == sum(name in str(beside) for name in ("Phạm Thành Công", "Lê Quân Sự", "Đỗ Biên Cương"))


def test_rows_that_put_signatures_side_by_side_end_the_text_and_names_are_not_read():
    body = "I. NỘI DUNG\n1. Các bên giao ban hằng quý.\n"
    tail = "CÔNG AN XÃ\tBAN CHỈ HUY QUÂN SỰ XÃ\nTRƯỞNG CÔNG AN XÃ\tCHỈ HUY TRƯỞNG\nThiếu tá Trần An Ninh\tBùi Dân Quân"
    found = read(plain(f"KẾ HOẠCH\nTuần tra\n{body}{tail}"))
    assert [c.label for c in found.clauses] == ["mục I", "mục 1"]
    assert [m.value for m in found.head.signers] == ["Trưởng Công an xã", "Chỉ huy trưởng Ban chỉ huy quân sự xã"]
    assert [m.value for m in found.head.parties] == ["Công an xã", "Ban chỉ huy quân sự xã"]


@pytest.mark.parametrize(
    ("line", "bases"),
    [
        ("Căn cứ Luật Dân quân tự vệ số 48/2019/QH14 ngày 22 tháng 11 năm 2019;", ["48/2019/QH14"]),
        ("Căn cứ Luật Quốc phòng ngày 08 tháng 6 năm 2018;", ["Luật Quốc phòng"]),
        (
            "Căn cứ Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ và Luật Phòng thủ dân sự;",
            ["Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Luật Phòng thủ dân sự"],
        ),
        ("Căn cứ chức năng, nhiệm vụ của mỗi bên;", []),
    ],
    ids=["number", "name", "names", "none"],
)
def test_a_basis_is_read_by_its_number_else_by_its_name(line, bases):
    head = read(plain(f"QUY CHẾ\nPhối hợp\n{line}\nĐiều 1. Phạm vi")).head
    assert [m.value for m in head.bases] == bases


@pytest.mark.parametrize(
    ("sentence", "replaced"),
    [
        ("Quy chế này thay thế Quy chế phối hợp số 12/QCPH-CA-QS ngày 14/6/2019.", ["12/QCPH-CA-QS"]),
        ("Bãi bỏ Kế hoạch số 06/KH-CA.", ["06/KH-CA"]),
        ("Quy chế số 04/QCPH-CA ngày 10/5/2021 hết hiệu lực kể từ ngày Quy chế này có hiệu lực.", ["04/QCPH-CA"]),
        ("Hai bên thay thế phương tiện hư hỏng.", []),
    ],
    ids=["replaces", "repeals", "lapses", "means"],
)
def test_what_a_text_replaces(sentence, replaced):
    assert [m.value for m in read(plain(f"QUY CHẾ\nPhối hợp\nĐiều 1. Hiệu lực\n{sentence}")).head.replaces] == replaced


def test_what_no_field_can_hold_is_marked_where_it_stands():
    text = plain(
        "QUY CHẾ\nPhối hợp\nĐiều 1. Giao ban\nHằng ngày, Công an xã trao đổi tình hình với các bên.\nĐiều 2. Kiểm tra\nCông an xã chủ trì kiểm tra trong quý II; 05 năm tổng kết."
    )
    marks = [m for c in read(text).clauses for m in c.unread]
    assert [(m.rule, m.value, text[m.start : m.until]) for m in marks] == [
        ("unread-cadence", "Hằng ngày", "Hằng ngày"), ("unread-deadline", "trong quý II", "trong quý II"), ("unread-cadence", "05 năm tổng kết", "05 năm tổng kết"),
    ]  # fmt: skip


def test_a_row_that_names_those_below_it_and_a_cell_that_says_who_does_what():
    text = "I. PHÂN CÔNG\nTT\tNội dung\tĐơn vị thực hiện\tThời gian\nI\tTUẦN TRA\t\t\n1\tTuần tra đêm\tCông an xã chủ trì; các ấp phối hợp\tQuý II/2026"
    first, second = (c for c in read(plain(text)).clauses if c.label.startswith("dòng"))
    assert (first.heading, list(first.duties)) == ("TUẦN TRA", [])
    assert [(r.role, r.body.value) for d in second.duties for r in d.roles] == [("lead", "Công an xã"), ("support", "các ấp")]
    assert [(d.cadence.value, d.on.value, d.on.sure) for d in second.duties] == [("once", "2026-06-30", False)]


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
