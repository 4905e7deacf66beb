"""Icons within the page that shows them: fetched from a file of their own they cost a browser a fifth of the work for a page.

Parts that htmx fetches keep the file's address, for what they bring may not be in the page yet.
"""

from __future__ import annotations

import re
from functools import cache

from django.templatetags.static import static

from .files import STATIC

FILE = "vendor/icons.svg"
PLACE = "<!--icons-->"
"""Where the drawings go: base.html has it before everything that shows one."""
_SYMBOL = re.compile(r'<symbol id="([\w-]+)"(.*?)</symbol>', re.DOTALL)


def address(name: str) -> str:
    return f"{static(FILE)}#{name}"


def drawn_within(page: str) -> str:
    """The page with the drawings of its icons in their place, once each."""
    if PLACE not in page:
        return page
    known, used = _drawings(), {}

    def near(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            return found[0]
        used[name] = known[name]
        return f'<use href="#i-{name}"/>'

    shown = re.sub(rf'<use href="{re.escape(static(FILE))}#([\w-]+)"/>', near, page)
    return shown.replace(PLACE, f'<svg class="vh" aria-hidden="true" focusable="false">{"".join(used.values())}</svg>', 1)


@cache
def _drawings() -> dict[str, str]:
    text = (STATIC / FILE).read_text(encoding="utf-8")
    return {name: f'<symbol id="i-{name}"{rest}</symbol>' for name, rest in _SYMBOL.findall(text)}
