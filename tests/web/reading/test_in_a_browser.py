"""The reading pages in a real Chromium: a clause decided by keyboard, both themes, large and small."""

import pytest
from playwright.sync_api import expect

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.rules.reading.staged import Staged
from tests.domain.agreements.reading.files import a_docx, text_of
from tests.web.browser import check, check_both, settle
from tests.world import NOON

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/ke-hoach/doc-tep/"


def states(reading) -> list[str]:
    reading.refresh_from_db()
    return [c.state for c in Staged.of_json(reading.found).proposal.clauses]


def test_a_document_is_looked_through_by_keyboard(browser_page, w):
    text = text_of("quy-che-ba-luc-luong").replace("Ban Chỉ huy Bộ đội Biên phòng tỉnh", "Đội Kiểm lâm cơ động")
    reading = actions.begin(by=w.mai, upload=a_docx(text), at=NOON)
    check(browser_page(w.mai, f"{LIST}{reading.pk}/"))
    view = browser_page(w.mai, f"{LIST}{reading.pk}/?thu-tu=van-ban")
    view.keyboard.press("j")
    expect(view.locator("#dieu-0-ten")).to_be_focused()
    view.keyboard.press("1")
    view.wait_for_selector("#dieu-0.taken")
    settle(view)
    view.locator("#dieu-1 .label").focus()
    view.keyboard.press("3")
    view.wait_for_selector("#dieu-1.dropped")
    expect(view.locator("#dieu-1-ten")).to_be_focused()
    assert states(reading)[:3] == ["taken", "dropped", "new"]
    expect(view.locator("#counted")).to_contain_text("2/52")
    view.locator("#dieu-12 .label").focus()
    view.keyboard.press("2")
    view.wait_for_url(f"**{LIST}{reading.pk}/dieu/12/")
    check(view)
    check(browser_page(w.mai, f"{LIST}{reading.pk}/", theme="dark", width=320, height=800), phone=True)


def test_the_other_pages_of_a_reading(visit, w):
    reading = actions.begin(by=w.mai, upload=a_docx(text_of("ke-hoach-nam")), at=NOON)
    for rest in ("", f"{reading.pk}/lap/", f"{reading.pk}/bo/", f"{reading.pk}/dieu/9/"):
        check_both(visit(w.mai, LIST + rest))
