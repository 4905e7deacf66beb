"""What people in the stories do again and again, on the pages, and how they read what they see."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from django.test import Client

from phoihop.config.worker import Worker

WAITING = "/tuan-tra/cho-xac-nhan/"
QUICK = "/tuan-tra/nhap-nhanh/"
_COLUMNS = ("ngay", "tu", "den", "noi", "loai", "nguoi", "cung", "nguoi-cung", "nhac")


def words(answer: Any) -> str:
    """A page as it reads, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def node_works(at: datetime) -> None:
    """The worker of the node until nothing is left to do."""
    worker = Worker(now=lambda: at)
    while worker.turn():
        pass


def accept_all(browser: Client) -> int:
    """Every request that waits for the unit's answer is ticked and accepted; how many those were."""
    asked = [str(one.pk) for one in browser.get(WAITING).context["requests"]]
    browser.post(WAITING, {"do": "nhan", "p": asked})
    return len(asked)


def confirm_all(browser: Client) -> int:
    """Every result that waits for the unit's word is ticked and confirmed; how many those were."""
    read = [one.value for one in browser.get(WAITING).context["results"]]
    browser.post(WAITING, {"do": "xac-nhan", "w": read})
    return len(read)


def type_lines(browser: Client, *lines: tuple[Any, ...]) -> Any:
    """Lines of the quick table: day, from, to, route or commune, kind, own people, the others, their people, reminders."""
    sent = {"rows": str(max(12, len(lines)))}
    for n, line in enumerate(lines):
        sent |= {f"r{n}.{name}": str(value) for name, value in zip(_COLUMNS, line, strict=True)}
    return browser.post(QUICK, sent)
