"""Answering "nothing has changed" instead of the same page again, for parts that are polled."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import get_language

from phoihop.kernel.text import digest


def polled(state: Callable[..., Any]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """``@polled(lambda request, …: (last_event(), minute))``: 304 while the state, the reader and the address are the same.

    ``state`` takes what the view takes and must be much cheaper than it. js/poll.js sends the tag that it was given.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            tag = tag_of(request, state(request, *args, **kwargs))
            if tag in parse_etags(request.headers.get("If-None-Match", "")):
                return HttpResponseNotModified(headers={"ETag": tag})
            response = view(request, *args, **kwargs)
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "private, no-cache"
            return response

        return inner

    return decorate


def tag_of(request: HttpRequest, state: Any) -> str:
    """A weak tag: compression on the way may change the bytes, not what they say."""
    post = getattr(request, "post", None)
    seen = (request.get_full_path(), request.headers.get("HX-Target", ""), get_language(), post.pk if post else 0, state)
    return f"W/{quote_etag(digest(repr(seen).encode())[:32])}"


def keep_on_phone(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the phone show its last copy of this page when there is no network (static/js/sw.js). For the acting post only."""
    post = getattr(request, "post", None)
    if post is not None:
        response.headers["X-Phoihop-Keep"] = str(post.pk)
    return response
