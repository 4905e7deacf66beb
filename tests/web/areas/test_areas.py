"""The pages of areas: what became of what, on any day, with the checks; nothing of it is secret, and the register is only read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from phoihop.domain import models as m
from phoihop.web.areas.flow import flows
from tests.domain.territory.small import world_before
from tests.web.browser import check, check_both

EVE = "2025-06-30"


@pytest.fixture
def before(db):
    """Sông Đất before and after 1 July 2025: Sông (29001) took in Suối (29003); 29004 went to Đất."""
    return world_before()


def said(client, path, **query):
    answer = client.get(path, query)
    return answer.status_code, answer.content.decode()


def test_an_area_says_what_it_was_and_still_is(before, as_post):
    code, page = said(as_post(before.lan), "/dia-ban/29001/")
    assert code == 200
    assert "vẫn là đơn vị này" in page
    assert f'href="/dia-ban/29003/?ngay={EVE}"' in page
    assert "Công an xã Sông" in page


def test_a_former_area_is_shown_on_its_last_day_with_what_it_is_now(before, as_post):
    code, page = said(as_post(before.lan), "/dia-ban/29003/")
    assert code == 200
    assert "Đang xem ngày cuối cùng" in page
    assert "Suối" in page
    assert "Sông" in page


def test_one_code_names_another_area_on_another_day(before, as_post):
    client = as_post(before.lan)
    old = m.Area.objects.filter(code="29003").get()
    m.Area.objects.create(code="29003", name="Mới", folded="moi", level="commune", kind="xa", valid_from=date(2025, 7, 1))
    assert "<h1>Xã Mới" in said(client, "/dia-ban/29003/")[1]
    assert f"<h1>{old}" in said(client, "/dia-ban/29003/", ngay=EVE)[1]


def test_a_code_that_no_area_bore_is_not_found(before, as_post):
    assert said(as_post(before.lan), "/dia-ban/99999/")[0] == 404


def test_who_is_not_signed_in_is_asked_to(client, before):
    assert client.get("/dia-ban/29001/").headers["Location"].startswith("/dang-nhap/")


def test_the_slider_leads_to_the_day_of_its_step(before, as_post):
    client = as_post(before.lan)
    answer = client.get("/dia-ban/29001/", {"moc": "3"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "?ngay=2025-07-01")
    assert client.get("/dia-ban/29001/", {"moc": "77"}).status_code == 200


def test_units_tied_by_a_division_are_drawn_together_with_all_they_were_made_of(before):
    (flow,) = flows(before.song)
    (strand,) = flow.strands
    assert (flow.day, flow.olds, flow.news) == (date(2025, 7, 1), 4, 2)
    assert [node.area.code for node in strand.olds] == ["29001", "29003", "29004", "29002"]
    assert [(node.area.code, node.chosen, node.count) for node in strand.news] == [("29001", True, 3), ("29002", False, 2)]
    assert [(ribbon.hot, ribbon.shared) for ribbon in strand.ribbons] == [(True, False), (True, False), (True, True), (False, False), (False, True)]


def test_without_the_division_each_merge_is_its_own_and_the_chosen_one_comes_first(before):
    m.Succession.objects.filter(old__code="29004", new__code="29001").delete()
    (flow,) = flows(before.dat)
    assert [[node.area.code for node in strand.olds] for strand in flow.strands] == [["29002", "29004"]]
    assert flow.strands[0].ribbons[0].d == "M0 3.0C50 3.0 50 6.0 100 6.0V50.0C50 50.0 50 47.0 0 47.0Z"


@pytest.mark.parametrize("text", ["Suối", "suoi", "29003"])
def test_a_former_name_is_found_with_and_without_diacritics(before, as_post, text):
    page = said(as_post(before.lan), "/dia-ban/", tim=text)[1]
    assert f'href="/dia-ban/29003/?ngay={EVE}"' in page
    assert "nay là" in page


def test_what_is_not_there_is_said(before, as_post):
    assert "Không có địa bàn nào tên “Atlantis”" in said(as_post(before.lan), "/dia-ban/", tim="Atlantis")[1]


def test_figures_add_up_on_todays_areas_or_as_recorded(before, as_post):
    client = as_post(before.lan)
    today, recorded = said(client, "/dia-ban/29001/")[1], said(client, "/dia-ban/29001/", quy="luc-ghi")[1]
    assert today.count('<ul class="parts">') == 1
    assert "số liệu cũ chỉ đúng khi cộng cùng Phường Đất" in today
    assert "cộng cùng" not in recorded
    assert "Suối" not in recorded.partition('<ul class="parts">')[2].partition("</ul>")[0]


def test_the_checks_are_for_those_who_may_see_the_structure(before, as_post):
    assert said(as_post(before.lan), "/dia-ban/kiem-tra/")[0] == 403
    m.User.objects.filter(pk=before.van.user_id).update(totp_secret="sealed")
    before.van.user.refresh_from_db()
    code, page = said(as_post(before.van), "/dia-ban/kiem-tra/")
    assert code == 200
    assert "Số đơn vị không bằng số đã công bố" in page


@pytest.mark.parametrize(
    "path", ["/dia-ban/", f"/dia-ban/29001/?moc={'9' * 5000}", "/dia-ban/29001/", "/dia-ban/86/", f"/dia-ban/29003/?ngay={EVE}", "/dia-ban/VN/"]
)
def test_a_page_asks_little(before, as_post, django_assert_max_num_queries, path):
    client = as_post(before.lan)
    client.get(path)  # areas hardly ever change: the register is kept at hand after the first look
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200


@pytest.mark.browser
@pytest.mark.slow
def test_the_pages_pass_in_a_browser(visit, transactional_db):
    w = world_before()
    for path in ("/dia-ban/29001/", "/dia-ban/?tim=suoi", f"/dia-ban/29003/?ngay={EVE}"):
        check_both(visit(w.lan, path))
    m.User.objects.filter(pk=w.van.user_id).update(totp_secret="sealed")
    w.van.user.refresh_from_db()
    check(visit(w.van, "/dia-ban/kiem-tra/"))


@pytest.mark.browser
@pytest.mark.slow
def test_the_arrow_keys_jump_from_event_to_event(browser_page, transactional_db):
    w = world_before()
    view = browser_page(w.lan, "/dia-ban/29001/")
    view.focus("#slider-moc")
    expect(view.locator("#slider-moc")).to_have_attribute("aria-valuetext", re.compile(r"^\d\d/\d\d/\d{4} ."))
    view.keyboard.press("ArrowLeft")
    view.wait_for_url("**ngay=2025-07-01**")
    expect(view.locator("[aria-current=date] b")).to_have_text("01/07/2025")


def test_days_before_anything_was_known_show_the_first_day(before, as_post):
    page = said(as_post(before.lan), "/dia-ban/79/", ngay="2025-05-01")[1]
    assert 'Ngày <time datetime="2025-05-01">01/05/2025</time> chưa có đơn vị này. Đang xem ngày đầu tiên' in page
