"""Errors are one sentence that says what to do; nothing is done by halves."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from phoihop.web import errors
from phoihop.web.around import no_nul
from tests.web.pages import DONE

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]


@pytest.fixture
def browser(w, as_post):
    browser = as_post(w.lan)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/thu/hong/disk/", 507, "Đĩa của máy chủ đã đầy"),
        ("/thu/hong/system/", 507, "Việc bạn vừa gửi chưa được lưu, không có gì dở dang."),
        ("/thu/hong/busy/", 503, "Máy chủ đang bận"),
        ("/thu/hong/bug/", 500, "Chưa mở được trang này"),
        ("/thu/hong/refused/", 409, "Ngày chưa qua."),
        ("/khong-co/", 404, "Không có trang này"),
    ],
)
def test_each_trouble_has_its_status_and_its_sentence(browser, path, status, sentence):
    answer = browser.get(path)
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_where_only_a_button_sends_to_is_told_to_who_opens_it(browser):
    """An empty answer makes a browser show a fault of its own."""
    answer = browser.get("/thu/hoan-tac/")
    assert (answer.status_code, answer["Allow"], "Đây là nơi nhận của một nút bấm." in answer.content.decode()) == (405, "POST", True)


def test_htmx_gets_the_sentence_as_a_message(browser):
    answer = browser.get("/thu/hong/disk/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (507, b"")
    said = json.loads(answer["HX-Trigger"])["tt:toast"]["toasts"][0]
    assert said["kind"] == "danger"
    assert said["text"].startswith("Đĩa của máy chủ đã đầy. Việc bạn vừa gửi chưa được lưu")


def test_a_failure_has_a_code_that_can_be_read_out_and_is_in_the_log(browser, caplog):
    page = browser.get("/thu/hong/bug/").content.decode()
    record = next(r for r in caplog.records if r.getMessage() == "page failed")
    assert (record.path, record.problem) == ("/thu/hong/bug/", "ValueError")
    assert record.code in page
    assert set(record.code.removeprefix("E-")) <= set(errors._LETTERS)


def test_a_file_that_is_too_large_is_refused_by_its_announced_length(settings, w, as_post):
    settings.UPLOAD_MEGABYTES = 1
    answer = as_post(w.lan).post("/thu/", {"text": "x" * (3 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "Máy chủ này nhận tệp đến 1 MB. Chưa có gì được lưu" in answer.content.decode()


def test_a_text_that_is_too_large_is_refused_too(settings, w, as_post):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = as_post(w.lan).post("/thu/", {"text": "x" * 1000})
    assert answer.status_code == 413


def test_a_text_that_nobody_can_type_is_no_request(browser):
    DONE.clear()
    answer = browser.post("/thu/gui/", {"text": "một\0hai"})
    assert (answer.status_code, "Yêu cầu này không đọc được" in answer.content.decode(), DONE) == (400, True, [])


@pytest.mark.parametrize("asked", ["a%00b", "a%0%000b"])
def test_a_nul_in_an_address_is_left_out_however_often_it_is_there(rf, asked):
    assert no_nul(lambda request: request.GET["q"])(rf.get(f"/tim/?q={asked}")) == "ab"


def test_a_form_without_its_token_says_to_load_the_page_again():
    answer = Client(enforce_csrf_checks=True).post("/giao-dien/", {"nen": "dark"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_a_full_disk_is_known_through_every_wrapping():
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as problem:
            raise RuntimeError("while saving") from problem
    except RuntimeError as problem:
        wrapped = problem
    disk_full = type("DiskFull", (Exception,), {})()
    assert [errors.is_full(p) for p in (wrapped, disk_full, ValueError("full"), None)] == [True, True, False, False]


def test_an_address_of_another_site_is_never_followed(w, as_post):
    for wished in ("https://example.org/", "//example.org/", "javascript:alert(1)", None):
        assert as_post(w.lan).post("/giao-dien/", {"nen": "dark"} | ({"ve": wished} if wished else {}))["Location"] == "/"
