"""The pages of plans in a real browser, with axe, at every width."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from phoihop.domain.agreements.actions.teams import form_team
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft
from phoihop.kernel.period import local_day
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.web.browser import check, settle
from tests.world import songdat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    w = songdat()
    w.draft = a_flood_plan(w)
    arranged(w, w.draft, the_steps(w))
    w.event = an_event_plan(w)
    arranged(w, w.event, the_posts(w))
    return w


def page_of(a, *parts):
    return "/".join(["/ke-hoach", a.matter.code, *parts, ""])


def test_the_form_that_arranges_a_plan(world, visit):
    for plan, theme in ((world.draft, "light"), (world.event, "dark")):
        check(visit(world.lan, page_of(plan, "bo-tri"), theme=theme))


def test_a_row_is_added_and_enter_saves(world, browser_page):
    view = browser_page(world.lan, page_of(world.event, "bo-tri"))
    view.get_by_role("button", name="Thêm việc chuẩn bị").click()
    view.wait_for_url("**/bo-tri/#checks")
    view.fill("[name='checks.1.what']", "Kiểm tra đèn bờ kè")
    view.get_by_role("button", name="Bỏ dòng 2").last.click()
    expect(view.locator("[name='posts.0.place']")).to_be_visible()
    expect(view.locator("[name='checks.1.what']")).to_have_count(0)
    settle(view)
    view.press("[name='posts.0.place']", "Enter")
    view.wait_for_url(lambda url: "/bo-tri/" not in url)
    assert [c.what.text for c in arrangement_in(current(world.event)).checks] == ["Thử bộ đàm các chốt"]


def test_plans_in_force_and_their_acts(world, visit):
    now, today = timezone.now(), local_day(timezone.now())
    flood, event = signed(world, world.draft), world.event
    type(flood).objects.filter(pk=flood.pk).update(valid_from=None)
    flood.versions.update(valid_from=None)
    members = [MemberDraft(world.police_song, "lead", 3), MemberDraft(world.militia_song, "support", 2)]
    form_team(by=world.lan, agreement=flood, team=TeamDraft("Tổ kè sông", "Tuần kè", today, today + timedelta(days=365), members), at=now)
    check(visit(world.lan, page_of(flood)))
    check(visit(world.binh, page_of(flood), theme="dark"))
    check(visit(world.lan, page_of(event)))
    for parts in (("mo-phuong-an",), ("to-cong-tac",), ("cong-viec", "luyen-tap")):
        check(visit(world.lan, page_of(flood, *parts)))
    check(visit(world.binh, page_of(flood), width=320, height=800), phone=True)
