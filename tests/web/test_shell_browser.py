"""The frame in a real Chromium: both themes, paper, phone, keyboard, no network, no JavaScript."""

from __future__ import annotations

import gzip
import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from phoihop.domain import models as m
from phoihop.web import shell
from phoihop.web.shell import Badge
from tests import world
from tests.web.browser import answered, axe, check, check_by_day_and_night, outbox_ready, settle
from tests.web.pages import DONE, STATE

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.pages")]

FACES = {"QS": ("#67751f", "#aebb5c"), "CA": ("#a03348", "#e0798d"), "BP": ("#137f68", "#4fc4a8"), "DQ": ("#a2690b", "#dfa544"), "MT": ("#71459b", "#b98fe0")}


@pytest.fixture
def w(transactional_db):
    w = world.songdat()
    for code, (light, dark) in FACES.items():
        m.ForceFace.objects.create(
            force=w.forces[code], valid_from=date(2000, 1, 1), name=f"Lực lượng {code}", name_en=code, monogram=code, colour=light, colour_dark=dark
        )
    squares = {
        "song": "10600000,1000000 10610000,1000000 10610000,1010000 10600000,1010000",
        "dat": "10610000,1000000 10620000,1000000 10620000,1010000 10610000,1010000",
    }
    for name, rings in squares.items():
        m.AreaShape.objects.create(area=getattr(w, name), source="imported", as_of=date(2025, 7, 1), rings=rings)
    DONE.clear()
    return w


HEARD = "document.addEventListener('keydown', e => document.body.dataset.heard = e.code)"
"""After the page's own listeners: a key that was heard and did nothing."""


def in_colour(view: Page, rgb: str) -> None:
    expect(view.locator("body")).to_have_css("background-color", rgb)


def test_every_page_of_the_frame_on_a_desk(w, visit):
    for path in ("/huong-dan/", "/huong-dan/giao-dien/", "/tim/?q=huong", "/chon-dia-ban/?ve=/", "/hang-doi/", "/khong-co/", "/thu/cac-phan/"):
        view = visit(w.mai, path)
        view.complaints[:] = [c for c in view.complaints if "404" not in c]
        check_by_day_and_night(view)


def test_every_page_of_the_frame_on_a_phone(w, visit):
    for path, theme in (("/huong-dan/", "dark"), ("/huong-dan/giao-dien/", "light"), ("/hang-doi/", "light")):
        view = visit(w.mai, path, theme=theme, width=390, height=844, has_touch=True)
        check(view, phone=True)
        expect(view.locator("nav.bottom")).to_be_visible()
        expect(view.locator("nav.rail")).to_be_hidden()


def test_before_anybody_has_signed_in(w, browser_page):
    view = browser_page(None, "/huong-dan/", theme="dark")
    check(view)
    in_colour(view, "rgb(12, 19, 17)")


def test_auto_follows_the_machine_and_paper_is_always_light(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/", theme="auto")
    in_colour(view, "rgb(244, 246, 244)")
    view.emulate_media(color_scheme="dark")
    in_colour(view, "rgb(12, 19, 17)")
    view.emulate_media(media="print", color_scheme="dark")
    in_colour(view, "rgb(255, 255, 255)")
    expect(view.locator("nav.rail")).to_be_hidden()


def test_a_force_has_its_colour_in_both_themes(w, browser_page):
    square = "e => getComputedStyle(e, '::before').backgroundColor"
    for theme, rgb in (("light", "rgb(160, 51, 72)"), ("dark", "rgb(224, 121, 141)")):
        view = browser_page(w.mai, "/huong-dan/giao-dien/", theme=theme)
        assert view.eval_on_selector("main .force.fc-ca", square) == rgb


def test_the_vietnamese_letters_come_from_the_small_font_file(w, browser_page):
    fonts = []
    view = browser_page(w.mai, "/huong-dan/giao-dien/")
    view.on("request", lambda request: fonts.append(request.url.rsplit("/", 1)[1]) if request.url.endswith("woff2") else None)
    view.reload(wait_until="networkidle")
    settle(view)
    assert sorted(set(fonts)) == ["inter-latin.woff2", "inter-vietnamese.woff2"]


def test_the_first_load_is_small(w, browser_page):
    answers = []
    view = browser_page(w.mai, "/huong-dan/")
    view.on("response", lambda answer: answers.append(answer))
    view.reload(wait_until="networkidle")
    settle(view)
    sizes = {r.url: len(gzip.compress(r.body())) for r in answers if r.status == 200 and not r.url.endswith("woff2")}
    assert len(sizes) > 5
    assert sum(sizes.values()) <= 60 * 1024, sizes


def test_icons_are_drawn(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/giao-dien/")
    shown = "[...document.querySelectorAll('svg.i use')].filter(u => u.closest('svg').getClientRects().length)"
    boxes = view.evaluate(f"{shown}.map(u => [u.getAttribute('href').split('#')[1], u.getBBox().width])")
    assert [name for name, width in boxes if width == 0] == []
    assert len(boxes) > 30


class TestKeyboard:
    def test_search_by_keys_alone(self, w, browser_page):
        view = browser_page(w.mai, "/huong-dan/giao-dien/")
        view.keyboard.press("Control+k")
        expect(view.locator("#palette input")).to_be_focused()
        view.keyboard.insert_text("huong dan")  # at once: a slow machine would ask in the middle of the word and think better of it
        expect(view.locator("#found a").first).to_contain_text("Hướng dẫn & mẫu")
        view.keyboard.press("ArrowDown")
        expect(view.locator("#found a").first).to_be_focused()
        assert axe(view) == []
        view.keyboard.press("Enter")
        view.wait_for_url("**/huong-dan/")
        assert view.complaints == []

    def test_a_key_presses_the_button_it_is_printed_on(self, w, browser_page):
        view = browser_page(w.mai, "/thu/cac-phan/")
        view.evaluate("document.getElementById('one').addEventListener('click', () => document.body.dataset.pressed = 'yes')")
        view.focus("#typed")
        view.keyboard.press("1")
        expect(view.locator("#typed")).to_have_value("1")
        assert view.evaluate("document.body.dataset.pressed") is None
        view.evaluate("document.activeElement.blur()")
        view.keyboard.press("1")
        expect(view.locator("body")).to_have_attribute("data-pressed", "yes")

    def test_keys_can_be_turned_off(self, w, browser_page):
        m.User.objects.filter(pk=w.mai.user_id).update(shortcuts=False)
        view = browser_page(w.mai, "/thu/cac-phan/")
        view.evaluate("document.getElementById('one').addEventListener('click', () => document.body.dataset.pressed = 'yes')")
        view.evaluate(HEARD)
        view.keyboard.press("1")
        expect(view.locator("body")).to_have_attribute("data-heard", "Digit1")
        assert view.evaluate("document.body.dataset.pressed") is None
        expect(view.locator("#one kbd")).to_be_hidden()

    def test_the_list_of_keys_opens_and_closes(self, w, browser_page):
        view = browser_page(w.mai, "/huong-dan/")
        view.keyboard.press("?")
        expect(view.locator("#keys")).to_be_visible()
        assert axe(view) == []
        view.keyboard.press("Escape")
        expect(view.locator("#keys")).to_be_hidden()

    def test_j_and_k_walk_over_the_rows(self, w, browser_page):
        view = browser_page(w.mai, "/thu/cac-phan/")
        for key, row in (("j", "#row1"), ("j", "#row2"), ("k", "#row1")):
            view.keyboard.press(key)
            expect(view.locator(row)).to_be_focused()

    def test_a_menu_opens_by_keys_and_gives_the_focus_back(self, w, browser_page):
        view = browser_page(w.mai, "/huong-dan/")
        view.focus(".who > summary")
        view.keyboard.press("Enter")
        expect(view.locator(".who .panel")).to_be_visible()
        assert axe(view) == []
        view.keyboard.press("Escape")
        expect(view.locator(".who .panel")).to_be_hidden()
        expect(view.locator(".who > summary")).to_be_focused()

    def test_the_first_tab_leads_past_the_rail(self, w, browser_page):
        view = browser_page(w.mai, "/huong-dan/")
        view.keyboard.press("Tab")
        expect(view.locator(".skip")).to_be_focused()
        view.keyboard.press("Enter")
        expect(view.locator("#main")).to_be_focused()

    def test_the_arrows_walk_over_the_map(self, w, browser_page):
        view = browser_page(w.mai, "/huong-dan/giao-dien/")
        view.focus('.map a[tabindex="0"]')
        view.evaluate("document.addEventListener('keydown', () => document.body.dataset.presses = Number(document.body.dataset.presses ?? 0) + 1)")
        for presses, (key, name) in enumerate((("ArrowRight", "Phường Đất"), ("ArrowRight", "Phường Đất"), ("ArrowLeft", "Xã Sông")), 1):
            view.keyboard.press(key)
            expect(view.locator("body")).to_have_attribute("data-presses", str(presses))
            expect(view.locator(".map a:focus")).to_have_attribute("aria-label", name)
        expect(view.locator(".map a:first-of-type use").first).not_to_have_css("fill", "rgb(0, 0, 0)")


class TestGrid:
    @pytest.fixture
    def view(self, w, browser_page):
        return browser_page(w.mai, "/thu/cac-phan/")

    def holds(self, view, values):
        for cell, value in zip(view.locator("#entry input").all(), values, strict=True):
            expect(cell).to_have_value(value)

    def paste(self, view, text):
        view.evaluate(
            """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
            text,
        )

    def test_arrows_and_enter_walk_over_fields(self, view):
        view.focus("#ax")
        for key, cell in (("ArrowDown", "bx"), ("ArrowRight", "by"), ("Enter", "cy"), ("ArrowDown", "cy"), ("ArrowUp", "by")):
            view.keyboard.press(key)
            expect(view.locator(f"#{cell}")).to_be_focused()

    def test_an_arrow_stays_inside_a_text_until_its_edge(self, view):
        view.fill("#ax", "12")
        view.focus("#ax")
        view.keyboard.press("Home")
        view.keyboard.press("ArrowRight")
        view.wait_for_function("document.getElementById('ax').selectionStart === 1")
        expect(view.locator("#ax")).to_be_focused()
        view.keyboard.press("End")
        view.keyboard.press("ArrowRight")
        expect(view.locator("#ay")).to_be_focused()

    def test_rows_of_a_spreadsheet_are_pasted_and_taken_back(self, view):
        view.evaluate("document.addEventListener('tt:cell-paste', e => document.body.dataset.beyond = JSON.stringify(e.detail.beyond))")
        view.focus("#by")
        self.paste(view, "1\t2\t9\r\n3\t4\r\n5\t6\r\n")
        expect(view.locator("body")).to_have_attribute("data-beyond", '[["5","6"]]')
        self.holds(view, ["", "", "", "", "1", "2", "", "3", "4"])
        view.keyboard.press("Control+z")
        self.holds(view, [""] * 9)

    def test_a_grid_of_cells_is_one_stop_and_hears_its_keys(self, view):
        view.evaluate("document.addEventListener('tt:cell-key', e => document.body.dataset.heard = e.detail.cell.id + e.detail.code)")
        expect(view.locator('#month [tabindex="0"]')).to_have_count(1)
        view.focus("#max")
        for key, cell in (("ArrowRight", "may"), ("End", "maz"), ("ArrowDown", "mbz"), ("Home", "mbx"), ("Control+End", "mcz")):
            view.keyboard.press(key)
            expect(view.locator(f"#{cell}")).to_be_focused()
        view.keyboard.press("1")
        expect(view.locator("body")).to_have_attribute("data-heard", "mczDigit1")
        expect(view.locator('#month [tabindex="0"]')).to_have_count(1)


class TestTypedText:
    def test_it_is_there_again_after_the_page_is_loaded_anew(self, w, browser_page):
        view = browser_page(w.mai, "/thu/cac-phan/")
        view.on("dialog", lambda dialog: dialog.accept())
        view.fill("#typed", "chưa gửi")
        view.reload()
        expect(view.locator("#typed")).to_have_value("chưa gửi")
        expect(view.locator("form .banner")).to_contain_text(re.compile(r"Đây là nội dung gõ dở lúc \d\d:\d\d \d\d/\d\d, chưa gửi\."))
        view.click("text=Bỏ, viết lại từ đầu")
        expect(view.locator("form .banner")).to_have_count(0)
        expect(view.locator("#typed")).to_have_value("")

    def test_leaving_with_it_asks_first(self, w, browser_page):
        asked = []
        view = browser_page(w.mai, "/thu/cac-phan/")
        view.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        view.type("#typed", "chưa gửi")
        expect(view.locator("#typed")).to_have_value("chưa gửi")
        with view.expect_event("dialog"):
            view.evaluate("setTimeout(() => location.assign('/huong-dan/'))")
        settle(view)
        assert asked == ["beforeunload"]
        expect(view.locator("#typed")).to_have_value("chưa gửi")
        expect(view).to_have_url(re.compile("/thu/cac-phan/$"))


class TestWithoutNetwork:
    @pytest.fixture
    def view(self, w, browser_page):
        view = browser_page(w.mai, "/thu/cac-phan/", service_workers="allow")
        view.evaluate("navigator.serviceWorker.ready.then(() => true)")
        view.reload()
        settle(view)
        outbox_ready(view)
        for kept in ("/thu/cac-phan/", "/hang-doi/"):  # the worker fetches them behind the page
            view.wait_for_function("page => caches.match(page).then(Boolean)", arg=kept)
        yield view
        view.context.set_offline(False)

    def test_a_form_waits_in_the_browser_and_is_sent_once(self, view):
        view.context.set_offline(True)
        view.fill("#typed", "ngoài biển")
        view.click("#send")
        view.wait_for_url("**/hang-doi/")
        expect(view.locator('[data-list="waiting"] [data-title]')).to_have_text("Việc thử")
        expect(view.locator("#outbox-state")).to_contain_text("Chưa gửi: 1")
        assert DONE == []
        view.context.set_offline(False)
        view.evaluate("dispatchEvent(new Event('online'))")
        expect(view.locator('[data-list="sent"] [data-title]')).to_have_text("Việc thử")
        expect(view.locator("#outbox-state")).to_be_hidden()
        settle(view)
        assert DONE == [{"text": "ngoài biển"}]
        assert axe(view) == []

    def test_with_a_network_it_goes_through_and_its_draft_is_dropped(self, view):
        view.fill("#typed", "trên bờ")
        view.click("#send")
        view.wait_for_url("**/thu/xong/")
        assert DONE == [{"text": "trên bờ"}]
        view.goto("/thu/cac-phan/")
        expect(view.locator("#typed")).to_have_value("")

    def test_the_last_copy_of_the_page_is_shown_and_says_so(self, view):
        view.context.set_offline(True)
        view.goto("/thu/cac-phan/")
        expect(view.locator("h1")).to_have_text("Thử")
        expect(view.locator("#stale")).to_contain_text("Không có mạng. Đang xem bản lúc")

    def test_a_page_that_may_not_be_kept_is_not(self, view):
        view.goto("/huong-dan/")
        view.context.set_offline(True)
        with pytest.raises(Exception, match="ERR_"):
            view.goto("/huong-dan/")


@pytest.fixture
def sent_to_a_busy_node(w, browser_page):
    """A page whose form was answered 429, and waits; the next is answered 503, and only then the node takes it."""
    answers = iter([429, 503])
    view = browser_page(w.mai, "/thu/cac-phan/")
    outbox_ready(view)
    view.route("**/thu/gui/", lambda route: route.fulfill(status=status) if (status := next(answers, None)) else route.continue_())
    view.fill("#typed", "lúc đông")
    view.click("#send")
    expect(view.locator(".toasts")).to_contain_text("Đã lưu trên máy")
    yield view
    assert DONE == [{"text": "lúc đông"}]
    view.complaints.clear()  # that the node answered 429 and 503


TRY_AGAIN = "import('/static/js/outbox.js').then(({ flush }) => flush())"


def test_a_form_that_the_node_does_not_take_now_waits_and_is_sent_later(sent_to_a_busy_node):
    view = sent_to_a_busy_node
    view.evaluate(TRY_AGAIN)
    expect(view.locator("#outbox-state")).to_contain_text("Chưa gửi: 1")
    assert DONE == []
    view.evaluate(TRY_AGAIN)
    expect(view.locator("#outbox-state")).to_be_hidden()


def test_what_waits_is_still_sent_after_somebody_signed_out(sent_to_a_busy_node):
    view = sent_to_a_busy_node
    view.evaluate(TRY_AGAIN)
    view.evaluate("addEventListener('submit', event => event.preventDefault())")  # the session stays: only what the browser forgets is looked at
    view.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    with view.expect_response("**/thu/gui/"):
        view.goto("/huong-dan/")
    settle(view)
    expect(view.locator("#outbox-state")).to_be_hidden()


def test_a_page_that_the_browser_kept_is_not_shown_to_who_signed_in_after_its_reader(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/")
    again = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    view.evaluate(f"window.same = true; {again}")
    settle(view)
    assert view.evaluate("window.same") is True
    with view.expect_navigation():
        view.evaluate(f"localStorage.setItem('phoihop.acting', '0'); {again}")
    assert view.evaluate("window.same") is None


def test_words_of_a_deadline_follow_the_clock(w, browser_page):
    """The browser's clock is set an hour back, then to where the test wants it: how long a page takes to come says nothing."""
    view = browser_page(None, "/huong-dan/")
    view.clock.install(time=timezone.now() - timedelta(hours=1))
    view.context.add_cookies(browser_page(w.mai, "/huong-dan/").context.cookies())
    view.goto("/thu/cac-phan/")
    due, ago = view.locator("time[data-due]"), view.locator("time[data-ago]")
    expect(due.locator("span")).to_have_text("còn 18 phút")
    ends, began = (datetime.fromisoformat(element.get_attribute("datetime") or "") for element in (due, ago))
    moment = ends - timedelta(minutes=16, seconds=30)
    view.clock.pause_at(moment)
    expect(due.locator("span")).to_have_text("còn 16 phút")
    expect(ago).to_have_text(f"{(moment - began) // timedelta(minutes=1)} phút trước")
    view.clock.fast_forward("20:00")
    expect(due.locator("span")).to_have_text("quá hạn 3 phút")
    expect(due).to_have_class(re.compile(r"\bover\b"))


def test_a_part_keeps_itself_fresh_and_is_left_alone_while_nothing_changed(w, browser_page):
    view = browser_page(w.mai, "/thu/cac-phan/")
    answered(view, "fresh", "tt:poll")
    expect(view.locator("#fresh")).to_have_text("fresh")
    view.evaluate("document.getElementById('fresh').textContent = 'untouched'")
    with view.expect_response("**/thu/moi/") as answer:
        answered(view, "fresh", "tt:poll")
    assert answer.value.status == 304
    expect(view.locator("#fresh")).to_have_text("untouched")
    STATE["value"] += 1
    answered(view, "fresh", "tt:poll")
    expect(view.locator("#fresh")).to_have_text("fresh")


def test_a_code_is_copied_and_the_page_says_so(w, browser_page):
    view = browser_page(w.mai, "/thu/cac-phan/", permissions=["clipboard-read", "clipboard-write"])
    view.click("button.code")
    expect(view.locator("#toasts")).to_contain_text("Đã chép TT-26-QS86-18371-7")
    assert view.evaluate("navigator.clipboard.readText()") == "TT-26-QS86-18371-7"


def test_what_was_done_can_be_undone_from_its_message(w, browser_page):
    view = browser_page(w.lan, "/thu/cac-phan/")
    token = view.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    view.request.post("/thu/", form={"day": "1/6/2026", "text": "x", "kind": "a", "version": "1", "csrfmiddlewaretoken": token}, max_redirects=0)
    view.goto("/huong-dan/")
    expect(view.locator("#toasts")).to_contain_text("Đã ghi: made")
    view.click("#toasts button.link")
    expect(view.locator("#toasts")).to_contain_text("Đã hoàn tác.")


def test_a_day_is_chosen_from_the_calendar_and_written_day_first(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/giao-dien/", locale="en-US")
    native = view.locator(".field .day input[type=date]")
    native.evaluate("e => { e.value = '2026-04-03'; e.dispatchEvent(new Event('change')); }")
    expect(view.locator(".field .day .in")).to_have_value("03/04/2026")


def test_everything_needed_works_without_javascript(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/", java_script_enabled=False)
    view.click(".who > summary")
    view.click('.who button[value="dark"]')
    expect(view.locator("html")).to_have_attribute("data-theme", "dark")
    view.click(".when .step >> nth=0")
    expect(view).to_have_url(re.compile("ngay="))
    view.click("a.find")
    view.fill("main input[name=q]", "huong dan")
    view.click("main form button")
    expect(view.locator("main .rows a").first).to_contain_text("Hướng dẫn & mẫu")


def test_a_reader_of_english_is_told_so(w, browser_page):
    view = browser_page(w.mai, "/huong-dan/")
    view.click(".who > summary")
    view.click('.who button[value="en"]')
    expect(view.locator("html")).to_have_attribute("lang", "en")
    check(view)


def test_badges_title_and_icon_follow_what_waits(w, browser_page, monkeypatch):
    waiting = {"/huong-dan/": Badge(3)}
    monkeypatch.setattr(shell, "COUNTS", {"/huong-dan/": lambda post, now: waiting})
    view = browser_page(w.mai, "/huong-dan/")
    expect(view.locator("#rail-huong-dan .badge")).to_contain_text("3")
    waiting["/huong-dan/"] = Badge(4, over=2)
    shell._counted.forget()  # as an event of the journal, or half a minute, would
    view.evaluate("document.body.dispatchEvent(new CustomEvent('tt:changed'))")
    expect(view.locator("#rail-huong-dan .badge.hot")).to_contain_text("4")
    expect(view).to_have_title("(2) Hướng dẫn & mẫu · Phối Hợp")
    expect(view.locator("#tab-icon")).to_have_attribute("href", re.compile("mark-overdue"))
    assert view.complaints == []
