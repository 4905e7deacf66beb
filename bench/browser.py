"""How long until the board can be used, in a Chromium whose processor is slowed four times.

    python -m bench.browser PORT USERNAME

Of the node that runs at the port, whose settings the environment names. Prints milliseconds, the median of nine visits: from the click on "Hôm nay" in
the rail of another page to the moment at which a key has been answered on the screen (``?`` opens the list of shortcuts) and the rows of the queue and
the ribbon stand there. As in an officer's day the tab lives on: styles, scripts and type were loaded by the page before. Signing in is not within it,
for passwords are slow to check on purpose.

The measure adds no work of its own to the page: it asks it nothing while it loads, but presses the key again and again, as an impatient hand does,
and the page says by itself when it has answered.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from typing import Any

SLOWER, VISITS, MOST_SECONDS, AT_REST_MS = 4, 9, 60, 1000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-headless-shell")
BEFORE, BOARD = "/huong-dan/", '.rail a[href="/"][data-go]'
SAID = "usable "
_WATCH = """
const stands = (found) => found?.getBoundingClientRect().height > 0;
const painted = (then) => requestAnimationFrame(() => {
  const next = new MessageChannel();
  next.port1.onmessage = then;
  next.port2.postMessage(null);
});
document.addEventListener("toggle", ({ target }) => {
  if (target.id !== "keys" || !target.open) return;
  if (!stands(document.querySelector("#hang-doi .rows li")) || !stands(document.querySelector(".ribbon-bars"))) return target.close();
  painted(() => console.info("%s" + performance.now()));
}, true);
""".replace("%s", SAID)


def main(port: str, username: str) -> None:
    import django

    django.setup()
    from bench.pages import session_of
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    key = session_of(username)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        here = f"http://127.0.0.1:{port}"
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": here}])
        context.add_init_script(_WATCH)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        heard: list[float] = []
        page.on("console", lambda said: heard.append(float(said.text.removeprefix(SAID))) if said.text.startswith(SAID) else None)
        _visit(page, here, heard)
        print(statistics.median(_visit(page, here, heard) for _ in range(VISITS)))
        browser.close()


def _visit(page: Any, here: str, heard: list[float]) -> float:
    page.goto(here + BEFORE)
    page.wait_for_timeout(AT_REST_MS)
    heard.clear()
    with page.expect_navigation(wait_until="commit"):
        page.click(BOARD, no_wait_after=True)
    began = time.monotonic()
    while not heard:
        if time.monotonic() - began > MOST_SECONDS:
            raise SystemExit("the board shows no queue or no ribbon, or answers no key")
        page.keyboard.press("?")
        page.wait_for_timeout(10)
    return heard[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
