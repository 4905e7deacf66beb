"""/: the board of a day and an area; the same address is the phone's first screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from phoihop.domain.matters.queries.journal import head
from phoihop.domain.people.rules import may

from ..base import Acting, acting, page
from ..fresh import keep_on_phone, polled
from ..lists import chosen
from .board import Board
from .sentence import SLUGS

OPENED = "tt"
_STEP = 5
"""Minutes after which the clock alone makes the board another; between them deadlines are written anew by js/times.js."""


@acting()
def today(request: Acting) -> HttpResponse:
    if not may(request.post, "matter.view"):
        return page(request, "today/desk.html")
    opened = chosen(request, OPENED, {slug: slug for slug in SLUGS.values()})
    return keep_on_phone(request, page(request, "today/board.html", board=Board(request, opened)))


def _state(request: Acting) -> Any:
    now = timezone.now()
    return head()[0], now.date(), now.hour, now.minute // _STEP


@acting("matter.view")
@polled(_state)
def fresh(request: Acting) -> HttpResponse:
    """What moves on the board, for js/poll.js: nothing travels while nothing happened."""
    return page(request, "today/moving.html", board=Board(request, ""), fetched=True)
