"""How long until the board can be used, in a Chromium whose processor is slowed four times.

    python -m bench.browser PORT USERNAME

Of the node that runs at the port, whose settings the environment names. Prints milliseconds, the median of five visits, from the click to the
moment at which the rows of the queue and the ribbon have been painted and a key has been answered (``?`` opens the list of shortcuts). Styles,
scripts and type are in the browser's store already: nobody comes to the board but from the sign-in page.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

SLOWER, VISITS, MOST_SECONDS = 4, 5, 60
CHROMIUM = "/usr/bin/chromium"
_WATCH = """
window.usable = null;
let painted = false;
const stands = (found) => found && found.getBoundingClientRect().height > 0;
const look = () => {
  // What was there when the frame before this one began is on the screen now.
  const there = stands(document.querySelector("#hang-doi .rows li")) && stands(document.querySelector(".ribbon-bars"));
  if (painted && document.querySelector("#keys")?.open) { window.usable = performance.now(); return; }
  painted = there;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


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
        here = f"http://127.0.0.1:{port}/"
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": here}])
        _visit(context, here)
        print(statistics.median(_visit(context, here) for _ in range(VISITS)))
        browser.close()


def _visit(context: Any, address: str) -> float:
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="commit")
    began = time.monotonic()
    while (usable := page.evaluate("window.usable")) is None:
        if time.monotonic() - began > MOST_SECONDS:
            raise SystemExit("the board shows no queue or no ribbon, or answers no key")
        page.keyboard.press("?")
        page.wait_for_timeout(10)
    page.close()
    return float(usable)


if __name__ == "__main__":
    main(*sys.argv[1:])
