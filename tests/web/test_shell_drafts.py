"""Which form was accepted is told to the browser that keeps a copy of what was typed in it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client

from phoihop.web.drafts import COOKIE, FIELD

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]
NAME = "lich:/tuan-tra/moi/?tuyen=3"


def told(browser: Client, path: str, text: str = "một", **headers: str) -> str:
    answer = browser.post(path, {"text": text, "day": "21/11/2026", "kind": "a", "version": "1", FIELD: NAME}, headers=headers)
    return unquote(answer.cookies[COOKIE].value) if COOKIE in answer.cookies else ""


def test_a_form_that_was_accepted_is_named_to_the_next_page(w, as_post):
    assert told(as_post(w.lan), "/thu/") == NAME


def test_a_form_that_was_refused_is_not(w, as_post):
    assert told(as_post(w.lan), "/thu/", "refuse") == ""


def test_nor_is_one_that_was_led_away_to_sign_in(w):
    assert told(Client(), "/thu/") == ""


def test_nor_one_that_the_outbox_sent_which_drops_its_copy_itself(w, as_post):
    assert told(as_post(w.lan), "/thu/gui/", **{"Idempotency-Key": "9d9b6c4e-3a0e-4a52-8c63-0a8f3a6f2c11"}) == ""


def test_a_name_that_no_form_of_ours_bears_is_not_sent_back(w, as_post):
    answer = as_post(w.lan).post("/thu/", {"text": "một", "day": "21/11/2026", "kind": "a", "version": "1", FIELD: "x" * 401})
    assert (answer.status_code, COOKIE in answer.cookies) == (302, False)
