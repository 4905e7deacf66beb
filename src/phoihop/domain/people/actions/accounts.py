"""Opening and closing accounts, and what an account's owner prefers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.utils.crypto import get_random_string

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write, write_same
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import nfc

from ..models import Post, User
from ..queries.posts import current_posts, is_last_admin
from ..rules import accounts as rules
from ..rules.passwords import fits_password
from .passwords import new_reset_code, new_reset_codes
from .posts import end

_SALT = 22


class _Published(Argon2PasswordHasher):
    """For a password that stands on the sign-in page: nobody guesses it, so that guessing need not be slow. Verified like any other."""

    time_cost, memory_cost, parallelism = 1, 1024, 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account; ``code`` is the one-time code with which its owner sets the first password, empty if one was given."""

    user: User
    code: str


@action
def open_account(*, by: Post, username: str, full_name: str, at: datetime, password: Secret | None = None) -> Opened:
    """Open an official's account. Without a password its owner gets a one-time code, good for 14 days."""
    rules.may_open(by, local_day(at)).enforce()
    full_name = " ".join(nfc(full_name).split())
    rules.fits_full_name(full_name).enforce()
    rules.fits_username(username, by).enforce()
    rules.username_is_free(User.objects.filter(username=username).exists()).enforce()
    if password is not None:
        fits_password(password, username).enforce()
    return open_one(by, username, full_name, at, password)


@action
def close_account(*, by: Post, user: User, at: datetime) -> User:
    """Close an account: it can no longer sign in, its posts and deputisings end today, its tokens are taken back."""
    user, today = locked(user), local_day(at)
    posts = current_posts(user, today)
    last = is_last_admin([p.pk for p in posts], by.unit.home, today)
    rules.may_close(by, user, posts, last, today).enforce()
    for post in posts:
        end(post, max(today, post.valid_from), at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    write(by=by, what="user.closed", at=at, user=user.pk, posts=[p.pk for p in posts])
    return user


@action
def set_preferences(*, by: Post, user: User, language: str, theme: str, shortcuts: bool, at: datetime) -> User:
    """Language, light or dark, and whether single keys are shortcuts."""
    rules.fits_preferences(language, theme).enforce()
    user = locked(user)
    user.language, user.theme, user.shortcuts = language, theme, shortcuts
    user.save(update_fields=["language", "theme", "shortcuts"])
    write(by=by, what="user.preferences_set", at=at, user=user.pk, language=language, theme=theme, shortcuts=shortcuts)
    return user


def open_one(by: Post, username: str, full_name: str, at: datetime, password: Secret | None = None) -> Opened:
    """Write one account that the rules have passed."""
    if password is not None and rules.is_demo(username):
        stored = _Published().encode(password.reveal(), get_random_string(_SALT))
    else:
        stored = make_password(password.reveal() if password else None)
    # Whoever chose the password knows it: a person's first one is changed at once.
    user = User.objects.create(username=username, full_name=full_name, password=stored, must_change=password is not None and not rules.is_demo(username))
    code = "" if password else new_reset_code(user, at, rules.FIRST_CODE_LIVES)
    write(by=by, what="user.opened", at=at, user=user.pk)
    return Opened(user, code)


def open_many(by: Post, names: Mapping[str, str], at: datetime) -> dict[str, Opened]:
    """Write accounts that the rules have passed, by user name (``names``: the full name of each), each with its one-time code."""
    users = [User(username=username, full_name=full_name, password=make_password(None), must_change=False) for username, full_name in names.items()]
    insert(users)
    codes = new_reset_codes(users, at, rules.FIRST_CODE_LIVES)
    write_same(by=by, what="user.opened", at=at, each=[{"user": user.pk} for user in users])
    return {user.username: Opened(user, code) for user, code in zip(users, codes, strict=True)}
