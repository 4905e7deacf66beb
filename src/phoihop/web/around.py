"""Middleware around every page, inside ``who_acts``: what is too large, and what no text holds, stays outside; what is to be told goes along."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from phoihop.kernel.stack import roomy
from phoihop.kernel.verdict import Refused

from . import drafts, errors, kept, switched, toasts

_CHUNK = 1 << 16
_DRAIN_AT_MOST = 1 << 30


def with_room(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Outside of everything: a page is made by calls within calls, to a depth of two hundred."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return roomy(get_response, request)

    return middleware


def around(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        before = kept.signed_in(request)
        response = errors.told_how(request, get_response(request))
        kept.remember_writer(request, response, before)
        return toasts.deliver(request, drafts.tell_accepted(request, switched.led_away(request, response)))

    middleware.process_exception = _refused  # type: ignore[attr-defined] # where Django looks for it
    return middleware


def _refused(request: HttpRequest, problem: Exception) -> HttpResponse | None:
    """A refusal that no form was there to show: its sentence on a page."""
    return errors.refused(request, problem.verdict) if isinstance(problem, Refused) else None


def not_too_large(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an upload by its announced length, before a byte of it is kept.

    It is read to its end and thrown away, or the browser would show a broken connection instead of the sentence.
    """
    limit = (settings.UPLOAD_MEGABYTES + 1) * 1024 * 1024

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= limit:
            return get_response(request)
        left = min(int(length), _DRAIN_AT_MOST)
        while left > 0 and (chunk := request.META["wsgi.input"].read(min(_CHUNK, left))):
            left -= len(chunk)
        return errors.too_large(request)

    return middleware


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A NUL in an address is left out before anybody reads it: no text here holds one, and PostgreSQL takes none into a question."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        while "%00" in query:  # what is left of "%0%000" is one again
            query = query.replace("%00", "")
        request.META["QUERY_STRING"] = query
        request.path = request.path.replace("\0", "")
        request.path_info = request.path_info.replace("\0", "")
        return get_response(request)

    return middleware
