"""My unit's tasks in one order, by deadline; and what a post may see of tasks at all."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ...matters.models import Matter
from ...matters.queries.sight import with_sight
from ...matters.rules import Sight
from ...people.models import Post
from ...people.rules import may
from ..models import Task, TaskState, TaskSupport
from ..rules import WAITS_ON_LEAD


def seen_by(post: Post, on: date) -> QuerySet[Task]:
    """Tasks that my unit gave, leads or supports, and those on matters that it sees whole or as the lead's superior."""
    if not may(post, "matter.view"):
        return Task.objects.none()
    supports = TaskSupport.objects.filter(task=OuterRef("pk"), unit=post.unit_id)
    matters = with_sight(post, on).filter(sight__gte=int(Sight.SHARED)).values("pk")
    seen = Task.objects.filter(Q(lead=post.unit_id) | Q(giver=post.unit_id) | Exists(supports) | Q(matter__in=matters))
    return seen.select_related("what", "lead__force", "giver__force", "matter__area")


def waiting_for(post: Post) -> QuerySet[Task]:
    """What waits for my unit, by deadline: tasks to accept or do, and answers to close."""
    if not may(post, "matter.view"):
        return Task.objects.none()
    to_do = Q(lead=post.unit_id, state__in=WAITS_ON_LEAD)
    to_close = Q(giver=post.unit_id, state=TaskState.ANSWERED)
    return Task.objects.filter(to_do | to_close).select_related("what", "lead__force", "giver__force", "matter__area").order_by("due_at", "pk")


def overdue(tasks: QuerySet[Task], now: datetime) -> QuerySet[Task]:
    return tasks.filter(state__in=WAITS_ON_LEAD, due_at__lt=now)


def of_matter(post: Post, matter: Matter, on: date) -> QuerySet[Task]:
    """The tasks of a matter, open ones first."""
    return seen_by(post, on).filter(matter=matter).order_by("closed_at", "due_at")
