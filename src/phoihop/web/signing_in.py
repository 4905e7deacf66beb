"""Who sits at the browser. Passwords are judged by an action; here Django's session learns the answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from phoihop.domain.people.models import User

SEEN = "seen"


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


def user_of(request: HttpRequest) -> User | None:
    """Who is signed in. A closed account, or a password changed elsewhere, ends the sign-in."""
    pk = request.session.get(SESSION_KEY)
    if pk is None:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        request.session.flush()
        return None
    return user


def keep_awake(request: HttpRequest) -> None:
    """A sign-in runs out after so many minutes without a click; its row is written at most ten times in that span."""
    now = int(timezone.now().timestamp())
    if now - request.session.get(SEEN, 0) > settings.SESSION_COOKIE_AGE // 10:
        request.session[SEEN] = now
