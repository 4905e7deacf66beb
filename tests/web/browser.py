"""A real Chromium for page tests: a live node, somebody signed in, and the checks that every page must pass.

@pytest.mark.browser
def test_the_board(browser_page):
    view = browser_page(w.mai, "/", theme="dark", width=1440)
    check(view)
    view.keyboard.press("j")
    expect(view.locator("#one")).to_be_focused()

Pages that are only looked at are visited one after the other in one tab (``visit``, as ``browser_page`` otherwise): a new tab costs more
than what is looked at in it.

A browser answers when it has the time. What a test looks for after a key, a click or a swap it waits for (``expect``); that something did
not happen it says after something that shows the key was heard (``settle``, ``answered``).
"""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect, sync_playwright

from phoihop.domain.people.models import Post, User
from phoihop.kernel import memo
from phoihop.web.sessions import SessionStore

SHELL, WHOLE = "chromium-headless-shell", "chromium"
"""The same engine without windows, menus and profiles takes a fifth less of the processor; who has only the whole browser uses that."""
UNASKED = (
    # for every window two pages behind its address bar, for every page a process to come: more work than the page that a test opens
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    # what Playwright turns off: of two lists Chromium takes the last
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay",
    "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", f"--disable-features={','.join(UNASKED)}",
]  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""Those of the rules whose answer hangs on a colour."""
DESKS, PHONES = (1280, 1024, 720), (390, 320)
WIDTHS = DESKS + PHONES

HERE: dict[str, Any] = {"color_scheme": "light", "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "service_workers": "block"}

BREATH = 20  # milliseconds
PATIENCE = 90_000  # milliseconds: a test that passes never waits so long, whatever else the machine has to do

# A message that goes after six seconds stays until a slow machine has looked at it; and no poll swaps a part while axe walks over it.
UNHURRIED = """
const later = window.setTimeout;
window.setTimeout = (work, wait, ...rest) => later(work, wait >= 5000 ? wait * 1000 : wait, ...rest);
addEventListener("htmx:beforeRequest", event => window.lookedAt && event.preventDefault());
"""
AT_WORK = """() => document.readyState !== 'complete' || document.fonts.status !== 'loaded' || document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling') !== null
    || document.getAnimations().some(a => a.effect.getComputedTiming().iterations < 100)"""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run. Playwright keeps an event loop, so Django is told that its queries are meant."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=shutil.which(SHELL) or shutil.which(WHOLE), args=QUIET, timeout=2 * PATIENCE)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Served:
    """What the live server has in hand. A test ends after it: what was still asked for must not meet the next test's tables."""

    def __init__(self) -> None:
        self._under_way, self._changed = 0, Condition()

    def _count(self, by: int) -> None:
        with self._changed:
            self._under_way += by
            self._changed.notify_all()

    def begun(self, **_: Any) -> None:
        self._count(+1)

    def done(self, **_: Any) -> None:
        self._count(-1)

    def rest(self) -> bool:
        """Wait until nothing is under way; whether that came to be."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, PATIENCE / 1000)


@pytest.fixture
def served(live_server: Any) -> Iterator[Served]:
    served = Served()
    request_started.connect(served.begun)
    request_finished.connect(served.done)
    yield served
    request_started.disconnect(served.begun)
    request_finished.disconnect(served.done)


class Tabs:
    """The browsers of one test: one for each person, styles and scripts are fetched once in it; whoever is not signed in has a new one each time."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self._chromium, self._url = chromium, url
        self._of_person: dict[tuple[int, str], BrowserContext] = {}
        self._visited: dict[tuple[int, str], Page] = {}
        self._contexts: list[BrowserContext] = []

    def open(self, post: Post | None, path: str, *, theme: str = "light", width: int = 1440, height: int = 900, **more: Any) -> Page:
        return self._go(self._context(post, theme, more).new_page(), post, path, theme, width, height)

    def visit(self, post: Post, path: str, *, theme: str = "light", width: int = 1440, height: int = 900, **more: Any) -> Page:
        """The page of the person's visit before is left for this one; what the console said of it is forgotten."""
        known = _whose(post, more)
        if known not in self._visited:
            self._visited[known] = self._context(post, theme, more).new_page()
        return self._go(self._visited[known], post, path, theme, width, height)

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _go(self, page: Page, post: Post | None, path: str, theme: str, width: int, height: int) -> Page:
        if post is not None:
            User.objects.filter(pk=post.user_id).update(theme=theme)
        resize(page, width, height)
        _listen(page)
        page.goto(path, wait_until="load")
        settle(page)
        return page

    def _context(self, post: Post | None, theme: str, more: dict[str, Any]) -> BrowserContext:
        known = None if post is None else _whose(post, more)
        if known in self._of_person:
            return self._of_person[known]
        context = self._chromium.new_context(base_url=self._url, **HERE | more)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(UNHURRIED)
        self._contexts.append(context)
        if post is not None and known is not None:
            self._of_person[known] = context
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": signed_in(post), "url": self._url}])
        elif theme != "light":
            context.add_cookies([{"name": "theme", "value": theme, "url": self._url}])
        return context


def _whose(post: Post, more: dict[str, Any]) -> tuple[int, str]:
    return post.pk, repr(sorted(more.items()))


@pytest.fixture
def tabs(chromium: Browser, live_server: Any, served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tabs]:
    monkeypatch.setattr(memo, "FRESH_FOR", 0.0)  # here two write at once: a page that read in the middle of an act looks again
    tabs = Tabs(chromium, live_server.url)
    yield tabs
    tabs.close()
    assert served.rest(), "the live server did not come to rest"


@pytest.fixture
def browser_page(tabs: Tabs) -> Open:
    """``browser_page(post, "/", theme="dark", width=1440)`` opens an address as the holder of a post; None: nobody signed in."""
    return tabs.open


@pytest.fixture
def visit(tabs: Tabs) -> Open:
    """``visit(post, "/", theme="dark", width=1440)`` goes there in the tab of the person's visit before."""
    return tabs.visit


def _listen(page: Any) -> None:
    """``page.complaints``: what the console and the network had to say since; ``page.under_way``: what is being fetched."""
    heard = hasattr(page, "complaints")
    page.complaints, page.under_way = [], set()
    if heard:
        return

    def failed(request: Request) -> None:
        page.under_way.discard(request)
        if request.failure != "net::ERR_ABORTED":  # the page was left before all of it was there
            page.complaints.append(f"failed: {request.url}")

    page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") and "blocked by Playwright" not in m.text else None)
    page.on("pageerror", lambda e: page.complaints.append(str(e)))
    page.on("request", lambda r: page.under_way.add(r))
    page.on("requestfinished", lambda r: page.under_way.discard(r))
    page.on("requestfailed", failed)
    page.on("response", lambda r: page.complaints.append(f"{r.status}: {r.url}") if "/static/" in r.url and r.status >= 400 else None)


def settle(page: Page) -> None:
    """Until nothing is being fetched, swapped or moved: twice in a row, so that what an answer sets off is waited for."""
    quiet = 0
    for _ in range(PATIENCE // BREATH):
        page.wait_for_timeout(BREATH)
        quiet = 0 if page.under_way or _at_work(page) else quiet + 1  # type: ignore[attr-defined]  # kept on the page by ``_listen``
        if quiet == 2:
            return
    raise AssertionError(f"{page.url} does not come to rest: {[request.url for request in page.under_way]}")  # type: ignore[attr-defined]  # as above


def _at_work(page: Page) -> bool:
    try:
        return bool(page.evaluate(AT_WORK))
    except Error:  # it is just being left for the next page
        return True


def resize(page: Page, width: int, height: int) -> None:
    """Every other size is laid out and painted anew; the same is not."""
    if page.viewport_size == {"width": width, "height": height}:
        return
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(PATIENCE // BREATH):
        if page.evaluate("innerWidth") == width:
            return
        page.wait_for_timeout(BREATH)
    raise AssertionError(f"the page is not {width} pixels wide")


def answered(page: Page, element: str, event: str) -> None:
    """Let an element ask the server by that event, until htmx has done with the answer."""
    page.evaluate(
        """([id, event]) => new Promise(done => { const element = document.getElementById(id);
            element.addEventListener('htmx:afterRequest', () => done(), {once: true});
            element.dispatchEvent(new CustomEvent(event)); })""",
        [element, event],
    )
    settle(page)


def outbox_ready(page: Page) -> None:
    """Until the module that keeps forms hears them: it is fetched after the page was loaded, and only where a form needs it."""
    page.evaluate("import('/static/js/outbox.js').then(() => true)")


def signed_in(post: Post) -> str:
    """The key of a new session in which the holder of a post acts in it."""
    session = SessionStore()
    session[SESSION_KEY] = str(post.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = post.user.get_session_auth_hash()  # type: ignore[union-attr]
    session["post"] = post.pk
    session.create()
    return str(session.session_key)


@functools.cache
def _axe_core() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, each as one readable line."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_core())  # evaluated by the debugger, which our CSP does not concern
    found = page.evaluate(
        """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations.map(v =>
            `${v.id}: ` + v.nodes.map(n => n.html.slice(0, 160) + ' | ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')).join(' ;; '))""",
        list(rules),
    )
    return list(found)


def wider_than_screen(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[int]:
    """The widths at which the page must be scrolled sideways (WCAG 1.4.10). Tables scroll inside their card."""
    before = page.viewport_size
    over = _too_wide(page, widths)
    if before:
        resize(page, before["width"], before["height"])
    return over


def _too_wide(page: Page, widths: tuple[int, ...]) -> list[int]:
    """Leaves the page as wide as the last of ``widths``."""
    over = []
    for width in widths:
        resize(page, width, 900)
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            over.append(width)
    return over


def small_targets(page: Page, least: int) -> list[str]:
    """Controls smaller than ``least`` pixels either way; links inside a sentence are exempt (WCAG 2.5.8), and what takes no tap."""
    return list(
        page.evaluate(
            """least => [...document.querySelectorAll('a, button, summary, input, select, [role=slider]')].filter(e => {
                const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                if (!box.width || style.display === 'inline' || e.closest('svg, .vh, .skip, dialog:not([open])') || style.opacity === '0' || style.pointerEvents === 'none') return false;
                if (e.matches('input') && e.closest('label')) return false;
                return box.height < least - .5 || box.width < least - .5;
            }).map(e => (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 30) + ' ' + Math.round(e.offsetWidth) + 'x' + Math.round(e.offsetHeight))""",
            least,
        )
    )


def check(page: Page, phone: bool = False) -> None:
    """What holds for every page: nothing in the console (CSP above all), no axe violation, no sideways scroll, targets large enough."""
    with _looking(page):
        _look(page, phone)
        assert wider_than_screen(page, PHONES if phone else WIDTHS) == []


def _look(page: Page, phone: bool) -> None:
    assert axe(page) == []
    assert small_targets(page, 44 if phone else 24) == []


@contextmanager
def _looking(page: Page) -> Iterator[None]:
    settle(page)
    page.evaluate("window.lookedAt = true")
    yield
    assert page.complaints == []  # type: ignore[attr-defined]  # kept on the page by ``_listen``
    page.evaluate("window.lookedAt = false")


def at_night(page: Page) -> Page:
    """The same page, dark. Only styles ask for the theme (no script of ours, no view), so it need not be fetched again."""
    page.evaluate("""() => {
        document.documentElement.dataset.theme = 'dark';
        document.querySelector('link[href$="/dark.css"]').media = 'screen';
    }""")
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    settle(page)
    return page


def at_night_on_a_phone(page: Page) -> Page:
    """The same page, dark and 390 pixels wide: only styles ask for the width, too."""
    resize(page, 390, 844)
    return at_night(page)


def check_both(page: Page) -> None:
    """``check`` on a desk by day, then on a phone at night, in one walk from wide to narrow: a theme sets colours and no sizes."""
    with _looking(page):
        _look(page, phone=False)
        assert _too_wide(page, DESKS) == []
    with _looking(at_night_on_a_phone(page)):
        _look(page, phone=True)
        assert _too_wide(page, PHONES) == []


def check_by_day_and_night(page: Page) -> None:
    """``check`` on a desk, then the colours in the dark: nothing else is another there."""
    check(page)
    with _looking(at_night(page)):
        assert axe(page, OF_COLOURS) == []
