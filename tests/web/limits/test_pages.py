"""The pages about limits: open to everybody, in the reader's language, whole."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from phoihop.kernel.gates import REFUSALS
from phoihop.web.limits.mechanisms import mechanisms
from tests.web.browser import at_night_on_a_phone, check, small_targets, wider_than_screen


@pytest.mark.django_db
def test_everything_kept_refused_and_forgotten_is_on_one_page_for_everybody(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        said = Client().get("/gioi-han/").content.decode()
    assert "số điện thoại trực" in said
    assert "Vai của bạn không được làm việc này." in said
    assert '<td class="n">1.825</td>' in said
    assert [code for code in REFUSALS if f">{code}<" not in said] == []


@pytest.mark.django_db
def test_the_mechanisms_say_where_they_are_or_what_they_wait_for():
    said = Client().get("/gioi-han/co-che/").content.decode()
    assert said.count('<th scope="row" lang="vi">') == 126
    assert "activities.plan" in said


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "fits"), [("da-co", lambda m: m.built), ("cho", lambda m: m.waits), ("ngoai", lambda m: m.out), ("gì-đó", lambda m: True)])
def test_the_mechanisms_are_filtered_by_their_answer(answer, fits):
    said = Client().get("/gioi-han/co-che/", {"tra-loi": answer}).content.decode()
    assert re.findall(r'<th scope="row" lang="vi">“([^<]+)”<', said) == [escape(m.quote) for m in mechanisms() if fits(m)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chỉ có đầu mối liên lạc; không có phương án chiến đấu"), ("en", "Point of contact only; no combat plans")]
)
def test_what_a_mechanism_comes_to_is_told_in_the_readers_language(language, said):
    browser = Client()
    browser.post("/giao-dien/", {"tieng": language})
    page = browser.get("/gioi-han/co-che/").content.decode()
    assert page.count(f'<span class="sm mut" lang="{language}">') == 126
    assert f">{said}</span>" in page


@pytest.mark.django_db
def test_the_guide_leads_to_both():
    said = Client().get("/huong-dan/").content.decode()
    assert 'href="/gioi-han/"' in said
    assert 'href="/gioi-han/co-che/"' in said


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("path", ["/gioi-han/", "/gioi-han/co-che/"])
def test_both_pass_in_a_browser(browser_page, w, path):
    view = browser_page(w.lan, path)
    check(view)
    phone = at_night_on_a_phone(view)  # thousands of cells: axe has looked at each of them above
    assert small_targets(phone, 44) == []
    assert wider_than_screen(phone, (390, 320)) == []
