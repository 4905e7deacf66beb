"""Tokens with which a machine acts in a post."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day

from ..models import ApiToken, Post
from ..queries.tokens import token_digest
from ..rules import tokens as rules


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token and, this once, what the machine must send."""

    token: ApiToken
    secret: str


@action
def issue_token(*, by: Post, post: Post, label: str, days: int, at: datetime) -> Issued:
    """Let a machine act in a post for so many days. The secret is returned once; only its digest is kept."""
    rules.may_issue(by, post, local_day(at)).enforce()
    rules.fits_token(label, days).enforce()
    secret = f"phoihop_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(post=post, digest=token_digest(secret), label=label.strip(), expires_at=at + timedelta(days=days))
    write(by=by, what="token.issued", at=at, token=token.pk, post=post.pk, days=days)
    return Issued(token, secret)


@action
def revoke_token(*, by: Post, token: ApiToken, at: datetime) -> ApiToken:
    """From now on the token opens nothing."""
    token = locked(token)
    rules.may_revoke(by, token, local_day(at)).enforce()
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    write(by=by, what="token.revoked", at=at, token=token.pk, post=token.post_id)
    return token
