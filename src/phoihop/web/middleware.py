"""Who sits at the browser, and in which post: ``request.user`` and ``request.post`` of every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from phoihop.domain.people.models import Post, User
from phoihop.domain.people.queries import acting
from phoihop.kernel.period import local_day

from .signing_in import NOBODY, keep_awake, user_of

CHOSEN_POST = "post"
LANGUAGE = "language"


def who_acts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """``request.post`` is the acting post, None while there is none or it is still to be chosen among several."""

    def middleware(request: Any) -> HttpResponse:
        user = user_of(request)
        request.user = user or NOBODY
        request.post = _acting_post(request, user) if user else None
        if user:
            keep_awake(request)
        language = user.language if user else request.session.get(LANGUAGE, settings.LANGUAGE_CODE)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _acting_post(request: HttpRequest, user: User) -> Post | None:
    """No post before a password that somebody else chose is changed."""
    return None if user.must_change else acting(user, request.session.get(CHOSEN_POST), local_day(timezone.now()))
