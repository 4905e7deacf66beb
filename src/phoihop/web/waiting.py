"""What waits for the reader's unit, read once for a whole page: the board shows it, the badges of the rail count it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from phoihop.domain.activities.queries.waiting import Waiting, waiting
from phoihop.domain.activities.rules import Grace
from phoihop.domain.activities.rules.waiting import Waits
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from .shell import Badge, badges

TASKS = frozenset({Waits.TASK_ASKED, Waits.TASK_OPEN, Waits.TASK_ANSWERED, Waits.TASK_HELP, Waits.TASK_EXTENSION})
_KEPT = "_waiting"


def waiting_of(post: Post, now: datetime) -> list[Waiting]:
    """What waits for the unit of an acting post. A request has a post of its own, so what is kept on it lives as long as the page."""
    if _KEPT not in post.__dict__:
        grace = Grace(timedelta(minutes=settings.LATE_MINUTES), timedelta(minutes=settings.RESULT_MINUTES))
        post.__dict__[_KEPT] = waiting(post, now, grace, local_day(now))
    kept: list[Waiting] = post.__dict__[_KEPT]
    return kept


@badges
def _count(post: Post, now: datetime) -> Mapping[str, Badge]:
    found = waiting_of(post, now)
    tasks = [one for one in found if one.waits in TASKS]
    patrols = [one for one in found if one.waits not in TASKS]
    return {"/tuan-tra/": _badge(patrols, now), "/nhiem-vu/": _badge(tasks, now)}


def _badge(found: Sequence[Waiting], now: datetime) -> Badge:
    return Badge(len(found), sum(one.over(now) for one in found))
