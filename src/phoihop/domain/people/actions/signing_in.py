"""Signing in: password first, then the code where an authenticator is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.seal import recognised_by, unseal
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import YES, Verdict

from ..models import Guess, Post, RecoveryCode, User
from ..queries.accounts import Knock, name_digest
from ..queries.posts import posts_of
from ..rules import accounts as account_rules
from ..rules import signing_in as rules

AUTHENTICATOR = "authenticator"
RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``verdict``: why not, if not. ``half``: the password was right and the code is still to come."""

    verdict: Verdict
    user: User | None = None
    half: bool = False


@action
def sign_in(*, by: Post, knock: Knock, at: datetime) -> Outcome:
    """Judge a knock (``queries.accounts.knock``). A wrong one counts as a miss of that name and may lock it.

    It answers rather than raises, for the miss must stay counted. Raises Refused only while the name is locked.
    """
    guess = _not_locked(knock.name, at)
    user = locked(knock.user) if knock.user is not None else None
    if user is None or not knock.right or user.password != knock.hash or not user.is_active:
        return Outcome(_missed(by, guess, user, at, rules.WRONG))
    if user.totp_secret:
        write(by=by, what="user.password_passed", at=at, user=user.pk)
        return Outcome(YES, user, half=True)
    return _signed_in(by, guess, user, at, second="none")


@action
def sign_in_with_code(*, by: Post, user: User, code: Secret, at: datetime) -> Outcome:
    """The second step: a code of the authenticator, or one of the recovery codes. Each is good once; a wrong one is a miss."""
    guess = _not_locked(name_digest(user.username), at)
    user = locked(user)
    second = spend_code(user, code, at) if user.is_active else None
    if second is None:
        return Outcome(_missed(by, guess, user, at, rules.WRONG_CODE))
    return _signed_in(by, guess, user, at, second=second)


@action
def unlock(*, by: Post, user: User, at: datetime) -> None:
    """An administrator lifts the lock of a name before its time."""
    account_rules.may_help(by, user, posts_of(user), local_day(at)).enforce()
    Guess.objects.filter(name=name_digest(user.username)).delete()
    write(by=by, what="user.unlocked", at=at, user=user.pk)


def spend_code(user: User, code: Secret, at: datetime) -> str | None:
    """Use up a code of the authenticator or a recovery code; which of the two it was, or None. The row of the user is held."""
    typed = "".join(code.reveal().split()).replace("-", "").upper()
    if not user.totp_secret:
        return None
    counter = rules.matching_counter(unseal(user.totp_secret, AUTHENTICATOR), typed, at, user.totp_last)
    if counter is not None:
        user.totp_last = counter
        user.save(update_fields=["totp_last"])
        return AUTHENTICATOR
    spare = RecoveryCode.objects.filter(user=user, used_at=None, digest=recovered_by(user, typed)).first()
    if spare is None:
        return None
    spare.used_at = at
    spare.save(update_fields=["used_at"])
    return RECOVERY


def recovered_by(user: User, code: str) -> str:
    return recognised_by(RECOVERY, f"{user.pk}:{code}")


def count_miss(guess: Guess, at: datetime) -> datetime | None:
    """One miss more; until when the name is locked now, or None. Misses of other names a day ago are forgotten."""
    Guess.objects.filter(last_at__lt=at - rules.MISSES_FORGOTTEN).exclude(pk=guess.pk).delete()
    guess.misses += 1
    lock = rules.lock_after(guess.misses)
    guess.last_at, guess.locked_until = at, at + lock if lock else None
    guess.save()
    return guess.locked_until


def guess_of(name: str, at: datetime) -> Guess:
    """The misses of a name so far; none if the last was a day ago."""
    guess = Guess.objects.select_for_update().filter(name=name).first() or Guess(name=name, last_at=at)
    if guess.last_at < at - rules.MISSES_FORGOTTEN:
        guess.misses = 0
    return guess


def _not_locked(name: str, at: datetime) -> Guess:
    guess = guess_of(name, at)
    rules.not_locked(guess.locked_until, at).enforce()
    return guess


def _missed(by: Post, guess: Guess, user: User | None, at: datetime, wrong: Verdict) -> Verdict:
    until = count_miss(guess, at)
    write(by=by, what="user.locked_out" if until else "user.missed", at=at, user=user.pk if user else None, misses=guess.misses)
    return rules.locked(until) if until else wrong


def _signed_in(by: Post, guess: Guess, user: User, at: datetime, *, second: str) -> Outcome:
    Guess.objects.filter(name=guess.name).delete()
    write(by=by, what="user.signed_in", at=at, user=user.pk, second=second)
    return Outcome(YES, user)
