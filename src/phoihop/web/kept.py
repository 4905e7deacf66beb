"""What somebody typed while the sign-in ran out: kept on the server, offered again to the same person, then gone.

It passes the gates first, as everything that is stored does; a file is not kept. It is bound to its writer by a signed
cookie that outlives the sign-in, so that the next person at the same browser does not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from phoihop.kernel import gates
from phoihop.kernel.verdict import Refused

KEY = "kept"
WRITER = "writer"
FOR = timedelta(hours=2)
LONGEST = 50_000
NEVER = {"csrfmiddlewaretoken", "sure"}
_NOT_TYPED = {"key", "version", "draft-of"}  # what a form says of itself: sent again, not shown
_SALT = "phoihop.web.writer"


@dataclass(frozen=True, slots=True)
class Kept:
    """``path`` is where the form goes, ``page`` where it was filled in, ``shown`` what a person recognises it by."""

    path: str
    page: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]


def keep(request: HttpRequest) -> bool:
    """Keep the texts of a POST that came too late. False if there was nothing, too much, or something a gate refuses."""
    writer = writer_of(request)
    fields = [(name, value) for name in request.POST if name not in NEVER and not _is_secret(request, name) for value in request.POST.getlist(name)]
    if writer is None or not fields or sum(len(v) for _n, v in fields) > LONGEST or not _passes(fields):
        return False
    request.session[KEY] = {"for": writer, "path": request.get_full_path(), "page": page_of(request), "at": timezone.now().isoformat(), "fields": fields}
    return True


def waiting(request: HttpRequest) -> Kept | None:
    """What is kept for the person who is signed in now; somebody else's is dropped unseen."""
    if KEY not in request.session or not request.user.is_authenticated:
        return None
    found: dict[str, Any] = request.session[KEY]
    at = datetime.fromisoformat(found["at"])
    if found["for"] != request.user.pk or timezone.now() - at > FOR:
        drop(request)
        return None
    fields = tuple((str(n), str(v)) for n, v in found["fields"])
    return Kept(found["path"], found["page"], at, fields, tuple(v for n, v in fields if len(v) > 3 and n not in _NOT_TYPED)[:6])


def holds(request: HttpRequest) -> bool:
    """Whether something is kept in this browser, before it is known for whom: told on the sign-in page, shown to its writer only."""
    return KEY in request.session


def drop(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def page_of(request: HttpRequest) -> str:
    """The page on which a form was: the referring page of our own, else the address of the form."""
    seen = urlsplit(request.headers.get("Referer", ""))
    if seen.netloc == request.get_host() and seen.path:
        return seen.path + (f"?{seen.query}" if seen.query else "")
    return request.get_full_path()


def writer_of(request: HttpRequest) -> int | None:
    """Who was last signed in at this browser."""
    try:
        return int(signing.loads(request.COOKIES.get(WRITER, ""), salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None


def signed_in(request: HttpRequest) -> int | None:
    """Whose browser this is now, by its session."""
    pk = request.session.get(SESSION_KEY)
    return int(pk) if pk else None


def remember_writer(request: HttpRequest, response: HttpResponse, before: int | None) -> None:
    """Set the cookie when somebody signed in, remove it when they signed out (``before``: who it was when the request came)."""
    now = signed_in(request)
    if now is not None and writer_of(request) != now:
        value = signing.dumps(now, salt=_SALT)
        response.set_cookie(WRITER, value, max_age=86_400, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict")
    elif now is None and before is not None:
        response.delete_cookie(WRITER, samesite="Strict")


def _is_secret(request: HttpRequest, name: str) -> bool:
    """Passwords and codes; a view names its own with Django's ``sensitive_post_parameters``."""
    named = getattr(request, "sensitive_post_parameters", ())
    return named == "__ALL__" or name in named or "password" in name


def _passes(fields: list[tuple[str, str]]) -> bool:
    try:
        gates.inspect({f"{n}.{name}": value for n, (name, value) in enumerate(fields)}, frozenset())
    except Refused as refusal:
        return refusal.verdict.asks
    return True
