"""Tokens of machines: whose they are, and which a person may see."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.kernel.text import digest

from ...territory.queries import exists_on
from ..models import ApiToken, Post
from ..rules.may import holds, may
from ..rules.tokens import is_good


def post_of(secret: str, on: date, now: datetime) -> Post | None:
    """The post in which the bearer of a token acts; None if the token is unknown, over, taken back, or its post is not held."""
    token = ApiToken.objects.select_related("post__unit__force", "post__user").filter(digest=token_digest(secret)).first()
    if token is None or not is_good(token, now) or not holds(token.post, on):
        return None
    return token.post if token.post.user is not None and token.post.user.is_active else None


def token_digest(secret: str) -> str:
    """A token has 256 random bits: its plain digest is enough to recognise it and cannot be turned back."""
    return digest(secret.encode())


def tokens_seen_by(viewer: Post) -> QuerySet[ApiToken]:
    """Tokens of the own post; of the unit's posts for who issues tokens; of the node's for its administrator."""
    tokens = ApiToken.objects.select_related("post__unit__force", "post__user").order_by("revoked_at", "expires_at")
    if may(viewer, "user.manage"):
        return tokens.filter(post__unit__home=viewer.unit.home)
    return tokens.filter(post__unit=viewer.unit_id) if may(viewer, "token.revoke") else tokens.filter(post=viewer.pk)


def posts_for_tokens(viewer: Post, on: date) -> QuerySet[Post]:
    """Posts for which the viewer may issue a token."""
    if not may(viewer, "token.issue"):
        return Post.objects.none()
    here = Post.objects.select_related("unit", "user").filter(exists_on(on), unit=viewer.unit_id, deputy_for=None, user__is_active=True)
    return here.exclude(role__in=("admin", "auditor", "node")).order_by("unit__name", "title")
