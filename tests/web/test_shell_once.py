"""A form that a phone sends twice is done once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from phoihop.web.models import SentOnce
from phoihop.web.once import forget_old
from tests.web.pages import DONE

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


def test_the_second_time_it_is_answered_as_the_first(w, as_post):
    browser, key = as_post(w.lan), str(uuid4())
    first = browser.post("/thu/gui/", {"text": "một"}, headers={"Idempotency-Key": key})
    second = browser.post("/thu/gui/", {"text": "một"}, headers={"Idempotency-Key": key})
    assert first.json() == second.json() == {"done": True, "location": "/thu/xong/"}
    assert DONE == [{"text": "một"}]


def test_a_plain_form_carries_its_key_in_a_field_and_is_redirected(w, as_post):
    browser, key = as_post(w.lan), str(uuid4())
    answers = [browser.post("/thu/gui/", {"text": "một", "key": key}) for _n in range(2)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/thu/xong/")] * 2
    assert DONE == [{"text": "một"}]


def test_a_refused_form_may_be_mended_under_the_same_key(w, as_post):
    browser, key = as_post(w.lan), str(uuid4())
    assert browser.post("/thu/gui/", {"text": "refuse", "key": key}).status_code == 422
    assert browser.post("/thu/gui/", {"text": "hai", "key": key}).status_code == 302
    assert DONE == [{"text": "hai"}]


def test_the_same_key_of_another_post_is_another_form(w, as_post):
    key = str(uuid4())
    for post in (w.lan, w.mai):
        as_post(post).post("/thu/gui/", {"text": post.title, "key": key})
    assert DONE == [{"text": "lan"}, {"text": "mai"}]


def test_a_form_without_a_key_or_with_nonsense_is_done_each_time(w, as_post):
    browser = as_post(w.lan)
    for key in ("", "", "không phải khóa"):
        browser.post("/thu/gui/", {"text": "ba", "key": key})
    assert len(DONE) == 3
    assert SentOnce.objects.count() == 0


def test_old_keys_are_dropped(w):
    SentOnce.objects.create(key=uuid4(), post=w.lan, location="/", at=timezone.now() - timedelta(days=20))
    kept = SentOnce.objects.create(key=uuid4(), post=w.lan, location="/", at=timezone.now())
    assert forget_old() == 1
    assert list(SentOnce.objects.all()) == [kept]
