"""Papers in a real Chromium: on the screen, on a phone, and as the printer gets them."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain.activities.actions.confirming import make_link
from tests.domain.activities.steps import THREE, reported
from tests.web.browser import check, check_both

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_paper_on_a_desk_and_on_a_phone(visit, w):
    a = reported(w, *THREE)
    june = "?ky=2026-T6"
    paths = (
        f"/tuan-tra/{a.matter.code}/phieu/",
        f"/tuan-tra/{a.matter.code}/chep/",
        f"/tuan-tra/so/{june}",
        "/truc/so/?ngay=2026-06-01",
        f"/tuan-tra/danh-sach-ky/{june}&ben={w.militia_song.key}",
        f"/tuan-tra/danh-sach-ky/in/{june}&ben={w.militia_song.key}",
    )
    for path in paths:
        check_both(visit(w.lan, path))


def test_the_printer_gets_the_paper_alone(browser_page, w):
    a = reported(w)
    view = browser_page(w.lan, f"/tuan-tra/{a.matter.code}/phieu/")
    view.emulate_media(media="print")
    expect(view.locator(".rail").first).to_be_hidden()
    expect(view.locator(".head").first).to_be_hidden()
    expect(view.locator(".a4").first).to_be_visible()


def test_the_page_behind_a_link_is_answered_without_an_account(browser_page, w):
    a = reported(w)
    _link, secret = make_link(by=w.lan, activity=a, unit=w.militia_song, at=timezone.now())
    view = browser_page(None, f"/xn/{secret.reveal()}/", width=390, height=844)
    check(view, phone=True)
    check(browser_page(None, f"/xn/{secret.reveal()}/", theme="dark"))
    view.check("[name=agrees][value=co]")
    view.click("button:has-text('Gửi trả lời')")
    view.wait_for_selector("text=Đã ghi trả lời")
    check(view, phone=True)
    used = browser_page(None, f"/xn/{secret.reveal()}/")
    expect(used.locator("h1")).to_have_text("Liên kết này đã dùng")
