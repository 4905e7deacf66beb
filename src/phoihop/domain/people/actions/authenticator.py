"""The second proof: an authenticator app (RFC 6238), and ten recovery codes for the day it is lost."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.seal import seal
from phoihop.kernel.secret import Secret

from ..models import Post, RecoveryCode, User
from ..queries.accounts import password_is_right
from ..queries.posts import current_posts
from ..rules import passwords as password_rules
from ..rules import signing_in as rules
from ..rules.accounts import RECOVERY_CODES
from .passwords import drop_authenticator_of
from .signing_in import AUTHENTICATOR, recovered_by


def new_secret() -> str:
    """A fresh secret to be scanned; it counts only once a code made from it is confirmed."""
    return pyotp.random_base32()


@action
def set_authenticator(*, by: Post, user: User, secret: Secret, code: Secret, at: datetime) -> list[str]:
    """Begin to use an authenticator whose first code is confirmed; replaces a former one. Returns recovery codes, shown once."""
    user = locked(user)
    counter = rules.matching_counter(secret.reveal(), "".join(code.reveal().split()), at, 0)
    rules.first_code_fits(counter is not None).enforce()
    assert counter is not None
    user.totp_secret, user.totp_last = seal(secret.reveal(), AUTHENTICATOR), counter
    user.save(update_fields=["totp_secret", "totp_last"])
    codes = _new_recovery_codes(user)
    write(by=by, what="user.authenticator_set", at=at, user=user.pk)
    return codes


@action
def drop_authenticator(*, by: Post, user: User, password: Secret, at: datetime) -> None:
    """Go back to the password alone; not for roles that need the second proof."""
    user = locked(user)
    password_rules.old_is_right(password_is_right(user, password)).at("password").enforce()
    held = {p.role for p in current_posts(user, local_day(at))}
    rules.may_drop_authenticator(held, user.username).enforce()
    drop_authenticator_of(user)
    write(by=by, what="user.authenticator_dropped", at=at, user=user.pk)


@action
def renew_recovery_codes(*, by: Post, user: User, password: Secret, at: datetime) -> list[str]:
    """Ten new recovery codes, shown once; the former ones are void."""
    user = locked(user)
    password_rules.old_is_right(password_is_right(user, password)).at("password").enforce()
    rules.has_authenticator(user).enforce()
    codes = _new_recovery_codes(user)
    write(by=by, what="user.recovery_renewed", at=at, user=user.pk)
    return codes


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}".upper() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=recovered_by(user, code.replace("-", ""))) for code in codes])
    return codes
