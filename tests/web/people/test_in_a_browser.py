"""The people pages in a real Chromium: signing in by hand, and every page against axe, both themes, large and small."""

import io
from datetime import timedelta

import openpyxl
import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain import models as m
from phoihop.kernel.period import local_day
from phoihop.web.sheets import XLSX
from tests.web.browser import check, check_both

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_signing_in_by_hand_setting_up_the_second_proof_and_using_it(browser_page, w, words):
    view = browser_page(None, "/toi/ma-xac-thuc/")
    check(view)
    view.fill("[name=username]", "lan")
    view.fill("[name=password]", words)
    view.press("[name=password]", "Enter")
    view.wait_for_url("**/toi/ma-xac-thuc/")
    app = pyotp.TOTP(view.inner_text(".spelled").replace(" ", ""))
    view.fill("[name=code]", app.at(timezone.now() + timedelta(seconds=30)))  # the step to come: taken already, and longest
    view.press("[name=code]", "Enter")
    spare = view.locator(".codes li").first.inner_text()
    check(view)
    again = browser_page(None, "/dang-nhap/", theme="dark", width=390, height=844)
    check(again, phone=True)
    again.fill("[name=username]", "LAN")
    again.fill("[name=password]", words)
    again.press("[name=password]", "Enter")
    again.wait_for_url("**/dang-nhap/ma/**")
    check(again, phone=True)
    again.fill("[name=code]", spare.lower())
    again.press("[name=code]", "Enter")
    again.wait_for_url(lambda url: "/dang-nhap/" not in url)
    again.goto("/toi/")
    expect(again.locator("h1")).to_have_text("Lan")


def test_own_pages_on_a_desk_and_on_a_phone(browser_page, visit, w, words):
    for path in ("/toi/", "/toi/mat-khau/", "/toi/lam-thay/", "/chuc-trach/"):
        check_both(visit(w.mai, path))
    check_both(browser_page(None, "/dang-nhap/dat-lai/"))


def test_the_administrators_pages_on_a_desk_and_on_a_phone(visit, w, words):
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    desk = "/quan-tri/"
    paths = (
        "",
        "tai-khoan/",
        "tai-khoan/lan/",
        "tai-khoan/mo/",
        "tai-khoan/lan/giao/",
        "tai-khoan/lan/dong/",
        f"chuc-trach/{w.lan.pk}/",
        "vai/",
        "ma-truy-cap/",
    )
    for path in paths:
        check_both(visit(w.quan, desk + path))


def test_a_list_is_mended_in_place_and_entered(browser_page, w, words):
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    book, content, today = openpyxl.Workbook(), io.BytesIO(), local_day(timezone.now())
    book.active.append(["Họ và tên", "Tên đăng nhập", "Đơn vị", "Vai", "Chức trách", "Từ ngày"])
    book.active.append(["Nguyễn Văn An", None, "CA xã Sông", "sếp", "Trực ban", today])
    book.save(content)
    view = browser_page(w.quan, "/quan-tri/nhap-danh-sach/")
    view.set_input_files("[name=upload]", {"name": "danh-sach.xlsx", "mimeType": XLSX, "buffer": content.getvalue()})
    view.click("button:has-text('Xem trước')")
    view.wait_for_selector(".roster")
    check(view)
    view.click("button:has-text('Xem lại')")
    view.click("button:has-text('Nhập 1 dòng')")
    view.wait_for_selector(".slip")
    check(view)
    assert m.Post.objects.get(user__username="an.nv").unit == w.police_song
