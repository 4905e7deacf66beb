"""What every page stands on: who acts, a refusal at its field, a part for htmx, what was typed too late."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client

from phoihop.domain import models as m
from phoihop.kernel import gates
from phoihop.kernel.verdict import Refused, Verdict
from phoihop.web import kept
from phoihop.web.base import attempt
from phoihop.web.conflict import conflict_of
from phoihop.web.forms import Form
from tests.web.pages import DONE, STATE, Noting, note

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


def form(**change):
    return Noting({"day": "1/6/2026", "text": "xong", "kind": "a", "version": "1"} | change)


def test_an_action_gets_what_the_form_holds():
    done = attempt(form(), note, by="lan")
    assert done.result == "made"
    assert [{"by": "lan", "day": date(2026, 6, 1), "text": "xong", "kind": "a"}] == DONE


def test_a_form_that_does_not_hold_together_never_reaches_the_action():
    wrong = form(day="30/2/2026")
    assert attempt(wrong, note, by="lan") is None
    assert wrong.errors == {"day": ["Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."]}
    assert DONE == []


def test_a_refusal_stands_at_its_field_with_the_value_kept_and_an_offer():
    refused = form(text="refuse")
    assert attempt(refused, note, by="lan") is None
    assert refused.errors == {"text": ["Không được ghi như vậy."]}
    assert (refused["text"].value(), refused.verdict.offer) == ("refuse", "ghi khác")


def test_a_refusal_of_no_field_of_the_form_stands_above_it():
    refused = form(text="whole")
    attempt(refused, note, by="lan")
    assert refused.errors == {"__all__": ["Việc này đã kết thúc."]}


def test_a_question_is_answered_by_a_tick_that_is_sent_along(rf):
    asked = form(text="ask")
    assert attempt(asked, note, by="lan") is None
    assert asked.verdict.asks
    tick = render_to_string("ui/question.html", {"form": asked})
    assert ('type="checkbox" name="sure" value="name"' in tick, "required" in tick) == (True, False)  # who mends the text needs no tick
    answered = Noting(rf.post("/", {"day": "1/6/2026", "text": "ask", "kind": "a", "version": "1", "sure": "name"}).POST)
    assert attempt(answered, note, by="lan").result == "made"
    assert answered.answered == ["name"]


def test_two_who_changed_the_same_see_both_versions():
    mine = form(text="của tôi", version="0")
    assert attempt(mine, note, by="lan") is None
    lines = conflict_of(mine, {"text": "của bạn", "kind": "a"})
    assert [(line.label, line.mine, line.theirs, line.differs) for line in lines] == [("Nội dung", "của tôi", "của bạn", True), ("Loại", "A", "A", False)]
    assert conflict_of(form(text="refuse"), {"text": "của bạn"}) == []


def test_nobody_signed_in_is_led_to_the_sign_in_page_and_back():
    assert Client().get("/thu/?dv=29001")["Location"] == "/dang-nhap/?next=/thu/%3Fdv%3D29001"
    fetched = Client().get("/thu/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/thu/?a=1"})
    assert fetched["HX-Redirect"] == "/dang-nhap/?next=/thu/%3Fa%3D1"


def test_a_role_that_may_not_reads_why(w, as_post):
    answer = as_post(w.thu).get("/thu/")
    assert answer.status_code == 403
    assert "Vai của bạn không được làm việc này." in answer.content.decode()


def test_who_holds_no_post_is_led_to_the_choice_of_posts(w, as_post):
    browser = as_post(w.lan)
    m.Post.objects.filter(pk=w.lan.pk).update(valid_until=date(2026, 1, 1))
    answer = browser.get("/thu/")
    assert (answer.status_code, answer["Location"]) == (302, "/chuc-trach/?next=/thu/")


def test_a_browser_gets_the_whole_page_and_htmx_its_part(w, as_post):
    whole = as_post(w.lan).get("/thu/")
    part = as_post(w.lan).get("/thu/", headers={"HX-Request": "true"})
    assert whole.content.decode().lstrip().lower().startswith("<!doctype html>")
    assert part.content.decode().lstrip().startswith('<div class="card narrow">')
    assert "HX-Request" in part["Vary"]


def test_a_refused_form_answers_422(w, as_post):
    assert as_post(w.lan).post("/thu/", {"day": "1/6/2026", "text": "refuse", "kind": "a", "version": "1"}).status_code == 422


def test_what_was_done_is_said_on_the_next_page_once_with_the_way_back(w, as_post):
    browser = as_post(w.lan)
    page = browser.post("/thu/", {"day": "1/6/2026", "text": "xong", "kind": "a", "version": "1"}, follow=True).content.decode()
    assert "Đã ghi: made" in page
    assert 'action="/thu/hoan-tac/"' in page
    assert '<input type="hidden" name="note" value="7">' in page
    assert "Đã ghi: made" not in browser.get("/thu/").content.decode()


def test_what_was_done_goes_along_with_a_part_as_an_event(w, as_post):
    answer = as_post(w.lan).post("/thu/hoan-tac/", headers={"HX-Request": "true"}, follow=True)
    assert answer.status_code == 200
    said = json.loads(answer["HX-Trigger"])["tt:toast"]["toasts"]
    assert [one["text"] for one in said] == ["Đã hoàn tác."]


class TestTypedTooLate:
    """The sign-in ran out while somebody was typing."""

    TYPED = {"day": "1/6/2026", "text": "diễn biến dài", "kind": "a", "version": "1"}

    def late(self, browser, settings, path="/thu/", **fields):
        """The browser's sign-in ends on the server; its form arrives."""
        m_key = browser.cookies[settings.SESSION_COOKIE_NAME].value
        from phoihop.web.models import SignIn

        SignIn.objects.filter(session_key=m_key).delete()
        return browser.post(path, self.TYPED | fields, headers={"Referer": "http://testserver/thu/?dv=29001"})

    def come_back(self, browser, settings, as_post, post):
        """Sign in anew, as the sign-in page does: the session's content goes on."""
        from phoihop.web.sessions import SessionStore

        session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
        fresh = SessionStore(as_post(post).cookies[settings.SESSION_COOKIE_NAME].value)
        for key, value in fresh.items():
            session[key] = value
        session.save()

    @pytest.fixture
    def browser(self, w, as_post):
        browser = as_post(w.lan)
        browser.get("/thu/")
        return browser

    def test_it_is_offered_again_to_the_same_person(self, w, browser, settings, as_post):
        answer = self.late(browser, settings)
        assert answer["Location"] == "/dang-nhap/?next=/thu/%3Fdv%3D29001"
        assert DONE == []
        self.come_back(browser, settings, as_post, w.lan)
        page = browser.get("/thu/").content.decode()
        assert "Phiên đăng nhập đã hết khi bạn đang gõ." in page
        assert '<input type="hidden" name="text" value="diễn biến dài">' in page

    def test_the_sign_in_page_says_that_it_is_kept(self, w, browser, settings):
        said = "Nội dung bạn vừa nhập vẫn được giữ"
        assert said not in browser.get("/dang-nhap/").content.decode()
        assert said in browser.get(self.late(browser, settings)["Location"]).content.decode()

    def test_somebody_else_at_the_same_browser_does_not_see_it(self, w, browser, settings, as_post):
        self.late(browser, settings)
        self.come_back(browser, settings, as_post, w.mai)
        assert "diễn biến dài" not in browser.get("/thu/").content.decode()
        self.come_back(browser, settings, as_post, w.lan)
        assert "diễn biến dài" not in browser.get("/thu/").content.decode()

    def test_it_can_be_dropped(self, w, browser, settings, as_post):
        self.late(browser, settings)
        self.come_back(browser, settings, as_post, w.lan)
        assert browser.post("/bo-noi-dung-da-giu/", {"ve": "/thu/"})["Location"] == "/thu/"
        assert "diễn biến dài" not in browser.get("/thu/").content.decode()

    def test_passwords_are_never_kept(self, w, browser, settings, as_post):
        self.late(browser, settings, password="bí mật của tôi")
        self.come_back(browser, settings, as_post, w.lan)
        page = browser.get("/thu/").content.decode()
        assert "diễn biến dài" in page
        assert "bí mật của tôi" not in page

    def test_what_a_gate_refuses_is_not_kept(self, w, browser, settings, as_post, monkeypatch):
        def refuse(arguments, sure):
            raise Refused(Verdict("secret-mark", "Có dấu mật."))

        monkeypatch.setattr(kept.gates, "inspect", refuse)
        self.late(browser, settings)
        self.come_back(browser, settings, as_post, w.lan)
        assert "diễn biến dài" not in browser.get("/thu/").content.decode()

    def test_a_stranger_to_this_browser_has_nothing_kept(self, w):
        stranger = Client()
        stranger.post("/thu/", self.TYPED)
        assert kept.KEY not in stranger.session


def test_signing_out_takes_the_writers_mark_away(w, as_post):
    browser = as_post(w.lan)
    browser.get("/thu/")
    assert browser.cookies[kept.WRITER].value != ""
    browser.post("/dang-xuat/")
    assert browser.cookies[kept.WRITER].value == ""


def test_a_part_that_has_not_changed_is_not_made_again(w, as_post):
    browser = as_post(w.lan)
    first = browser.get("/thu/moi/")
    again = browser.get("/thu/moi/", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    STATE["value"] += 1
    assert browser.get("/thu/moi/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert as_post(w.mai).get("/thu/moi/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert len(DONE) == 3


def test_a_field_left_empty_is_called_by_its_name():
    refused = Noting({"text": "xong", "kind": "", "version": "1", "day": ""})
    assert refused.is_valid() is False
    assert refused.errors == {"kind": ["Hãy điền “Loại”."], "day": ["Chọn ngày."]}


def test_every_field_for_a_file_says_how_large_one_may_be_before_it_travels():
    class Sending(Form):
        scan = forms.FileField(label="Bản quét")
        text = forms.CharField(label="Nội dung")

    said = f'data-most-bytes="{gates.limits.upload}"'
    sending = Sending()
    assert [said in str(sending[name]) for name in ("scan", "text")] == [True, False]
    assert "js/file-size" in render_to_string("ui/field.html", {"bound": sending["scan"], "kind": "plain"})
