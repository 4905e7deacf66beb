import pytest

from phoihop.kernel import gates
from phoihop.kernel.gates import Limits, inspect
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused

from .samples import a_docx, a_photo


@pytest.fixture(autouse=True)
def _no_duty_numbers(monkeypatch):
    monkeypatch.setattr(gates, "known_numbers", frozenset)


def refusal(sure=(), **arguments):
    with pytest.raises(Refused) as refused:
        inspect(arguments, frozenset(sure))
    return refused.value.verdict


def passes(sure=(), **arguments):
    return inspect(arguments, frozenset(sure)) is None


def test_arguments_without_anything_to_hold_back_pass():
    assert passes(by=3, text="Đi tuyến kênh Ba", parts=["một", "hai"], upload=a_photo(), why="")


def test_the_first_that_is_held_back_is_named():
    assert refusal(note="đủ quân số", reason="gọi 0912345678", text="TỐI MẬT").field == "reason"


def test_a_file_is_named_by_its_argument_and_its_place_inside():
    verdict = refusal(text="xem tệp", upload=a_docx("Kế hoạch", "Gọi 0912 345 678"))
    assert (verdict.code, verdict.field) == ("private-phone", "upload")
    assert str(verdict.reason).startswith("đoạn 2: ")


def test_files_in_a_list_are_named_by_their_number():
    assert refusal(evidence=[a_photo(), Upload("x.exe", b"MZ" + bytes(50))]).field == "evidence.1"


@pytest.mark.parametrize("text", ["đủ\0quân số", "đủ quân số \ud83d"], ids=["NUL", "half a letter"])
def test_what_no_database_keeps_and_nobody_types_is_refused_at_its_place(text):
    assert (refusal(parts=["một", text]).code, refusal(parts=["một", text]).field) == ("text-not-plain", "parts.1")
    assert passes(parts=["một", "đủ quân số 😀"])


def test_the_same_sentence_is_a_title_in_one_argument_and_words_in_another():
    assert passes(text="tổ đi kiểm tra cư trú khu nhà trọ cùng công an")
    assert refusal(title="tổ đi kiểm tra cư trú khu nhà trọ cùng công an").code == "out-of-scope"
    assert refusal(drafts=[{"name": "Rà soát đối tượng hình sự"}]).field == "drafts.0.name"


def test_an_account_names_its_owner_without_a_question_and_without_another_way_in():
    assert passes(full_name="Nguyễn Văn An")
    assert passes(rows=[{"full_name": "TRẦN THỊ BẢY"}])
    assert refusal(full_name="Nguyễn Văn An 0912345678").code == "private-phone"
    assert refusal(full_name="Nguyễn Văn An, sinh năm 1985").code == "birth-date"
    assert refusal(note="Nguyễn Văn An", full_name="Nguyễn Văn An").field == "note"


def test_answers_are_for_questions():
    assert passes(text="ông Nguyễn Văn An báo tin", sure=["Nguyễn Văn An"])
    assert refusal(text="ông Nguyễn Văn An báo tin", sure=["Trần Thị Bảy"]).asks
    assert refusal(text="gọi 0912345678", sure=["0912345678", "gọi 0912345678"]).code == "private-phone"


def test_duty_numbers_come_from_whoever_keeps_them(monkeypatch):
    monkeypatch.setattr(gates, "known_numbers", lambda: {"0912345678"})
    assert passes(text="trực 0912 345 678", upload=a_docx("trực 0912 345 678"))
    assert refusal(text="gặp 0912 345 679").code == "private-phone"


def test_limits_come_from_the_settings(monkeypatch):
    monkeypatch.setattr(gates, "limits", Limits(text=40, upload=1000))
    assert refusal(text="x" * 41).code == "text-too-long"
    assert passes(text="x" * 40)
    assert refusal(upload=a_photo(size=(600, 600))).code == "file-too-big"


def test_two_hundred_drafts_are_looked_through_one_by_one():
    drafts = [{"title": f"Tuần tra đêm {n}", "note": "Đi tuyến kênh Ba, 3 người"} for n in range(200)]
    assert passes(drafts=drafts)
    drafts[137]["note"] = "gặp chủ ghe 0912345678"
    assert refusal(drafts=drafts).field == "drafts.137.note"
