"""Posts: given, ended, handed over, deputised; and passed on when a unit has an heir."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import passes
from phoihop.kernel.journal import write, write_same
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert

from ...forces.actions.founding import first_unit
from ...forces.models import Unit
from ...forces.queries import units_below
from ..models import ApiToken, Post, Role, User
from ..queries.posts import held_or_to_come, is_last_admin, posts_of
from ..rules import posts as rules
from ..rules.posts import PostDraft


@action
def install_node_post(*, code: str, sign: str, home: str, at: datetime) -> Post:
    """The first act of a new node: the post in which the node itself acts, with no person, in a unit of the province.

    ``code`` of the province, ``sign``: which sort of unit runs the node (``CA.tinh``), ``home``: the tag of the node.
    """
    rules.node_has_no_post_yet(Post.objects.filter(role=Role.NODE).exists()).enforce()
    unit = first_unit(code=code, sign=sign, day=local_day(at), home=home)
    post = Post.objects.create(unit=unit, role=Role.NODE, title="Máy chủ", valid_from=local_day(at))
    write(by=post, what="post.appointed", at=at, post=post.pk, unit=unit.key, role=post.role)
    return post


@action
def appoint(*, by: Post, user: User, unit: Unit, role: str, title: str, first: date, at: datetime, until: date | None = None) -> Post:
    """Give a person a post in a unit for a period ``[first, until)``."""
    return appoint_one(by, PostDraft(locked(user), unit, role, title.strip(), first, until), at)


@action
def end_post(*, by: Post, post: Post, day: date, at: datetime) -> Post:
    """End a post: from ``day`` on it is no longer held. Deputisings end with it; open duties stay with the unit."""
    post, today = locked(post), local_day(at)
    rules.may_end(by, post, day, day <= today and is_last_admin([post.pk], by.unit.home, today), today).enforce()
    end(post, day, at)
    write(by=by, what="post.ended", at=at, post=post.pk, day=day)
    return post


@action
def hand_over_post(*, by: Post, post: Post, user: User, day: date, at: datetime) -> Post:
    """Pass a post to another person on a day: the old one ends, the new one begins; open duties stay with the unit."""
    post, user = locked(post), locked(user)
    draft = PostDraft(user, post.unit, post.role, post.title, day, post.valid_until)
    rules.may_hand_over(by, post, draft, posts_of(user), local_day(at)).enforce()
    made = _create(draft)
    end(post, day, at)
    write(by=by, what="post.handed_over", at=at, post=post.pk, to=made.pk, day=day)
    return made


@action
def deputise(*, by: Post, post: Post, user: User, first: date, until: date, at: datetime) -> Post:
    """Let somebody of the same unit, or of one it directs, act in a post for a time, at most 90 days."""
    post, user = locked(post), locked(user)
    draft = PostDraft(user, post.unit, post.role, post.title, first, until)
    rules.may_deputise(by, post, draft, posts_of(user), {unit.pk for unit in units_below(post.unit, first)}, local_day(at)).enforce()
    made = _create(draft, deputy_for=post)
    write(by=by, what="post.deputised", at=at, post=post.pk, deputy=made.pk, first=first, until=until)
    return made


@passes("Post.unit")
def hand_over_posts(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: each post held there on the day ends, and one with the same person, role and title begins in the heir.

    Tokens go along; posts still to come begin in the heir at once.
    """
    heirs: dict[int, Post] = {}
    own_before_deputies = Post.objects.select_for_update().filter(held_or_to_come(day), unit=old).order_by("pk")
    for post in own_before_deputies:
        if post.valid_from >= day:
            post.unit = new
            post.deputy_for = heirs.get(post.deputy_for_id or 0, post.deputy_for)
            post.save(update_fields=["unit", "deputy_for"])
            heirs[post.pk] = post
        else:
            heirs[post.pk] = _pass_on(post, new, day, heirs, at)
        write(by=by, what="post.passed_on", at=at, post=post.pk, heir=heirs[post.pk].pk, unit=new.key, day=day)
    return len(heirs)


def appoint_one(by: Post, draft: PostDraft, at: datetime) -> Post:
    return appoint_many(by, [draft], at)[0]


def appoint_many(by: Post, drafts: Sequence[PostDraft], at: datetime) -> list[Post]:
    """Give several posts, each judged also against those before it; one event each."""
    theirs: dict[int, list[Post]] = {draft.user.pk: [] for draft in drafts}
    for post in Post.objects.filter(user__in=list(theirs)):
        theirs[post.user_id or 0].append(post)
    made = []
    for draft in drafts:
        held = theirs[draft.user.pk]
        rules.may_appoint(by, draft, held, local_day(at)).enforce()
        made.append(_post(draft))
        held.append(made[-1])
    insert(made)
    write_same(
        by=by, what="post.appointed", at=at,
        each=[
            {"post": p.pk, "user": d.user.pk, "unit": d.unit.key, "role": d.role, "first": d.first, "until": d.until}
            for p, d in zip(made, drafts, strict=True)
        ],
    )  # fmt: skip
    return made


def end(post: Post, day: date, at: datetime) -> None:
    """End a post and whoever stands in for it; a machine's token does not outlive it."""
    post.valid_until = day
    post.save(update_fields=["valid_until"])
    for deputy in Post.objects.select_for_update().filter(Q(valid_until=None) | Q(valid_until__gt=day), deputy_for=post):
        deputy.valid_until = max(day, deputy.valid_from)
        deputy.save(update_fields=["valid_until"])
    if day <= local_day(at):
        ApiToken.objects.filter(post=post, revoked_at=None).update(revoked_at=at)


def _pass_on(post: Post, new: Unit, day: date, heirs: dict[int, Post], at: datetime) -> Post:
    principal = heirs.get(post.deputy_for_id or 0, post.deputy_for)
    made = Post.objects.create(user=post.user, unit=new, role=post.role, title=post.title, valid_from=day, valid_until=post.valid_until, deputy_for=principal)
    ApiToken.objects.filter(post=post, revoked_at=None, expires_at__gt=at).update(post=made)
    post.valid_until = day
    post.save(update_fields=["valid_until"])
    return made


def _create(draft: PostDraft, deputy_for: Post | None = None) -> Post:
    post = _post(draft, deputy_for)
    post.save()
    return post


def _post(draft: PostDraft, deputy_for: Post | None = None) -> Post:
    return Post(user=draft.user, unit=draft.unit, role=draft.role, title=draft.title, valid_from=draft.first, valid_until=draft.until, deputy_for=deputy_for)
