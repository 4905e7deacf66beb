"""The pages of one patrol in a real Chromium: every page against axe, in both themes, large and small; the result in three taps."""

import os
import re

import pytest
from playwright.sync_api import expect

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.actions.under_way import start, tap
from phoihop.domain.activities.rules import PartyDraft
from tests.web.browser import at_night_on_a_phone, check, check_both, outbox_ready, settle
from tests.web.patrols.steps import HOUR, accepted, now, on_route, page_of, planned, reported, said
from tests.world import a_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = os.environ.get("SHOTS", "")


def looked_at(view, name, phone=False):
    """The checks of every page; a picture of it where SHOTS names a folder."""
    if SHOTS:
        view.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    check(view, phone=phone)


def both_looked_at(view, name):
    if SHOTS:
        view.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    check_both(view)
    if SHOTS:
        at_night_on_a_phone(view).screenshot(path=f"{SHOTS}/{name}-phone.png", full_page=True)


def test_the_patrol_page_on_a_desk_and_on_a_phone(visit, w):
    a = accepted(w, planned(w, starts=-HOUR, route=on_route(w), route_kind="river", armed=True))
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    tap(by=w.hai, activity=a, checkpoint=m.Checkpoint.objects.get(n=1), tapped_at=now() - HOUR / 2, at=now())
    both_looked_at(visit(w.lan, page_of(a)), "patrol")
    reported(w, a, started_at=now() - HOUR, ended_at=now())
    said(w.hai, a, agrees=False, note="Chỉ đi một giờ")
    looked_at(visit(w.binh, page_of(a)), "patrol-party")
    looked_at(visit(w.dung, page_of(a), theme="dark", width=390, height=844), "patrol-superior-phone", phone=True)


def test_an_offer_settles_its_field_although_the_draft_came_back_beneath_it(browser_page, w):
    view = browser_page(w.lan, "/tuan-tra/moi/")
    begins = (now() + 48 * HOUR).replace(hour=20, minute=0)
    typed = {"day": f"{begins:%d/%m/%Y}", "start": "20:00", "end": "22:00", "area": "Xã Sông", "title": "Chốt cầu phao, gọi 0912345678"}
    typed |= {"parties.0.people": "3", "parties.1.unit": "Ban CHQS xã Sông", "parties.1.people": "4"}
    for name, value in typed.items():
        view.fill(f"[name='{name}']", value)
    view.select_option("[name=route_kind]", "road")
    view.click("button:has-text('Lên lịch, gửi đề nghị')")
    expect(view.locator(".offer button")).to_have_attribute("value", "Chốt cầu phao, gọi …")
    expect(view.locator("[name=title] >> nth=0")).to_have_value("Chốt cầu phao, gọi 0912345678")
    view.click(".offer button")
    view.wait_for_url("**/tuan-tra/TT-*/")
    assert m.Activity.objects.get().matter.title.text == "Chốt cầu phao, gọi …"


def test_a_check_point_is_tapped_on_a_phone(browser_page, w):
    a = planned(w, starts=-HOUR, route=on_route(w), route_kind="river")
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    view = browser_page(w.binh, page_of(a), width=390, height=844)
    view.click("button:has-text('Đã tới') >> nth=1")
    view.wait_for_selector(".track .reached")
    assert list(m.CheckTap.objects.values_list("checkpoint__name", "unit")) == [("Bến đò Đất", w.militia_song.pk)]


def test_a_result_takes_three_taps_on_a_phone(browser_page, w):
    a = accepted(w, planned(w))
    view = browser_page(w.lan, "/tuan-tra/thieu-ket-qua/", width=390, height=844)
    looked_at(view, "missing-phone", phone=True)
    view.click("a:has-text('Ghi') >> visible=true")
    view.wait_for_url("**/ket-qua/")
    looked_at(view, "result-phone", phone=True)
    outbox_ready(view)
    view.click("label:has-text('Không phát sinh')")
    view.click("button:has-text('Gửi kết quả')")
    view.wait_for_url(f"**{page_of(a)}")
    done = m.Activity.objects.get(pk=a.pk)
    assert (done.claim, done.started_at, done.outcomes.count()) == ("held", a.planned_start, 0)
    assert [(s.unit_id, s.people) for s in done.strengths.order_by("pk")] == [(w.police_song.pk, 3), (w.militia_song.pk, 4), (w.station.pk, 2)]


def test_a_result_recorded_without_a_network_is_sent_when_there_is_one(browser_page, w):
    a = accepted(w, planned(w))
    view = browser_page(w.lan, page_of(a, "ket-qua/"), width=390, height=844)
    outbox_ready(view)
    view.context.set_offline(True)
    view.click("label:has-text('Không phát sinh')")
    view.click("button:has-text('Gửi kết quả')")
    view.wait_for_selector(".toasts :has-text('Đã lưu trên máy')")
    assert m.Activity.objects.get(pk=a.pk).claim == ""
    view.complaints.clear()  # that there was no network
    with view.expect_response("**/ket-qua/") as sent:
        view.context.set_offline(False)
    assert sent.value.json()["done"] is True
    settle(view)
    assert m.Activity.objects.get(pk=a.pk).claim == "held"


def test_counts_appear_with_what_came_of_it(browser_page, w):
    a = accepted(w, planned(w))
    view = browser_page(w.lan, page_of(a, "ket-qua/"), theme="dark")
    outbox_ready(view)
    count = view.locator("#step-outcomes\\.nhac-nho")
    expect(count).to_be_hidden()
    view.click("label:has-text('Nhắc nhở') >> nth=0")
    expect(count).to_be_visible()
    looked_at(view, "result-dark")
    view.click("[data-step='1'] >> nth=0")
    view.click("[data-step='1'] >> nth=0")
    expect(count).to_have_value("2")
    view.click("button:has-text('Gửi kết quả')")
    view.wait_for_url(f"**{page_of(a)}")
    assert list(m.Outcome.objects.values_list("kind", "count")) == [("nhac-nho", 2)]


def test_the_plan_form_on_a_desk_and_on_a_phone(browser_page, w):
    on_route(w)
    view = browser_page(w.lan, "/tuan-tra/moi/")
    looked_at(view, "plan")
    view.click("button:has-text('Chia chặng')")
    view.wait_for_selector(".plan-row.legs")
    view.fill("[name=day]", "30/2/2026")
    view.fill("[name=start]", "20:00")
    view.fill("[name=end]", "19:00")
    view.click("button:has-text('Lên lịch, gửi đề nghị')")
    view.wait_for_selector(".summary")
    view.complaints.clear()  # the browser notes that a refused form answers 422
    looked_at(view, "plan-refused")
    looked_at(browser_page(w.lan, "/tuan-tra/moi/", theme="dark", width=390, height=844), "plan-phone", phone=True)


def test_what_waits_for_a_unit_is_ticked_and_confirmed(browser_page, w):
    first, second = (reported(w, accepted(w, planned(w, starts=-n * HOUR))) for n in (5, 9))
    planned(w, starts=20 * HOUR)
    view = browser_page(w.binh, "/tuan-tra/cho-xac-nhan/")
    looked_at(view, "waiting")
    looked_at(browser_page(w.binh, "/tuan-tra/cho-xac-nhan/", theme="dark", width=390, height=844), "waiting-phone", phone=True)
    view.click(f"tr:has-text('{first.matter.code}') .tick label")
    view.click("button:has-text('Xác nhận các cuộc đã chọn')")
    expect(view.locator("#main")).not_to_contain_text(first.matter.code)
    assert [m.Activity.objects.get(pk=a.pk).confirmed for a in (first, second)] == [1, 0]


def test_the_list_and_the_month_on_a_desk_and_on_a_phone(visit, w):
    planned(w, route=on_route(w), route_kind="river")
    reported(w, accepted(w, planned(w, starts=-9 * HOUR)))
    for name, path in (("list", "/tuan-tra/"), ("month", "/tuan-tra/thang/"), ("campaigns", "/tuan-tra/dot/"), ("campaign-new", "/tuan-tra/dot/moi/")):
        both_looked_at(visit(w.lan, path), name)


def led_by_the_militia(w, hour):
    """Tomorrow at that hour, on no route; the police take part."""
    begins = (now() + 24 * HOUR).replace(hour=hour, minute=0)
    draft = a_draft(w, start=begins, end=begins + 2 * HOUR, parties=[PartyDraft(w.militia_song, people=4), PartyDraft(w.police_song, people=3)])
    return plan(by=w.binh, draft=draft, at=now())


def test_enter_opens_what_a_cell_of_the_month_holds_whoever_leads_it(browser_page, w):
    a = led_by_the_militia(w, 8)
    view = browser_page(w.lan, f"/tuan-tra/thang/?dv=29001&ky={a.day.year}-T{a.day.month}")
    board, cell = view.url, f"#c-a{w.song.pk}-{a.day.isoformat()}"
    view.focus(cell)
    view.keyboard.press("Enter")
    expect(view).to_have_url(re.compile(f"{page_of(a)}$"))
    led_by_the_militia(w, 14)
    view.goto(board)
    view.focus(cell)
    view.keyboard.press("Enter")
    expect(view).to_have_url(re.compile(rf"/tuan-tra/\?dv=29001&tu={a.day:%d/%m/%Y}&den={a.day:%d/%m/%Y}$"))
    expect(view.locator("#main")).to_contain_text(a.matter.code)


def test_the_small_acts_on_a_desk_and_on_a_phone(visit, w):
    a = accepted(w, planned(w, starts=HOUR))
    over = reported(w, accepted(w, planned(w)))
    pages = [(w.lan, page_of(a, "huy/")), (w.lan, page_of(a, "de-nghi/")), (w.lan, page_of(a, "sua/")), (w.binh, page_of(a, "tu-choi/")),
             (w.binh, page_of(over, "xac-nhan/")), (w.binh, page_of(over, "khong-dung/")), (w.lan, page_of(over, "lien-ket/"))]  # fmt: skip
    for n, (post, path) in enumerate(pages):
        both_looked_at(visit(post, path), f"act-{n}")


def pasted(view, field, text):
    """As a spreadsheet's cells come from the clipboard into a field."""
    view.focus(field)
    view.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_many_lines_are_pasted_and_sent(browser_page, w):
    view = browser_page(w.lan, "/tuan-tra/nhap-nhanh/", theme="dark")
    looked_at(view, "quick-dark")
    yesterday = f"{now() - 24 * HOUR:%d/%m/%Y}"
    for name, text in (
        ("ngay", yesterday),
        ("tu", "20:00"),
        ("den", "22:00"),
        ("noi", "Xã Sông"),
        ("loai", "Tuyến sông"),
        ("nguoi", "3"),
        ("cung", "Đội bóng"),
    ):
        view.fill(f"[name='r0.{name}']", text)
    view.click("button:has-text('Gửi tất cả')")
    view.wait_for_selector(".quick-grid .wrong")
    view.complaints.clear()  # the browser notes that a refused form answers 422
    looked_at(view, "quick-refused")
    view.fill("[name='r0.cung']", "Ban CHQS xã Sông")
    view.fill("[name='r0.nguoi-cung']", "4")
    view.click("button:has-text('Gửi tất cả')")
    view.wait_for_url("**/tuan-tra/")
    assert m.Activity.objects.get().claim == "held"
    view.goto(view.url + "nhap-nhanh/")
    expect(view.locator("[name='r0.ngay']")).to_have_value("")  # what was accepted is not offered again
    pasted(view, "[name='r1.tu']", "\n".join(f"20:00\t{n}" for n in range(1, 202)))
    expect(view.locator("[name='r199.den']")).to_have_value("199")
    expect(view.locator("#toasts")).to_contain_text("Bảng nhận nhiều nhất 200 dòng. Còn 2 dòng chưa dán")
    view.on("dialog", lambda dialog: dialog.accept())
    view.reload()
    expect(view.locator("[name='r199.den']")).to_have_value("199")
    expect(view.locator("[name=rows]")).to_have_value("200")
