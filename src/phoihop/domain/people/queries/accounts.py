"""Finding accounts: for the person at the door, for the administrator, for the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import is_password_usable, make_password, verify_password
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from phoihop.kernel.seal import recognised_by
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import fold, nfc

from ...territory.queries import exists_on
from ..models import Guess, Post, User
from ..rules.accounts import DEMO_PREFIX, may_see_accounts
from ..rules.may import may
from .posts import held_or_to_come


@dataclass(frozen=True, slots=True)
class Knock:
    """A try to sign in, checked before anything is locked or written: hashing takes a tenth of a second and must not hold up the writer.

    ``name``: keyed digest of the typed name. ``hash``: what the password was checked against. ``user`` is None for nobody.
    """

    name: str
    user: User | None
    hash: str
    right: bool


def name_digest(username: str) -> str:
    return recognised_by("guess", _login(username))


def knock(username: str, password: Secret, now: datetime) -> Knock:
    """Check a password. An unknown name, a closed account and one without a password take the same time as a wrong one.

    For a name that is locked nothing is hashed: whoever hammers at a lock must not keep the processor busy.
    """
    name = name_digest(username)
    if Guess.objects.filter(name=name, locked_until__gt=now).exists():
        return Knock(name, None, "", right=False)
    user = User.objects.filter(username=_login(username), is_active=True).first()
    usable = user is not None and is_password_usable(user.password)
    stored = user.password if user is not None and usable else _nobodys_hash()
    right, _ = verify_password(password.reveal(), stored)
    return Knock(name, user, stored, right and usable)


def password_is_right(user: User, password: Secret) -> bool:
    """Whether this is the present password of an account (changing it asks for it once more)."""
    right, _ = verify_password(password.reveal(), user.password)
    return right


def locked_until(user: User, now: datetime) -> datetime | None:
    """Until when an account's name is locked; None if it is not."""
    return Guess.objects.filter(name=name_digest(user.username), locked_until__gt=now).values_list("locked_until", flat=True).first()


def demo_logins(on: date) -> list[User]:
    """The accounts of the demo province, one per kind of user, with the posts they hold (``held``). To be asked on a demo node only."""
    return list(User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).prefetch_related(_held(exists_on(on))).order_by("pk"))


def accounts_seen_by(viewer: Post, on: date) -> QuerySet[User]:
    """Accounts whose posts are at home on the viewer's node, or who have none yet; with the posts they hold (``held``)."""
    if not may_see_accounts(viewer, on):
        return User.objects.none()
    here = Q(pk__in=Post.objects.filter(unit__home=viewer.unit.home).values("user"))
    without = Q(posts=None) if may(viewer, "user.manage") else Q(pk__in=[])
    return User.objects.filter(here | without).distinct().prefetch_related(_held(held_or_to_come(on)))


def takers_of(viewer: Post, post: Post, on: date) -> QuerySet[User]:
    """The accounts to which a post may be handed over, those who hold one in its unit first."""
    near = Post.objects.filter(exists_on(on), user=OuterRef("pk"), unit=post.unit_id)
    found = accounts_seen_by(viewer, on).filter(is_active=True).exclude(pk=post.user_id or 0)
    return found.annotate(near=Exists(near)).order_by("-near", "full_name")


def search(viewer: Post, text: str, on: date) -> list[User]:
    """Accounts by the beginnings of words of name, user name, title or unit, with or without diacritics; by given name."""
    wanted = [f" {word}" for word in fold(text).split()]
    found = [u for u in accounts_seen_by(viewer, on) if all(w in _searched(u) for w in wanted)]
    return sorted(found, key=lambda u: (not u.is_active, fold(u.full_name).split()[::-1]))


def head_count(viewer: Post, on: date) -> dict[str, int]:
    """How many accounts are open, and how many of those hold a post today."""
    seen = accounts_seen_by(viewer, on).filter(is_active=True)
    return {"open": seen.count(), "with_post": seen.filter(pk__in=Post.objects.filter(exists_on(on)).values("user")).count()}


def _held(which: Q) -> Prefetch[str]:
    """Posts of each account as ``held``, the oldest first."""
    return Prefetch("posts", Post.objects.filter(which).select_related("unit__force", "deputy_for__user").order_by("valid_from", "pk"), to_attr="held")


def _searched(user: User) -> str:
    posts = getattr(user, "held", [])
    return " " + fold(" ".join([user.full_name, user.username, *(f"{p.title} {p.unit.name}" for p in posts)]))


def _login(username: str) -> str:
    return nfc(username).strip().lower()


@cache
def _nobodys_hash() -> str:
    """What the password of nobody is checked against, so that it takes as long."""
    return make_password("a password that nobody has")
