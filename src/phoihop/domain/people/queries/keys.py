"""The keys of posts."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Post, PostKey
from ..rules.may import may


def key_of(post: Post) -> PostKey | None:
    """The key with which a post signs today, locked or not."""
    return PostKey.objects.filter(post=post, revoked_at=None).first()


def keys_seen_by(viewer: Post) -> QuerySet[PostKey]:
    """The own keys, the newest first; for an administrator those of the node. Only public halves leave the program."""
    keys = PostKey.objects.select_related("post__unit", "post__user").defer("wrapped", "salt").order_by("revoked_at", "-made_at")
    return keys.filter(post__unit__home=viewer.unit.home) if may(viewer, "user.manage") else keys.filter(post=viewer)
