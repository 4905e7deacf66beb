"""The key with which a post signs: made by its holder under a PIN, revoked, and opened for one signature."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.pin_key import Wrapped, make, opened
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import YES, Verdict

from ..models import Post, PostKey
from ..queries.accounts import password_is_right
from ..queries.keys import key_of
from ..rules import keys as rules
from ..rules import passwords as password_rules


@action
def make_key(*, by: Post, password: Secret, pin: Secret, again: Secret, at: datetime) -> PostKey:
    """A new key of the own post, under a PIN that only its holder knows; the former one is revoked. Asks for the account's password."""
    rules.may_make_key(by, local_day(at)).enforce()
    assert by.user is not None
    password_rules.old_is_right(password_is_right(by.user, password)).at("password").enforce()
    rules.fits_pin(pin, again).enforce()
    former = key_of(by)
    if former is not None:
        _revoke(former, at)
    wrapped = make(pin)
    key = PostKey.objects.create(post=by, public=wrapped.public, wrapped=wrapped.private, salt=wrapped.salt, made_at=at)
    write(by=by, what="key.made", at=at, key=key.pk, post=by.pk, public=key.public, former=former.pk if former else None)
    return key


@action
def revoke_key(*, by: Post, key: PostKey, at: datetime) -> PostKey:
    """From now on it signs nothing; what it signed before stays valid."""
    key = locked(key)
    rules.may_revoke_key(by, key, local_day(at)).enforce()
    _revoke(key, at)
    write(by=by, what="key.revoked", at=at, key=key.pk, post=key.post_id)
    return key


@action
def try_pin(*, by: Post, pin: Secret, at: datetime) -> Verdict:
    """Whether a PIN opens the own key; a miss is counted. For a surface that signs within a transaction of its own, which would forget the miss."""
    rules.may_make_key(by, local_day(at)).enforce()
    key, private = open_key(by, pin, at)
    if isinstance(private, Verdict):
        return private
    write(by=by, what="key.opened", at=at, key=key.pk)
    return YES


def open_key(by: Post, pin: Secret, at: datetime) -> tuple[PostKey, Ed25519PrivateKey | Verdict]:
    """For one signature, within the action that signs: the own key opened, or why its PIN was wrong.

    Raises Refused for a key that does not sign. A wrong PIN is counted, so the caller must answer it rather than raise.
    """
    found = key_of(by)
    rules.key_signs(found).enforce()
    assert found is not None
    key = locked(found)
    private = opened(Wrapped(key.public, key.wrapped, key.salt), pin)
    key.misses = 0 if private else key.misses + 1
    key.save(update_fields=["misses"])
    if private is None:
        write(by=by, what="key.missed", at=at, key=key.pk, misses=key.misses)
        return key, rules.wrong_pin(key.misses)
    return key, private


def _revoke(key: PostKey, at: datetime) -> None:
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
