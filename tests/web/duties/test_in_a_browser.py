"""The pages of duties in a real Chromium: both themes, a desk and a phone; and a clause laid down by hand."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.matters.actions.opening import Opening, open_matters
from phoihop.kernel.period import local_day
from tests.domain.agreements.agreed import a_regulation
from tests.domain.agreements.duties import agreed, meeting
from tests.web.browser import check_both

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BEGAN = local_day(timezone.now()).replace(day=1, month=1)


@pytest.fixture
def falling(transactional_db, w):
    made = agreed(w, meeting(w), meeting(w, "quarter", act="patrol", due_workdays=3), began=BEGAN)
    while open_due(by=w.node, at=timezone.now()):
        pass
    open_matters(kind="GB", openings=[Opening(w.police_song, w.song)], at=timezone.now())
    return made


def test_the_pages_on_a_desk_and_on_a_phone(visit, w, falling):
    task = m.Occasion.objects.order_by("first").first().task
    year = BEGAN.year
    paths = (
        "/ke-hoach/phan-cong/", f"/ke-hoach/{falling.matter.code}/phan-cong/", f"/ke-hoach/{falling.matter.code}/phan-cong/1/",
        f"/ke-hoach/thuc-hien/?dv=86&ky={year}", f"/ke-hoach/thuc-hien/?dv=86&ky={year}&theo=viec", f"/ke-hoach/thuc-hien/?dv=86&ky={year}&xem=ban-do",
        f"/ke-hoach/thuc-hien/viec/?dv=86&ky={year}", "/ke-hoach/lich/", "/ke-hoach/do-phu/?dv=86", f"/ke-hoach/den-han/{task.code}/",
        f"/nhiem-vu/{task.code}/", "/nhiem-vu/nhieu/",
        f"/ke-hoach/{falling.matter.code}/phan-cong/bang/", "/ke-hoach/mau-chu-ky/?dv=86", "/ke-hoach/mau-chu-ky/contents/",
    )  # fmt: skip
    for path in paths:
        check_both(visit(w.lan, path))


def test_a_clause_is_laid_down_by_hand_beside_its_text(browser_page, w, transactional_db):
    draft = a_regulation(w, timezone.now())
    view = browser_page(w.lan, f"/ke-hoach/{draft.matter.code}/phan-cong/1/")
    expect(view.locator(".clause-text")).to_contain_text("Các bên trao đổi thông tin hằng tuần")
    view.select_option("[name=act]", "inform")
    view.select_option("[name=cadence]", "week")
    view.select_option("[name=force_DQ]", "support")
    view.get_by_role("button", name="Ghi", exact=True).click()
    view.wait_for_selector("text=Việc này chưa có bên chủ trì")
    view.select_option("[name=force_CA]", "lead")
    view.get_by_role("button", name="Ghi", exact=True).click()
    expect(view.locator("#h-laid .count").first).to_have_text("1")
    assert m.Duty.objects.filter(clause__version__agreement=draft, clause__order=1).values_list("act", "cadence").get() == ("inform", "week")
