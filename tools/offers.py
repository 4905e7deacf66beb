"""Presses every button that the pages of patrols show, over the records of a demo; tells what is refused. Everything is taken back.

    PHOIHOP_DATA=…/copy-of-a-demo PYTHONPATH=src:. .venv/bin/python tools/offers.py [account…]

For each demo account: the board, the list, what waits, what has no result, the month, and patrols of every state that it sees, each by what the
account is to it. A button that leads to a form is followed and the form sent with a reason in its empty fields, so that what is listed at the
end is either a button that its rule does not allow (a mistake) or a form that wants more than a reason. Works on a copy: a node that runs writes too.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  the settings are there from here on
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.web.browser import signed_in  # noqa: E402

from phoihop.domain.activities.queries.patrols import patrols  # noqa: E402
from phoihop.domain.people.models import Post  # noqa: E402
from phoihop.kernel.period import local_day  # noqa: E402
from phoihop.web.patrols.seeing import grace  # noqa: E402

LISTS = ("/", "/tuan-tra/", "/tuan-tra/?cua=toi", "/tuan-tra/cho-xac-nhan/", "/tuan-tra/thieu-ket-qua/", "/tuan-tra/thang/?dv=%s")
REASON = "Trời mưa to, sóng lớn."
REASONS = ("why", "reason", "note", "basis")
OF_EACH, NEWEST = 2, 6_000
_SAID, _TAG = re.compile(r'<section class="summary".*?</section>|<div class="banner danger".*?</div>|<h1>.*?</p>', re.S), re.compile(r"<[^>]*>")


class Page(HTMLParser):
    """The forms of a page that change something: address, fields, buttons; and the links that look like buttons."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str], list[tuple[str, str]]]] = []
        self.links: list[str] = []
        self._in: tuple[str, dict[str, str], list[tuple[str, str]]] | None = None
        self._area = ""
        self.feed(text[text.find("<main") : text.rfind("</main>")])

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in given}
        if tag == "form":
            self._in = (attrs.get("action", ""), {}, [])
            if attrs.get("method") == "post":
                self.forms.append(self._in)
        elif tag == "a" and {"btn", "pick", "big-one"} & set(attrs.get("class", "").split()):
            self.links.append(attrs["href"])
        elif self._in is not None:
            self._field(tag, attrs.get("name", ""), attrs)

    def _field(self, tag: str, name: str, attrs: dict[str, str]) -> None:
        _action, fields, buttons = self._in or ("", {}, [])
        kind = attrs.get("type", "")
        if tag == "button" and kind != "button" and "disabled" not in attrs:
            buttons.append((name, attrs.get("value", "")))
        elif tag == "option" and (self._area not in fields or "selected" in attrs):
            fields[self._area] = attrs.get("value", "")
        elif tag in ("select", "textarea"):
            self._area = name
        if tag == "input" and kind == "file":
            buttons.clear()
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in attrs):
            fields[name] = attrs.get("value", "")
        if tag in ("input", "textarea") and name.rpartition(".")[2] in REASONS and not fields.get(name):
            fields[name] = REASON

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None


def main(wanted: list[str]) -> int:
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    refused: dict[str, list[str]] = defaultdict(list)
    pressed = 0
    posts: Any = Post.objects.filter(user__username__startswith="demo.").select_related("unit__area", "user").order_by("user__username", "pk")
    with transaction.atomic():
        for post in posts:
            if not wanted or post.user.username in wanted:
                for where, reason in _tried(post):
                    pressed += 1
                    if reason:
                        refused[reason].append(f"{post.user.username} {where}")
        transaction.set_rollback(True)
    print(f"{pressed} buttons pressed, {sum(map(len, refused.values()))} refused")
    for reason, places in sorted(refused.items(), key=lambda one: -len(one[1])):
        print(f"{len(places)} × {reason}\n      {places[0]}")
    return 0


def _tried(post: Post) -> Iterator[tuple[str, str]]:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(post)
    for path in (*(address.replace("%s", post.unit.area.code) for address in LISTS), *_of_every_state(post)):
        page = _read(browser, path)
        if page is None:
            continue
        yield from _pressed(browser, path, page)
        for link in dict.fromkeys(urlsplit(urljoin(path, link)) for link in page.links):
            url = link.path + (f"?{link.query}" if link.query else "")
            if not link.netloc and (form := _read(browser, url)) is not None:
                yield from _pressed(browser, url, form)


def _of_every_state(post: Post) -> list[str]:
    """Some patrols of each state, of each sight, led by the own unit and not."""
    now = timezone.now()
    found: dict[tuple[str, int, bool], list[str]] = defaultdict(list)
    rows: Any = patrols(post, now, grace(), local_day(now)).order_by("-planned_start")
    for code, state, sight, lead in rows.values_list("matter__code", "state", "sight", "matter__lead")[:NEWEST]:
        found[state, sight, lead == post.unit_id].append(f"/tuan-tra/{code}/")
    return [path for paths in found.values() for path in paths[:OF_EACH]]


def _read(browser: Client, path: str) -> Page | None:
    answer = browser.get(path, follow=True)
    shown = answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]
    return Page(answer.content.decode()) if shown else None


def _pressed(browser: Client, path: str, page: Page) -> Iterator[tuple[str, str]]:
    """Each button with the reason of its refusal, or nothing. A question is no refusal."""
    for action, fields, buttons in page.forms:
        for name, value in buttons:
            with transaction.atomic():
                answer = browser.post(urljoin(path, action), fields | ({name: value} if name else {}))
                transaction.set_rollback(True)
            yield f"{path} → {action or path}", _reason(answer)


def _reason(answer: Any) -> str:
    if answer.status_code < 400 or 'name="sure"' in answer.content.decode():
        return ""
    said = _SAID.search(answer.content.decode())
    return f"{answer.status_code} {' '.join(_TAG.sub(' ', said[0]).split()) if said else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
