"""My unit's tasks in one order, by deadline; and what a post may see of tasks at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerChoices, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Attachment, Matter
from ...matters.queries.requests import matter_named
from ...matters.queries.sight import sighted, with_sight
from ...matters.rules import OPENS, Facet
from ...people.models import Post
from ...people.rules import allowed
from ..models import Consent, ExtensionState, SupportState, Task, TaskExtension, TaskSource, TaskState, TaskSupport
from ..rules import WAITS_ON_LEAD


def seen_by(post: Post, on: date) -> QuerySet[Task]:
    """Tasks that my unit gave, leads, supports or must consent to, and those on matters whose tasks it sees."""
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    matters = with_sight(post, on).filter(sight__gte=_least_of_matter()).values("pk")
    return _read(Task.objects.filter(Q(lead=post.unit_id) | Q(giver=post.unit_id) | supported_by(post) | consents_by(post) | Q(matter__in=matters)))


def supported_by(post: Post) -> Q:
    """The condition that my unit was asked to help with a task."""
    return Q(Exists(TaskSupport.objects.filter(task=OuterRef("pk"), unit=post.unit_id)))


def consents_by(post: Post) -> Q:
    """The condition that it takes my unit's consent."""
    return Q(Exists(Consent.objects.filter(mobilisation__task=OuterRef("pk"), unit=post.unit_id)))


def supports_seen(post: Post, on: date) -> QuerySet[TaskSupport]:
    """Who helps with the tasks that a post sees."""
    return TaskSupport.objects.filter(task__in=seen_by(post, on).values("pk")).select_related("task__matter", "unit")


def extensions_seen(post: Post, on: date) -> QuerySet[TaskExtension]:
    """More time that was asked for, on tasks that the post sees."""
    return TaskExtension.objects.filter(task__in=seen_by(post, on).values("pk")).select_related("task")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a unit learns of a task that it does not see: who leads it, and the matter whose lead may let it in."""

    lead: Unit
    matter: Matter


def behind(post: Post, code: str, on: date) -> Behind | None:
    """Who leads the task with this code, and what it hangs on; None if there is none here, or the post may see no matters."""
    task = Task.objects.filter(code=code).select_related("lead__force").only("lead", "matter__code").select_related("matter").first()
    matter = None if task is None else matter_named(post, task.matter.code, on)
    return None if task is None or matter is None else Behind(task.lead, matter)


def own(post: Post, on: date) -> QuerySet[Task]:
    """Tasks that my unit leads, gave or helps with. Each of the three is found by its own index, however many tasks others have."""
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    helped = TaskSupport.objects.filter(unit=post.unit_id).values("task")
    mine = Task.objects.filter(lead=post.unit_id).values("pk").union(Task.objects.filter(giver=post.unit_id).values("pk"), helped)
    return _read(Task.objects.filter(pk__in=mine))


def waiting_for(post: Post, on: date) -> QuerySet[Task]:
    """What waits for my unit, by deadline: tasks to accept or do, help or consent to give, answers to close, more time to grant; and what it gave
    to others that is so late that it is raised.

    Nothing that is to be done only from a later day. An answer to what an agreement lays down waits for nobody: it rests on an act or a file
    that all parties see, and none of them is set over the others to judge it; whoever gave it still may send it back.
    """
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    return _read(Task.objects.filter(pk__in=_waiting(post, on))).order_by("due_at", "pk")


class Place(IntegerChoices):
    """Where a task stands in the queue of a unit."""

    MINE = 0, _("Chờ đơn vị tôi")
    OTHERS = 1, _("Chờ đơn vị khác")
    LATER = 2, _("Chưa đến ngày làm")
    DONE = 3, _("Đã xong, đã thôi")


def with_place(tasks: QuerySet[Task], post: Post, on: date) -> QuerySet[Any]:
    """With ``place``, where each stands for the post's unit: what waits for it (as :func:`waiting_for` has it), for others, for its day, for nobody;
    and of what waits for nobody ``done_due``, its deadline.
    """
    helps = Exists(TaskSupport.objects.filter(task=OuterRef("pk"), unit=post.unit_id, state=SupportState.ASKED))
    done = Q(closed_at__isnull=False) | Q(~helps, state=TaskState.ANSWERED, source=TaskSource.AGREEMENT)
    return tasks.annotate(
        done_due=Case(When(done, then=F("due_at"))),
        place=Case(
            When(done, then=Place.DONE),
            When(pk__in=_waiting(post, on), then=Place.MINE),
            When(not_before__gt=on, then=Place.LATER),
            default=Place.OTHERS,
            output_field=IntegerField(),
        ),
    )


def _waiting(post: Post, on: date) -> QuerySet[Task, Any]:
    """The keys of what waits for a unit, each reason by its own index."""
    gave = Task.objects.filter(giver=post.unit_id)
    parts = (
        Task.objects.filter(Q(not_before=None) | Q(not_before__lte=on), lead=post.unit_id, state__in=WAITS_ON_LEAD),
        gave.filter(state=TaskState.ANSWERED).exclude(source=TaskSource.AGREEMENT),
        gave.filter(state__in=WAITS_ON_LEAD, pk__in=TaskExtension.objects.filter(state=ExtensionState.ASKED).values("task")),
        gave.filter(state__in=WAITS_ON_LEAD, raised_on__lte=on).exclude(lead=post.unit_id),
        Task.objects.filter(pk__in=TaskSupport.objects.filter(unit=post.unit_id, state=SupportState.ASKED).values("task"), closed_at=None),
        Task.objects.filter(pk__in=Consent.objects.filter(unit=post.unit_id, agrees=None).values("mobilisation__task"), state=TaskState.ASKED),
    )
    first, *rest = (part.values("pk") for part in parts)
    return first.union(*rest)


def worded(post: Post, bodies: Any, matters: Any, on: date) -> QuerySet[Task]:
    """Of the tasks that have one of these wordings (``bodies``, ``matters``: subqueries of the search, what was found and on what it hangs) those
    that the post sees: the same as :func:`seen_by`, each part by its own index, and the sight of a matter asked once for all its tasks."""
    if not allowed(post, "matter.view", on):
        return Task.objects.none()
    open_here = sighted(Matter.objects.filter(pk__in=matters), post, on).filter(sight__gte=_least_of_matter())
    parts = (
        Task.objects.filter(lead=post.unit_id),
        Task.objects.filter(giver=post.unit_id),
        Task.objects.filter(pk__in=TaskSupport.objects.filter(unit=post.unit_id).values("task")),
        Task.objects.filter(pk__in=Consent.objects.filter(unit=post.unit_id).values("mobilisation__task")),
        Task.objects.filter(matter__in=open_here.values("pk")),
    )
    first, *rest = (part.values("pk") for part in parts)
    return _read(having(Task.objects.filter(pk__in=first.union(*rest)), bodies))


def having(tasks: QuerySet[Task], bodies: Any) -> QuerySet[Task]:
    """Those that have one of these wordings (``bodies``: a subquery of the search).

    The sum keeps the database from beginning with the wordings: of a common word it would walk through every task that anybody has.
    """
    return tasks.alias(wording=F("what") + 0).filter(wording__in=bodies)


def overdue(tasks: QuerySet[Task], now: datetime) -> QuerySet[Task]:
    """``rules.is_overdue`` as a filter: what has not ended and is not answered waits for its lead.

    Not said by its two states: before 3.42 SQLite, once it has looked at a table, passes over the end of a range that stands behind a list in one
    index (``task_queue``), and what is not due yet would come along.
    """
    return tasks.filter(closed_at=None, due_at__lt=now).exclude(state=TaskState.ANSWERED)


def late_of(viewer: Post, now: datetime) -> tuple[QuerySet[Task], QuerySet[Task]]:
    """Overdue tasks that my unit has, and those that it gave to others: both sides see what is late."""
    late = overdue(Task.objects.all(), now)
    return late.filter(lead=viewer.unit_id), late.filter(giver=viewer.unit_id).exclude(lead=viewer.unit_id)


def of_matter(post: Post, matter: Matter, on: date) -> QuerySet[Task]:
    """The tasks of a matter, open ones first."""
    return seen_by(post, on).filter(matter=matter).order_by(F("closed_at").asc(nulls_first=True), "due_at", "pk")


def evidence_of(post: Post, task: Task, on: date) -> QuerySet[Attachment]:
    """The files that show what was done, for whoever sees the task; without their content."""
    if not seen_by(post, on).filter(pk=task.pk).exists():
        return Attachment.objects.none()
    shown = task.evidence.values("attachment")
    return Attachment.objects.filter(pk__in=shown).select_related("unit__force", "name").defer("content", "salt").order_by("at", "pk")


def _least_of_matter() -> int:
    """How much one must see of a matter to see its tasks."""
    return int(min(seen for seen, facets in OPENS.items() if Facet.TASKS in facets))


def _read(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("what", "lead__force", "giver__force", "area", "matter")
