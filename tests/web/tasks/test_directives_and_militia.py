"""The book of incoming documents, and asking for militia, on the pages people use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.kernel.period import local_day
from phoihop.search import keeping
from tests.stories.steps import words
from tests.web.tasks.test_pages import filled, soon, written

pytestmark = pytest.mark.django_db
BOOK = "/nhiem-vu/van-ban-den/"


def moment(name, at):
    return {f"{name}{key[6:]}": value for key, value in written(at).items()}


def a_document(w, **change):
    today = f"{local_day(timezone.now()):%d/%m/%Y}"
    plain = {
        "number": "09/CT-UBND", "issuer": "UBND tỉnh Sông Đất", "issued_on": today, "received_on": today, "subject": "Phòng, chống đuối nước mùa hè",
        "text": "Các xã ven sông cắm biển cảnh báo.", "grace_workdays": "2",
        "tasks.0.what": "Cắm biển cảnh báo", "tasks.0.lead": w.militia_song.name, "tasks.0.supports": "", **moment("tasks.0.due_at", soon(days=5)),
    }  # fmt: skip
    return plain | change


def test_a_document_is_registered_with_what_it_asks_for_and_its_page_says_how_far_it_is(w, as_post):
    lan = as_post(w.lan)
    page = lan.post(f"{BOOK}moi/", a_document(w))["Location"]
    task = m.Task.objects.get()
    assert (task.what.text, task.source, task.grace_workdays, page) == ("09/CT-UBND: Cắm biển cảnh báo", "directive", 2, f"{BOOK}{task.matter.code}/")
    seen = words(lan.get(page))
    assert [text in seen for text in ("Phòng, chống đuối nước mùa hè", "09/CT-UBND · UBND tỉnh Sông Đất", "09/CT-UBND: Cắm biển cảnh báo", "0/1")] == [True] * 4
    assert "0/1 xong" in words(lan.get(BOOK))
    refused = lan.post(page)
    assert (refused.status_code, "Còn 1 nhiệm vụ chưa kết thúc." in words(refused)) == (422, True)
    lan.post(f"/nhiem-vu/{task.code}/rut/", {"reason": "Đã có biển"})
    assert lan.post(page)["Location"] == page
    assert "đã kết thúc" in words(lan.get(page))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": ""}, "Hãy ghi số, ký hiệu."), ({"issued_on": "30/2/2026"}, "Không có ngày này"), ({"received_on": "1/1/2020"}, "Ngày nhận không trước ngày ban hành."),
        ({"text": "MẬT\nKế hoạch"}, "mật"), ({"tasks.0.lead": "Công an xã Không Có"}, "Không Có"), ({"grace_workdays": "0"}, "Số ngày làm việc sau hạn từ 1 đến 30."),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_place_and_nothing_is_written(w, as_post, change, sentence):
    refused = as_post(w.lan).post(f"{BOOK}moi/", a_document(w, **change))
    assert (refused.status_code, m.IncomingDirective.objects.count(), m.Task.objects.count()) == (422, 0, 0)
    assert sentence in words(refused)


def task_fields(page):
    return [name for name in page.context["form"].fields if name.startswith("tasks.") and name.endswith(".what")]


def test_two_rows_are_offered_and_others_are_added_and_taken_away_by_the_server(w, as_post):
    lan = as_post(w.lan)
    assert len(task_fields(lan.get(f"{BOOK}moi/"))) == 2
    more = lan.post(f"{BOOK}moi/", a_document(w, do="them:tasks"))
    assert (task_fields(more), more.context["form"]["number"].value()) == (["tasks.0.what", "tasks.1.what"], "09/CT-UBND")
    assert more.context["form"]["tasks.0.what"].value() == "Cắm biển cảnh báo"
    fewer = lan.post(f"{BOOK}moi/", a_document(w, do="bo:tasks.0"))
    assert (task_fields(fewer), fewer.context["form"]["tasks.0.what"].value(), m.Task.objects.count()) == (["tasks.0.what"], None, 0)


def test_one_bad_date_is_one_fault_and_an_empty_row_none(w, as_post):
    empty = moment("tasks.1.due_at", soon()) | {"tasks.1.what": "", "tasks.1.lead": "", "tasks.1.supports": ""}
    refused = as_post(w.lan).post(f"{BOOK}moi/", a_document(w, **empty, **{"tasks.0.due_at_0": "30/2/2027"}))
    assert refused.context["form"].errors == {"tasks.0.due_at": ["Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."]}
    assert "Cần sửa 1 chỗ" in words(refused)


def test_a_row_with_a_lead_and_no_task_is_not_dropped_without_a_word(w, as_post):
    refused = as_post(w.lan).post(f"{BOOK}moi/", a_document(w, **{"tasks.0.what": ""}))
    assert (refused.context["form"].errors, m.IncomingDirective.objects.count()) == ({"tasks.0.what": ["Ghi việc phải làm, hoặc bỏ dòng này."]}, 0)


def test_a_document_without_tasks_is_registered_alone(w, as_post):
    lone = {key: value for key, value in a_document(w).items() if not key.startswith("tasks.")}
    assert as_post(w.lan).post(f"{BOOK}moi/", lone).status_code == 302
    assert (m.IncomingDirective.objects.count(), m.Task.objects.count()) == (1, 0)


@pytest.mark.parametrize("typed", ["đuối nước", "duoi nuoc", "DUOI NUO", "mùa hè đuối", "09/ct", "ubnd tinh song dat"])
def test_the_book_is_searched_with_and_without_diacritics(w, as_post, typed):
    lan = as_post(w.lan)
    lan.post(f"{BOOK}moi/", a_document(w))
    lan.post(f"{BOOK}moi/", a_document(w, number="10/CT-BCH", issuer="Bộ chỉ huy", subject="Diễn tập phòng thủ"))
    assert [r["one"].number for r in lan.get(BOOK, {"q": "Phòng, chống đuối"}).context["rows"]] == ["09/CT-UBND"]  # not yet in the index
    keeping.rebuild()
    assert [r["one"].number for r in lan.get(BOOK, {"q": typed}).context["rows"]] == ["09/CT-UBND"]
    assert [r["one"].number for r in as_post(w.tu).get(BOOK, {"q": typed}).context["rows"]] == []


def test_a_stranger_finds_no_document_and_an_empty_book_says_so(w, as_post):
    page = as_post(w.lan).post(f"{BOOK}moi/", a_document(w))["Location"]
    stranger = as_post(w.tu)
    assert (stranger.get(page).status_code, "Chưa ghi văn bản đến nào" in words(stranger.get(BOOK))) == (404, True)


def test_militia_are_asked_for_consented_to_on_screen_and_on_paper_and_only_then_taken(w, as_post):
    lan, binh, dung = (as_post(post) for post in (w.lan, w.binh, w.dung))
    start = soon(days=2)
    asked = filled(w, **{"militia.people": "20"}, **moment("militia.since", start), **moment("militia.until", start + timedelta(hours=5)))
    page = lan.post("/nhiem-vu/moi/", asked)["Location"]
    task = m.Task.objects.get()
    before = words(binh.get(page))
    assert [text in before for text in ("Điều động dân quân", "20 người", "Ghi văn bản đồng ý điều động", "Nhận nhiệm vụ")] == [True, True, True, False]
    assert binh.post(f"{page}nhan/").status_code == 422
    assert dung.post(f"{page}dong-y/")["Location"] == page
    binh.post(f"{page}van-ban-dong-y/", {"side": "ubnd", "number": "12/UBND-NC", "signed_on": f"{local_day(timezone.now()):%d/%m/%Y}"})
    assert "theo văn bản 12/UBND-NC" in words(lan.get(page))
    binh.post(f"{page}nhan/")
    task.refresh_from_db()
    assert task.state == "open"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lead": "Công an xã Sông"}, "không chỉ huy dân quân"), ({"militia.people": "0"}, "Số dân quân đề nghị từ 1 đến 10.000."),
        ({"militia.since_0": "", "militia.since_1": ""}, "Ghi thời gian điều động."),
    ],
)  # fmt: skip
def test_a_request_for_militia_that_cannot_be_is_told_at_its_place(w, as_post, change, sentence):
    start = soon(days=2)
    asked = filled(w, **{"militia.people": "20"}, **moment("militia.since", start), **moment("militia.until", start + timedelta(hours=5)))
    refused = as_post(w.lan).post("/nhiem-vu/moi/", asked | change)
    assert (refused.status_code, m.Task.objects.count(), sentence in words(refused)) == (422, 0, True)
