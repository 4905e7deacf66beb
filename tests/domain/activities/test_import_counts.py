"""Numbers, forces and lists of who took part."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phoihop.domain.activities.rules.log.cells import plain, shown, words
from phoihop.domain.activities.rules.log.counts import count_of
from phoihop.domain.activities.rules.log.crews import Crew, crews_of
from phoihop.domain.activities.rules.log.days import day_of
from phoihop.domain.activities.rules.log.forces import forces_in, only_force
from phoihop.domain.activities.rules.log.headings import meaning_of
from phoihop.domain.activities.rules.log.hours import hours_of
from phoihop.domain.activities.rules.log.means import label_of, meaning_choices, meaning_of_key
from phoihop.kernel.verdict import Verdict


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (3, 3), ("03", 3), ("03 đ/c", 3), ("3 người", 3), ("ba", 3), ("hai người", 2), ("1.234", 1234), ("1 234", 1234), ("3,0", 3),
        ("12 cbcs", 12), ("05 lượt", 5), ("0", 0), ("-1", -1), (1_000_000, 1_000_000), ("-", None), ("–", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_counts_in_usual_ways(cell, count):
    found = count_of(cell)
    assert (bool(found), found.value) == (True, count)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,5", "not-whole"),
        ("1.5", "not-whole"),
        (1.5, "not-whole"),
        ("x", "count-missing"),
        ("có", "count-missing"),
        ("khoảng ba bốn", "not-a-number"),
        ("3-4", "not-a-number"),
        ("=1+1", "not-a-number"),
    ],
)
def test_what_is_no_count_says_why(cell, code):
    assert count_of(cell).verdict.code == code


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("CA", "CA"), ("CA xã", "CA"), ("CAX", "CA"), ("công an", "CA"), ("BĐBP", "BP"), ("Bộ đội biên phòng", "BP"), ("lực lượng DQTV", "DQ"),
        ("dân quân cơ động", "DQ"), ("Ban CHQS xã", "QS"), ("BCHQS", "QS"), ("QS (người)", "QS"), ("Tổ bảo vệ ANTT", "AN"), ("TBV", "AN"),
        ("UBND xã", "UB"), ("UBMTTQ", "MT"), ("PCCC", "PC"), ("Công an xã Sông", ""), ("Ban CHQS xã Sông", ""), ("CA, DQ", ""), ("hội phụ nữ", ""),
        ("CA tỉnh", ""), ("Bộ CHQS", ""), ("Công an TP", ""), ("CA huyện", ""),
    ],
)  # fmt: skip
def test_a_force_alone_is_told_from_a_unit(text, force):
    assert only_force(words(text)) == force


def test_forces_come_in_the_order_of_the_text_and_once():
    assert list(forces_in(words("DQ phối hợp CA, dân quân và biên phòng"))) == ["DQ", "CA", "BP"]


@pytest.mark.parametrize(
    ("text", "crews"),
    [
        ("3 CA, 4 DQ", [("CA", 3), ("DQ", 4)]),
        ("Công an xã: 03 đ/c; Ban CHQS: 02 đ/c", [("Công an xã", 3), ("Ban CHQS", 2)]),
        ("CA xã (3) + DQ (4)", [("CA xã", 3), ("DQ", 4)]),
        ("CA, DQ phối hợp BĐBP", [("CA", None), ("DQ", None), ("BĐBP", None)]),
        ("03 CAX và 05 dân quân", [("CAX", 3), ("dân quân", 5)]),
        ("Công an xã Bảo Thạnh, BCH QS xã Bảo Thạnh", [("Công an xã Bảo Thạnh", None), ("BCH QS xã Bảo Thạnh", None)]),
        ("CA-QS-DQ", [("CA", None), ("QS", None), ("DQ", None)]),
        ("- Công an: 3\n- Quân sự: 4\n- Dân quân: 10", [("Công an", 3), ("Quân sự", 4), ("Dân quân", 10)]),
        ("Đồn BP Cửa Đại: 5", [("Đồn BP Cửa Đại", 5)]),
        ("Công an phường 1", [("Công an phường 1", None)]),
        ("Công an phường 1: 3", [("Công an phường 1", 3)]),
        ("hai CA, ba DQ", [("ca", 2), ("dq", 3)]),
        ("Ba Tri", [("Ba Tri", None)]),
        ("DQ 4, BP 2", [("DQ", 4), ("BP", 2)]),
        ("Tổ bảo vệ an ninh, trật tự xã Sông: 3, DQ 4", [("Tổ bảo vệ an ninh, trật tự xã Sông", 3), ("DQ", 4)]),
        ("CA:3 DQ:4", [("CA", 3), ("DQ", 4)]),
        ("CA 3 DQ 4 BP 2", [("CA", 3), ("DQ", 4), ("BP", 2)]),
        ("CA 3 Sông 4", [("CA 3 Sông", 4)]),
        ("", []),
        (" , ; ", []),
    ],
)
def test_lists_of_who_took_part(text, crews):
    assert [(c.text, c.people) for c in crews_of(text)] == crews


def test_a_crew_of_a_force_alone_carries_its_code():
    assert crews_of("CA xã, Đồn BP Cửa Sông") == [Crew("CA xã", None, "CA"), Crew("Đồn BP Cửa Sông", None, "")]


@pytest.mark.parametrize(
    ("group", "title", "key"),
    [
        ("", "Ngày, tháng, năm", "day"), ("", "Thời gian", "time"), ("Thời gian", "Từ", "start"), ("Thời gian", "Đến", "end"), ("", "Giờ đi", "start"),
        ("", "Giờ về", "end"), ("Thời gian", "Ngày", "day"), ("", "Địa bàn", "area"), ("", "Xã/phường", "area"), ("", "Địa điểm", "place"), ("", "Tuyến tuần tra", "route"),
        ("", "Loại tuyến", "route_kind"), ("", "Đơn vị chủ trì", "lead"), ("", "LL phối hợp", "parties"), ("", "Thành phần tham gia", "parties"),
        ("Lực lượng tham gia", "CA", "people:CA"), ("Lực lượng tham gia", "QS", "people:QS"), ("Lực lượng tham gia", "Tổng", "total"),
        ("Quân số", "Chủ trì", "people:@lead"), ("", "Quân số CA", "people:CA"), ("", "Tổng quân số", "total"), ("", "Phương tiện", "means"),
        ("Phương tiện", "Ca nô", "means:xuong"), ("Kết quả", "Nhắc nhở", "outcome:nhac-nho"), ("", "Số lượt nhắc nhở", "outcome:nhac-nho"),
        ("Kết quả", "Trộm cắp", "outcome:vp.trom-cap"), ("", "Kết quả", "result"), ("", "Ghi chú", "note"), ("", "STT", "skip"), ("", "Chỉ huy", "person"),
        ("", "Họ và tên", "person"), ("Ký xác nhận", "CA", "person"), ("", "Số điện thoại", "person"), ("", "Mã hồ sơ", "skip"),
        ("Lực lượng tham gia", "Công an xã Sông", "people:cong an xa song"), ("", "Số tổ", "teams"), ("", "Vũ trang", "armed"), ("", "Số giờ", "hours"),
    ],
)  # fmt: skip
def test_headings_say_what_a_column_means(group, title, key):
    assert meaning_of(words(group), words(title)).key == key


@pytest.mark.parametrize(
    ("key", "known"), [("people:CA", True), ("outcome:vp.cat", True), ("outcome:bieu-tinh", False), ("means:sung", False), ("no-such", False), ("skip", True)]
)
def test_meanings_are_a_closed_list(key, known):
    assert (meaning_of_key(key) is not None) == known


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("day", "ngày"),
        ("people:CA", "quân số: CA"),
        ("people:@lead", "quân số của đơn vị chủ trì"),
        ("outcome:vp.trom-cap", "trộm cắp"),
        ("means:xuong", "xuồng, ca nô"),
        ("=BP", "đơn vị của lực lượng BP"),
        ("no-such", "no-such"),
    ],
)
def test_a_meaning_has_words_for_the_page(key, label):
    assert str(label_of(key)) == label


def test_every_meaning_that_can_be_chosen_is_one():
    choices = meaning_choices(["CA", "DQ"])
    assert [key for key, _ in choices if meaning_of_key(key) is None] == []
    assert {"day", "people:@lead", "people:DQ", "means:tau", "outcome:nhac-nho", "person", "skip"} <= {key for key, _ in choices}


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none()))
@example(float("inf"))
@example(float("nan"))
@example(1.7e308)
def test_no_cell_whatever_stands_in_it_stops_the_reading(value):
    cell = plain(value)
    answers = (day_of(cell), hours_of(cell), count_of(cell))
    assert all(isinstance(a.verdict, Verdict) for a in answers)
    assert all(isinstance(c.text, str) for c in crews_of(shown(cell)))
    assert isinstance(meaning_of("", words(cell)).key, str)
