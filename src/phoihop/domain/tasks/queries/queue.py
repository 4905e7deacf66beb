"""My unit's tasks in one order, by deadline; and what a post may see of tasks at all."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ...matters.models import Attachment, Matter
from ...matters.queries.sight import with_sight
from ...matters.rules import OPENS, Facet
from ...people.models import Post
from ...people.rules import allowed
from ..models import SupportState, Task, TaskState, TaskSupport
from ..rules import WAITS_ON_LEAD


def seen_by(post: Post, on: date) -> QuerySet[Task]:
    """Tasks that my unit gave, leads or supports, and those on matters whose tasks it sees."""
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    supports = TaskSupport.objects.filter(task=OuterRef("pk"), unit=post.unit_id)
    least = min(seen for seen, facets in OPENS.items() if Facet.TASKS in facets)
    matters = with_sight(post, on).filter(sight__gte=int(least)).values("pk")
    return _read(Task.objects.filter(Q(lead=post.unit_id) | Q(giver=post.unit_id) | Exists(supports) | Q(matter__in=matters)))


def waiting_for(post: Post, on: date) -> QuerySet[Task]:
    """What waits for my unit, by deadline: tasks to accept or do, help to promise, answers to close."""
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    to_do = Q(lead=post.unit_id, state__in=WAITS_ON_LEAD)
    to_close = Q(giver=post.unit_id, state=TaskState.ANSWERED)
    asked = TaskSupport.objects.filter(task=OuterRef("pk"), unit=post.unit_id, state=SupportState.ASKED)
    to_help = Q(Exists(asked), closed_at=None)
    return _read(Task.objects.filter(to_do | to_close | to_help)).order_by("due_at", "pk")


def overdue(tasks: QuerySet[Task], now: datetime) -> QuerySet[Task]:
    """``rules.is_overdue`` as a filter."""
    return tasks.filter(state__in=WAITS_ON_LEAD, due_at__lt=now)


def of_matter(post: Post, matter: Matter, on: date) -> QuerySet[Task]:
    """The tasks of a matter, open ones first."""
    return seen_by(post, on).filter(matter=matter).order_by(F("closed_at").asc(nulls_first=True), "due_at", "pk")


def evidence_of(post: Post, task: Task, on: date) -> QuerySet[Attachment]:
    """The files that show what was done, for whoever sees the task; without their content."""
    if not seen_by(post, on).filter(pk=task.pk).exists():
        return Attachment.objects.none()
    shown = task.evidence.values("attachment")
    return Attachment.objects.filter(pk__in=shown).select_related("unit__force", "name").defer("content", "salt").order_by("at", "pk")


def _read(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("what", "lead__force", "giver__force", "matter__area")
