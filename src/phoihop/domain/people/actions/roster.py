"""Accounts and posts in bulk, from a list that has been looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day

from ..models import Post, User
from ..queries.roster import preview
from ..rules import accounts as account_rules
from ..rules import roster as rules
from ..rules.posts import PostDraft
from ..rules.roster import Line, Settled
from .accounts import open_many
from .posts import appoint_many


@dataclass(frozen=True, slots=True)
class Entered:
    """A line that was entered: the post, and the one-time code if the account is new."""

    user: User
    post: Post
    code: str


@action
def enter_roster(*, by: Post, lines: Sequence[Line], at: datetime) -> list[Entered]:
    """Open the accounts and give the posts of up to 100 lines: all, or with one doubtful cell none.

    An account that exists is used, a post that exists is left alone; one event for each account and each post.
    Raises Refused naming the cell (``lines.3.unit``), and when there is nothing to do.
    """
    today = local_day(at)
    account_rules.may_open(by, today).enforce()
    rules.fits_at_once(len(lines)).enforce()
    settled = preview(by, lines, today)
    for n, one in enumerate(settled):
        for name, verdict in one.doubts.items():
            verdict.at(f"lines.{n}.{name}").enforce()
    new = [one for one in settled if not one.there]
    rules.brings_something(len(new)).enforce()
    first_lines = {one.username: one for one in reversed(new) if one.user is None}
    opened = open_many(by, {name: first_lines[name].full_name for name in reversed(first_lines)}, at)
    drafts = [_draft(one, one.user or opened[one.username].user) for one in new]
    return [
        Entered(draft.user, post, opened[one.username].code if first_lines.get(one.username) is one else "")
        for one, draft, post in zip(new, drafts, appoint_many(by, drafts, at), strict=True)
    ]


def _draft(one: Settled, user: User) -> PostDraft:
    assert one.unit is not None
    assert one.first is not None
    return PostDraft(user, one.unit, one.role, one.title, one.first)
