"""What waits for the reader's unit: the board shows it, the badges of the rail count it on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from phoihop.domain.activities.queries.waiting import Deadline, Waiting, deadlines, waiting
from phoihop.domain.activities.rules import Grace
from phoihop.domain.activities.rules.waiting import Waits
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from .shell import Badge, badges

TASKS = frozenset({Waits.TASK_ASKED, Waits.TASK_OPEN, Waits.TASK_ANSWERED, Waits.TASK_HELP, Waits.TASK_EXTENSION})
AGREEMENTS = frozenset({Waits.OPINION, Waits.SIGNATURE, Waits.WISH, Waits.PREPARE, Waits.TEAM, Waits.SHIFT})
_KEPT = "_waiting"


def waiting_of(post: Post, now: datetime) -> list[Waiting]:
    """What waits for the unit of an acting post. A request has a post of its own, so what is kept on it lives as long as the page."""
    if _KEPT not in post.__dict__:
        post.__dict__[_KEPT] = waiting(post, now, _grace(), local_day(now))
    kept: list[Waiting] = post.__dict__[_KEPT]
    return kept


def _grace() -> Grace:
    return Grace(timedelta(minutes=settings.LATE_MINUTES), timedelta(minutes=settings.RESULT_MINUTES))


@badges
def _count(post: Post, now: datetime) -> Mapping[str, Badge]:
    """On a page that shows what waits, of that; on every other it is only counted."""
    found: Sequence[Waiting | Deadline] = waiting_of(post, now) if _KEPT in post.__dict__ else deadlines(post, now, _grace(), local_day(now))
    tasks = [one for one in found if one.waits in TASKS]
    texts = [one for one in found if one.waits in AGREEMENTS]
    patrols = [one for one in found if one.waits not in TASKS | AGREEMENTS]
    return {"/tuan-tra/": _badge(patrols, now), "/nhiem-vu/": _badge(tasks, now), "/ke-hoach/": _badge(texts, now)}


def _badge(found: Sequence[Waiting | Deadline], now: datetime) -> Badge:
    return Badge(len(found), sum(one.over(now) for one in found))
