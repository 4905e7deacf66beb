"""Who asks: the bearer of a post's token. Never a cookie, so that no other site can act through somebody's browser."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.tokens import post_of
from phoihop.domain.people.rules.accounts import LANGUAGES
from phoihop.kernel.period import local_day

from .problems import Halt

AT_ONCE, A_SECOND = 300.0, 20.0
"""How many requests a post may send at once, and how many a second it wins back; per process."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The acting post, and the moment at which it asks."""

    post: Post
    now: datetime

    @property
    def today(self) -> date:
        return local_day(self.now)


class Token(HttpBearer):
    """The token of a post (Authorization: Bearer phoihop_…). It may do what the post's role may, and no more."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        translation.activate(asked_language(request) or "vi")
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        now = timezone.now()
        post = post_of(token, local_day(now), now)
        if post is None:
            return None
        pace.take(post.pk)
        if asked_language(request) is None and post.user is not None:
            translation.activate(post.user.language)
        return Caller(post, now)


def asked_language(request: HttpRequest) -> str | None:
    """Vietnamese or English, whichever Accept-Language names first; None if it names neither."""
    wanted = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(","))
    return next((language for language in wanted if language in LANGUAGES), None)


class Pace:
    """A bucket of requests for each post that refills steadily. It protects the one writer, not a secret: tokens cannot be guessed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._left: dict[int, tuple[float, float]] = {}

    def take(self, post: int) -> None:
        """Raises Halt(429) when the post's bucket is empty."""
        with self._lock:
            now = self._clock()
            left, since = self._left.get(post, (AT_ONCE, now))
            left = min(AT_ONCE, left + (now - since) * A_SECOND)
            self._left[post] = (max(left - 1, 0), now)
        if left < 1:
            raise Halt(429, "too-fast", _("Chờ vài giây rồi gửi tiếp."), retry=math.ceil((1 - left) / A_SECOND))

    def forget(self) -> None:
        self._left.clear()


pace = Pace()
