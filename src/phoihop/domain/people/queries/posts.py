"""Who holds which post, and in which one somebody acts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ...forces.queries import units_below
from ...territory.queries import exists_on
from ..models import Post, Role, User
from ..rules.may import allowed, roles_with
from ..rules.signing_in import may_act_in

_kept = KeptQueries()


def node_post() -> Post:
    """The post in which this node itself acts: signing in, imports, signatures of the journal. Raises Post.DoesNotExist before the node is founded."""
    found = node_post_if_any()
    if found is None:
        raise Post.DoesNotExist("this node has no post of its own yet")
    return found


def node_post_if_any() -> Post | None:
    """The same; None before the node is founded."""
    return Post.objects.select_related("unit").filter(role=Role.NODE).order_by("pk").last()


def posts_with(permission: str, unit: int, on: date) -> QuerySet[Post]:
    """The posts of a unit that are held on a day and whose role carries a permission."""
    return Post.objects.filter(exists_on(on), unit=unit, role__in=roles_with(permission)).order_by("title", "pk")


def held_or_to_come(on: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=on)


def held_by(user: User, on: date) -> list[Post]:
    """The posts a person holds on a day, own ones before those in which the person stands in for another."""
    posts = _kept.records_of([user.pk], ("held", on), lambda users: _with_names().filter(exists_on(on), user__in=users))
    return sorted(posts, key=lambda p: (p.deputy_for_id is not None, p.pk))


def acting(user: User, chosen: int | None, on: date) -> Post | None:
    """The post in which a person acts: the chosen one, or the only one. Among several it is never guessed."""
    posts = held_by(user, on)
    if chosen is None and len(posts) > 1:
        return None
    return next((p for p in posts if chosen in (None, p.pk) and may_act_in(p, user)), None)


def posts_of(user: User) -> list[Post]:
    """Every post a person held, holds or will hold, the newest first."""
    return list(_with_names().filter(user=user).order_by("-valid_from", "-pk"))


def current_posts(user: User, on: date) -> list[Post]:
    """The posts a person holds or is still to hold."""
    return [p for p in posts_of(user) if p.valid_until is None or p.valid_until > on]


def deputies_of(post: Post, on: date) -> list[Post]:
    """Who stands in for a post now or later."""
    return list(Post.objects.select_related("user").filter(held_or_to_come(on), deputy_for=post).order_by("valid_from"))


def possible_deputies(viewer: Post, post: Post, on: date) -> QuerySet[User]:
    """Accounts that could stand in for a post: who holds one in its unit or below, but not the holder."""
    if viewer.pk != post.pk and not allowed(viewer, "user.manage", on):
        return User.objects.none()
    near = Post.objects.filter(exists_on(on), unit__in=units_below(post.unit, on), deputy_for=None).exclude(role=Role.NODE)
    return User.objects.filter(is_active=True, pk__in=near.values("user")).exclude(pk=post.user_id or 0).order_by("full_name")


def is_last_admin(ending: Collection[int], home: str, on: date) -> bool:
    """Whether a node would be without an administrator once these posts (by key) are over."""
    admins = Post.objects.filter(exists_on(on), role=Role.ADMIN, unit__home=home, user__is_active=True)
    return admins.filter(pk__in=ending).exists() and not admins.exclude(pk__in=ending).exists()


def _with_names() -> QuerySet[Post]:
    return Post.objects.select_related("unit__force", "unit__area", "deputy_for__user", "user")
