"""Who sits at the browser: the sign-in of a session, from the password to the last click. Passwords are judged by an action."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from phoihop.domain.people.models import User
from phoihop.domain.people.rules.signing_in import HALF_WAY_LIVES
from phoihop.kernel.kept_queries import KeptQueries

from .sessions import AGENT, BEGAN

SEEN = "seen"
HALF_WAY = "half_way"
_kept = KeptQueries()

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("CocCoc", "Cốc Cốc"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))


class Nobody:
    """A browser in which nobody is signed in."""

    pk = id = None
    username = full_name = ""
    is_authenticated = is_active = False
    is_anonymous = True


NOBODY = Nobody()


class Backend:
    """What Django's sign-in asks for; passwords never pass through it."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def begin(request: HttpRequest, user: User) -> None:
    """The browser is this person's from now on, under a new session key: one that somebody planted before is worth nothing."""
    request.session.pop(HALF_WAY, None)
    request.session[BEGAN] = timezone.now().isoformat()
    request.session[AGENT] = agent_of(request.headers.get("User-Agent", ""))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    keep_awake(request)


def renew(request: HttpRequest, user: User) -> None:
    """After a change of password: this sign-in goes on under a new key, all others have ended."""
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()


def stop_half_way(request: HttpRequest, user: User) -> None:
    """The password was right, the code is still to come."""
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": timezone.now().isoformat()}


def half_way(request: HttpRequest) -> User | None:
    """Who gave the right password here within the last minutes; None if nobody did, or the password changed since."""
    kept = request.session.get(HALF_WAY)
    if not kept or timezone.now() - datetime.fromisoformat(kept["at"]) > HALF_WAY_LIVES:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user is not None and constant_time_compare(kept["hash"], user.get_session_auth_hash()) else None


def user_of(request: HttpRequest) -> User | None:
    """Who is signed in. A closed account, or a password changed elsewhere, ends the sign-in."""
    pk = request.session.get(SESSION_KEY)
    if pk is None:
        return None
    user = next(iter(_kept.records_of([int(pk)], "open", lambda users: User.objects.filter(pk__in=users, is_active=True))), None)
    if user is None or not constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        request.session.flush()
        return None
    return user


def keep_awake(request: HttpRequest) -> None:
    """A sign-in runs out after so many minutes without a click; its row is written at most ten times in that span."""
    now = int(timezone.now().timestamp())
    if now - request.session.get(SEEN, 0) > settings.SESSION_COOKIE_AGE // 10:
        request.session[SEEN] = now


def agent_of(header: str) -> str:
    """ "Chrome 118, Windows": enough to recognise one's own machines, no more."""
    name = next((word for mark, word in _BROWSERS if mark in header), "")
    version = re.search(r"(?:Edg|OPR|Firefox|Chrome|Version)/(\d+)", header)
    system = next((word for mark, word in _SYSTEMS if mark in header), "")
    return ", ".join(part for part in (f"{name} {version.group(1)}" if name and version else name, system) if part)
