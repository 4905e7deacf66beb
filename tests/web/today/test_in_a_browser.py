"""The board in a real Chromium: both themes, a phone, one printed page, and a sentence that is swapped only when it changes."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import State
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import HOME
from tests.web.browser import answered, check
from tests.world import a_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOUR = timedelta(hours=1)


def planned(w, hours):
    begin = timezone.now() + timedelta(hours=hours)
    return plan(by=w.lan, draft=a_draft(w, start=begin, end=begin + timedelta(hours=2)), at=begin - timedelta(days=2))


@pytest.fixture
def busy(transactional_db, w, monkeypatch):
    """A day at noon, for as long as a test takes: a duty day that ends meanwhile has another sentence."""
    noon = timezone.now().astimezone(HOME).replace(hour=12, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for hours in (-5, -1, 0.5, 3, 30):
        a = planned(w, hours)
    for hours in (1, 50):
        give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn cảnh báo ở bến", w.militia_song, timezone.now() + timedelta(hours=hours)), at=timezone.now())
    return w


def test_the_board_on_a_desk_and_on_a_phone(visit, busy):
    for post in (busy.binh, busy.mai):
        check(visit(post, "/?tt=tat-ca"))
        check(visit(post, "/?dv=86", theme="dark", width=1920))
    view = visit(busy.binh, "/", theme="dark", width=390, height=844)
    check(view, phone=True)
    expect(view.locator(".big-one")).to_have_text(["Ghi kết quả tuần tra", "Tạo cuộc tuần tra"], use_inner_text=True)


def sheets(view):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(view.pdf(prefer_css_page_size=True))).pages]


def without_gaps(text):
    """As text is compared that was read from a PDF: that sets letters, not words."""
    return "".join(text.split())


def test_the_leaders_page_prints_on_one_sheet_however_many_lines_wait_for_their_results(browser_page, busy, monkeypatch):
    view = browser_page(busy.mai, "/?dv=86")
    assert len(sheets(view)) == 1
    begun = timezone.now() - timedelta(hours=5)
    owing = [
        OnDuty(n, f"TT-26-PH86-{n}-0", "Tuyến bến phà", 0, "", f"Xã Chưa Ghi {n}", "Công an xã", "CA", State.MISSING, False, False, begun, begun + HOUR)
        for n in range(40)
    ]
    monkeypatch.setattr("phoihop.web.today.board.on_duty", lambda *_: owing)
    view.reload()
    [only] = sheets(view)
    left = 40 - only.count("0/1")
    assert 0 < left < 30
    assert without_gaps(f"Và {left} dòng nữa, {left} cuộc: {left} cuộc chậm xuất phát hoặc thiếu kết quả.") in without_gaps(only)


def test_a_poll_swaps_the_sentence_only_when_it_says_something_else(browser_page, busy):
    view = browser_page(busy.lan, "/")
    view.evaluate("window.swaps = 0; new MutationObserver(() => window.swaps++).observe(document.getElementById('situation'), {childList: true})")

    said = view.locator("#situation").inner_text()
    answered(view, "moving", "tt:poll")
    assert view.evaluate("window.swaps") == 0
    planned(busy, 0.2)
    answered(view, "moving", "tt:poll")
    expect(view.locator("#situation")).not_to_have_text(said, use_inner_text=True)
    assert view.evaluate("window.swaps") > 0


def test_one_tap_in_the_queue_accepts(browser_page, busy):
    view = browser_page(busy.binh, "/", width=390, height=844)
    waiting = view.locator("#hang-doi .rows > li")
    before = waiting.count()
    view.get_by_role("button", name="Nhận lời").first.click()
    expect(waiting).to_have_count(before - 1)
