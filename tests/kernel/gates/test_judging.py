import pytest

from phoihop.kernel.gates.judging import PLAINLY, Reading, answered, judge
from phoihop.kernel.gates.refusals import REFUSALS

DUTY = Reading(known=lambda: {"0912345678", "+84 98 765 4321"})


def offer(text):
    return judge(text).offer


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Liên hệ 0912 345 678 để biết thêm", "Liên hệ … để biết thêm"),
        ("CCCD 086095001234, SĐT 0912345678", "CCCD …, SĐT …"),
        ("Xe 64A-123.45 và xe 64B1-999.88 va chạm", "Xe … và xe … va chạm"),
        ("Nam, sinh năm 1985, ngã xuống kênh", "Nam, sinh năm …, ngã xuống kênh"),
        ("Cháy nhà ông Nguyễn Văn Hai ở ấp 3", "Cháy nhà một hộ dân ở ấp 3"),
        ("Trộm ở hộ bà Trần Thị Bảy, gọi 0912345678", "Trộm ở một hộ dân, gọi …"),
        ("Bà Trần Thị Bảy mất xuồng", "một người mất xuồng"),
        ("ông Sáu và chị Hoa cứu người", "một người và một người cứu người"),
        ("Trần Thị Bé (1990) bị ngã", "một người (…) bị ngã"),
    ],
)
def test_a_mended_text_is_offered_and_passes(text, mended):
    assert offer(text) == mended
    assert judge(mended).code == ""


@pytest.mark.parametrize("text", ["TỐI MẬT", "Kế hoạch tuần tra (Mật)", "Số: 05/BC-CAT(M)", "Phá thành công chuyên án ma túy", "MẬT\ngọi 0912345678"])
def test_nothing_is_offered_instead_of_a_secret(text):
    assert offer(text) is None


@pytest.mark.parametrize("text", ["0912345678", "086 095 001 234", "64A-123.45"])
def test_nothing_is_offered_when_nothing_would_be_left(text):
    assert offer(text) is None


@pytest.mark.parametrize(
    ("text", "shown", "whole"),
    [
        ("gọi 0912 345 678", "091…78", "345"),
        ("CCCD 086095001234", "086…34", "0950"),
        ("STK 0071001234567 Vietcombank", "007…67", "10012"),
        ("xe 64A-123.45", "64A…45", "123"),
        ("hộ chiếu B1234567", "b12…67", "3456"),
        ("tàu BT-97654-TS", "BT9…TS", "7654"),
        ("sinh ngày 12/3/1985", "123…85", "1985"),
        ("nhà ông Nguyễn Văn Hai", "N… V… H…", "Nguyễn"),
        ("Số: 05/BC-CAT(M)", "05/B…", "CAT"),
    ],
)
def test_a_find_is_shown_masked_and_never_repeated(text, shown, whole):
    said = str(judge(text).reason)
    assert shown in said
    assert whole not in said


@pytest.mark.parametrize("text", ["TUYỆT MẬT", "gọi 0912345678", "xe 64A-123.45", "sinh năm 1985"])
def test_a_refusal_says_what_why_and_what_to_do(text):
    verdict = judge(text)
    sentences = str(verdict.reason).split(". ")
    assert "Luật " in str(verdict.reason)
    assert (len(sentences) >= 2, verdict.asks, verdict.answer) == (True, False, "")


@pytest.mark.parametrize("text", ["Trực: 0912 345 678", "Trực: +84 912.345.678", "trực 0987654321", "Trực 09 12 34 56 78", "gọi 0098 hoặc 113, 02703822345"])
def test_registered_duty_numbers_and_offices_pass(text):
    assert judge(text, reading=DUTY).code == ""


def test_a_number_beside_a_registered_one_is_still_refused():
    assert judge("Trực: 0912 345 678 hoặc 0912 345 679", reading=DUTY).code == "private-phone"


def test_a_registered_number_is_only_asked_for_when_one_is_found():
    asked = []
    reading = Reading(known=lambda: asked.append(1) or ())
    assert judge("Tuần tra 12 km, 20.629 cuộc, Trực ban 02703822345", reading=reading).code == ""
    assert asked == []


def test_a_name_is_asked_about_and_the_answer_is_the_name():
    verdict = judge("ông Nguyễn Văn An báo tin")
    assert (verdict.code, verdict.asks, verdict.answer) == ("person-name", True, "Nguyễn Văn An")
    assert "Nguyễn Văn An" in str(verdict.reason)


def test_all_names_of_a_text_are_asked_about_at_once():
    verdict = judge("ông Nguyễn Văn An báo tin cho bà Trần Thị Bảy, rồi ông Nguyễn Văn An về")
    assert verdict.answer == "Nguyễn Văn An;Trần Thị Bảy"
    assert judge("ông Nguyễn Văn An báo tin cho bà Trần Thị Bảy", answered([verdict.answer])).code == ""


@pytest.mark.parametrize("sure", ["Nguyễn Văn An", "nguyễn văn an", " NGUYỄN  VĂN AN ", "Trần Thị Bảy;Nguyễn Văn An", "Nguye\u0302\u0303n Văn An"])
def test_an_answer_is_compared_without_regard_to_how_it_is_written(sure):
    assert judge("ông Nguyễn Văn An báo tin", answered([sure])).code == ""


def test_one_answered_name_leaves_the_others_asked():
    verdict = judge("ông Nguyễn Văn An và bà Trần Thị Bảy", answered(["Nguyễn Văn An"]))
    assert (verdict.answer, verdict.offer) == ("Trần Thị Bảy", "ông Nguyễn Văn An và một người")


@pytest.mark.parametrize("text", ["gọi 0912345678", "TỐI MẬT", "nhà ông Nguyễn Văn An", "Nguyễn Văn An (1985)", "Phá chuyên án lớn"])
def test_no_answer_opens_a_refusal(text):
    sure = answered([text, "0912345678", "TỐI MẬT", "Nguyễn Văn An", "1985", *REFUSALS])
    assert judge(text, sure).code not in ("", "person-name")


@pytest.mark.parametrize("text", ["a\x00b", "chuông \x07", "nửa \ud800 chữ", "tab\x0bdọc", "\x7f"])
def test_what_cannot_be_kept_or_printed_is_refused(text):
    assert judge(text).code == "broken-text"


@pytest.mark.parametrize("text", ["", "a", "12", "hai dòng\nmột tab\t, xuống dòng\r\n", "50 m², 10 °C, “ngoặc”… – ✓ 🚤"])
def test_ordinary_signs_pass(text):
    assert judge(text).code == ""


@pytest.mark.parametrize("text", ["=SUM(A1:A9)", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a < b && c > d", "'; DROP TABLE x; --", "{{ 7*7 }}"])
def test_formulas_and_markup_are_no_matter_for_a_gate(text):
    assert judge(text).code == ""


def test_a_long_text_is_read_to_its_end_in_a_time_that_grows_with_its_length():
    filler = "tuần tra tuyến đường 12 km, 20.629 cuộc; không phát hiện vi phạm. " * 3000
    assert judge(filler).code == ""
    assert judge(filler + "gọi 0912345678").code == "private-phone"


@pytest.mark.parametrize("piece", ["1 ", "0", "0.", "MẬT ", "a-", "Nguyễn ", "nhà ", "ông ", "số 1/", "(", "64A ", "sinh ", "\n", "đường Nguyễn Văn Bảy, "])
def test_no_text_made_of_one_piece_repeated_holds_the_gates_up(piece):
    assert judge(piece * (20_000 // len(piece)), reading=PLAINLY) is not None
