"""What a browser keeps of a form until it was accepted (js/drafts.js): the answer that accepts it says so, and the copy goes.

A form that was not accepted is shown again or led away to the sign-in page; then the copy stays, as it does when no answer comes.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .base import CHOOSE_POST, SIGN_IN
from .toasts import leaves

FIELD = "draft-of"
COOKIE = "draft-done"
LONGEST = 400
_SECONDS = 120
_NOT_ACCEPTED = (SIGN_IN, CHOOSE_POST)


def tell_accepted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer; if it leads on from a form that a browser keeps a copy of, with that form's name for the next page."""
    if request.method == "POST" and leaves(response) and (name := request.POST.get(FIELD, "")) and len(name) <= LONGEST and _is_accepted(response):
        response.set_cookie(COOKIE, quote(name, safe=""), max_age=_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict")
    return response


def _is_accepted(response: HttpResponse) -> bool:
    onward = response.headers.get("Location") or response.headers.get("HX-Redirect", "")
    return not urlsplit(onward).path.startswith(_NOT_ACCEPTED)
