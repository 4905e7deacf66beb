"""The import pages in a real Chromium: mending by keyboard, both themes, large and small."""

import pytest
from playwright.sync_api import expect

from phoihop.domain.activities.actions import importing
from phoihop.kernel.upload import Upload
from tests.domain.activities.importing_world import AREA, BP, DAY, END, line, police, read, states, work
from tests.web.browser import check, check_both, settle
from tests.world import NOON

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_log_is_sent_mended_by_keyboard_and_looked_through(browser_page, w, tmp_path):
    large = tmp_path / "so.xlsx"
    large.write_bytes(b"PK" + bytes(21 << 20))
    view = browser_page(w.lan, "/tuan-tra/nhap/")
    view.set_input_files("[name=upload]", large)  # by its name: the browser reads no byte of it
    view.wait_for_function("document.querySelector('[name=upload]').validationMessage.startsWith('Tệp quá lớn')")
    check(view)
    run = read(w, police(*(line((AREA, "xã Bến Cũ"), (DAY, f"0{n}/3/2026")) for n in range(1, 4)), line((DAY, "29/2/2026")), line((END, None)), line((BP, 2))))
    address = f"/tuan-tra/nhap/{run.pk}/"
    view = browser_page(w.lan, address, theme="dark")
    check(view)
    view.locator(".alike .offered").first.click()
    expect(view.locator("#toasts > *")).to_have_count(1)
    expect(view.locator(".lines > li")).to_have_count(3)
    settle(view)
    view.locator(".lines .spot input[name=value]").first.fill("28/2/2026")
    view.keyboard.press("Enter")
    expect(view.locator(".lines > li")).to_have_count(2)
    expect(view.locator(".lines [name=value]:focus")).to_have_count(1)
    assert [state for _n, state in states(run)].count("ready") == 4
    check(browser_page(w.lan, address, width=390, height=844), phone=True)


def test_the_bar_moves_by_itself_and_gives_way_to_the_preview(browser_page, w):
    run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload("so.xlsx", police(line(), line((DAY, "06/3/2026")))), at=NOON)
    view = browser_page(w.lan, f"/tuan-tra/nhap/{run.pk}/")
    check(view)
    expect(view.locator("[role=progressbar]")).to_have_attribute("aria-valuemax", "2")
    work()
    view.wait_for_selector("table")
    settle(view)
    view.click("button:has-text('Nhập 2 dòng sẵn sàng')")
    view.wait_for_selector("[role=progressbar]")
    work()
    view.wait_for_selector("table a.code")


def test_the_other_pages_of_an_import(visit, w):
    run = read(w, police(line(), line((DAY, "29/2/2026"))))
    place = f"/tuan-tra/nhap/{run.pk}/"
    for rest in ("?tt=san-sang", "cot/", "rut/", f"dong/{run.rows.first().pk}/"):
        check_both(visit(w.lan, place + rest))
