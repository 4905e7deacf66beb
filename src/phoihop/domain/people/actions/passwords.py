"""Passwords: changed by their owner, or set anew with a one-time code that an administrator hands over in person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.seal import recognised_by
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import YES, Verdict

from ..models import Guess, Post, RecoveryCode, ResetCode, User
from ..queries.accounts import name_digest, password_is_right
from ..queries.posts import posts_of
from ..rules import accounts as account_rules
from ..rules import passwords as rules
from ..rules import signing_in as door
from .signing_in import count_miss, guess_of

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: the code is read from paper
_RESET = "reset"


@action
def change_password(*, by: Post, user: User, old: Secret, new: Secret, again: Secret, at: datetime) -> User:
    """Change one's own password, knowing the old one. Every other sign-in of the account ends with it."""
    user = locked(user)
    rules.old_is_right(password_is_right(user, old)).enforce()
    rules.same_twice(new, again).enforce()
    rules.is_new(new, old).enforce()
    rules.fits_password(new, user.username).enforce()
    _set(user, new)
    write(by=by, what="user.password_changed", at=at, user=user.pk)
    return user


@action
def issue_reset_code(*, by: Post, user: User, at: datetime, authenticator: bool = False) -> str:
    """A code good once within 24 hours, to be handed over in person; a former one is void. Shown now and never again.

    With ``authenticator`` it also takes away a lost authenticator and its recovery codes.
    """
    account_rules.may_help(by, user, posts_of(user), local_day(at)).enforce()
    code = new_reset_code(user, at, account_rules.RESET_LIVES, authenticator=authenticator)
    write(by=by, what="user.reset_issued", at=at, user=user.pk, authenticator=authenticator)
    return code


@action
def reset_password(*, by: Post, username: str, code: Secret, new: Secret, again: Secret, at: datetime) -> Verdict:
    """Set a new password with a reset code. A wrong code counts as a miss of that name, as a wrong password does."""
    rules.same_twice(new, again).enforce()
    rules.fits_password(new, username).enforce()
    guess = guess_of(name_digest(username), at)
    door.not_locked(guess.locked_until, at).enforce()
    found = ResetCode.objects.select_related("user").filter(digest=_digest(username, code), used_at=None, expires_at__gt=at).first()
    if found is None or not found.user.is_active:
        until = count_miss(guess, at)
        write(by=by, what="user.locked_out" if until else "user.missed", at=at, misses=guess.misses)
        return door.locked(until) if until else door.WRONG_RESET
    user = locked(found.user)
    _set(user, new)
    found.used_at = at
    found.save(update_fields=["used_at"])
    if found.authenticator:
        drop_authenticator_of(user)
    Guess.objects.filter(name=guess.name).delete()
    write(by=by, what="user.reset_used", at=at, user=user.pk, authenticator=found.authenticator)
    return YES


def new_reset_code(user: User, at: datetime, lives: timedelta, *, authenticator: bool = False) -> str:
    """A fresh code of twelve signs (60 bits) in groups of four; only its keyed digest is kept."""
    return new_reset_codes([user], at, lives, authenticator=authenticator)[0]


def new_reset_codes(users: Sequence[User], at: datetime, lives: timedelta, *, authenticator: bool = False) -> list[str]:
    """The same for several accounts, in their order."""
    ResetCode.objects.filter(user__in=users).delete()
    codes = ["-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3)) for _ in users]
    ResetCode.objects.bulk_create(
        ResetCode(user=user, digest=_digest(user.username, Secret(code)), expires_at=at + lives, authenticator=authenticator)
        for user, code in zip(users, codes, strict=True)
    )
    return codes


def drop_authenticator_of(user: User) -> None:
    user.totp_secret, user.totp_last = "", 0
    user.save(update_fields=["totp_secret", "totp_last"])
    RecoveryCode.objects.filter(user=user).delete()


def _set(user: User, new: Secret) -> None:
    user.password, user.must_change = make_password(new.reveal()), False
    user.save(update_fields=["password", "must_change"])


def _digest(username: str, code: Secret) -> str:
    plain = "".join(c for c in code.reveal().upper() if c.isalnum())
    return recognised_by(_RESET, f"{username.strip().lower()}:{plain}")
