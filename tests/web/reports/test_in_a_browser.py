"""The report pages in a real Chromium: a figure opens below its line, everything passes axe in both themes, on a phone and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.domain.activities.steps import held
from tests.reports.province import province
from tests.web.browser import axe, check, check_both
from tests.web.reports.test_pages import AUGUST

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATHS = ("/bao-cao/", AUGUST + "?dv=86", AUGUST + "?dv=86&xem=cung-ky", AUGUST + "van-ban/?dv=86", "/so-lieu/", "/so-lieu/nhap/")


@pytest.fixture
def w(db):
    world = province()
    held(world)
    return world


def test_every_page_on_a_desk_in_the_dark_and_on_a_phone(visit, w):
    for path in (*PATHS, "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T6&dv=29001"):
        check_both(visit(w.mai, path))


def test_a_figure_opens_its_records_below_its_line_and_shuts_again(browser_page, w):
    view = browser_page(w.mai, "/bao-cao/THONGKE/2026-T6/?dv=86", width=1440)
    view.wait_for_selector(".paper .of-total")
    assert view.eval_on_selector_all(".paper tr", "rows => rows.filter(row => getComputedStyle(row).display !== 'table-row').length") == 0
    door = view.locator("#figures tbody tr.of-row a.door").first
    door.click()
    expect(view.locator(".drill")).to_contain_text("1 cuộc tạo nên con số này", use_inner_text=True)
    expect(view.locator("tr.opened + .drill-row")).to_have_count(1)
    check(view)
    view.locator("[data-shut]").click()
    expect(view.locator(".drill-row")).to_have_count(0)
    expect(door).to_be_focused()


def test_without_the_script_a_figure_is_a_link_to_the_same_records(browser_page, w):
    view = browser_page(w.mai, "/bao-cao/THONGKE/2026-T6/?dv=86", width=1440)
    href = view.locator("#figures tbody tr.of-row a.door").first.get_attribute("href")
    view.goto(view.url.split("/bao-cao")[0] + href)
    expect(view.locator("h1")).to_contain_text(re.compile(r"^\s*1 cuộc"))


def test_on_paper_there_is_the_table_and_no_control(browser_page, w):
    view = browser_page(w.mai, AUGUST + "?dv=86", width=794)
    view.emulate_media(media="print")
    expect(view.locator(".head .btn").first).to_be_hidden()
    expect(view.locator("#figures")).to_be_visible()
    assert axe(view) == []
