"""The task pages in a real Chromium: both themes, a desk and a phone; and one task given by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain import models as m
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from tests.web.browser import check, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def task(transactional_db, w):
    draft = TaskDraft(
        None, "Sửa đèn cảnh báo ở bến, thử cả ban đêm", w.militia_song, timezone.now() + timedelta(hours=2), supports=[w.station], source="directive"
    )
    return give(by=w.lan, draft=draft, at=timezone.now())


def test_the_pages_on_a_desk_and_on_a_phone(visit, w, task):
    for path in ("/nhiem-vu/", "/nhiem-vu/moi/", f"/nhiem-vu/{task.code}/"):
        check(visit(w.lan, path))
        check(visit(w.binh, path, theme="dark", width=390, height=844), phone=True)


def test_a_task_given_by_hand_says_before_whether_it_is_assigned_or_requested(browser_page, w, task):
    view = browser_page(w.lan, "/nhiem-vu/moi/")
    view.fill("[name=what]", "Cắm lại biển báo")
    view.fill("[name=lead]", w.militia_song.name)
    view.press("[name=lead]", "Tab")
    expect(view.locator("#mode .banner")).to_contain_text("Đây là đề nghị.")
    settle(view)
    view.get_by_role("button", name="Gửi").click()
    view.wait_for_url("**/nhiem-vu/NV-*/")
    expect(view.locator("h1")).to_have_text("Cắm lại biển báo")
    made = m.Task.objects.get(what__text="Cắm lại biển báo")
    assert (made.mode, made.lead) == ("requested", w.militia_song)
    check(view)
