"""What falls due, as a viewer may open it: of a cell, of a month, of an agreement, of a task; and the acts that could have met it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from phoihop.kernel.period import HOME, Period

from ...matters.models import Matter, MatterKind, Participation, PartState
from ...matters.queries.sight import seen_by
from ...people.models import Post
from ...tasks.models import Task, TaskSupport
from ...tasks.queries.queue import seen_by as tasks_seen_by
from ...territory.models import AreaClosure
from ..models import Agreement, DutyAct, Occasion, OccasionAct
from .compliance import GIVEN_UP

MOST_CANDIDATES = 30
_KINDS: dict[str, tuple[str, ...]] = {
    DutyAct.PATROL: (MatterKind.PATROL,),
    DutyAct.BRIEF: (MatterKind.BRIEFING,),
    DutyAct.PLAN: (MatterKind.PLAN, MatterKind.CONTINGENCY, MatterKind.AGREEMENT),
}
"""Which kinds of matter an act of a duty shows itself in; of the others any kind may be shown by its code."""


def may_open(viewer: Post, rows: QuerySet[Occasion], on: date) -> QuerySet[Occasion]:
    """Of these, the ones whose task the viewer sees."""
    return rows.filter(task__in=tasks_seen_by(viewer, on).values("pk"))


def seen(viewer: Post, on: date) -> QuerySet[Occasion]:
    """Everything that falls due whose task the viewer sees."""
    return may_open(viewer, Occasion.objects.all(), on).select_related("task")


def acts_seen(viewer: Post, on: date) -> QuerySet[OccasionAct]:
    """The acts that met what the viewer sees."""
    return OccasionAct.objects.filter(occasion__in=seen(viewer, on).values("pk")).select_related("occasion__task", "matter")


def shown(rows: QuerySet[Occasion]) -> QuerySet[Occasion]:
    """With all that a line shows."""
    acts = OccasionAct.objects.select_related("matter__title", "matter__lead__force").order_by("pk")
    related = rows.select_related("area", "task__lead__force", "task__giver__force", "task__what", "duty__clause__version__agreement__matter__title")
    return related.prefetch_related(Prefetch("acts", acts))


def of_task(viewer: Post, task: Task, on: date) -> Occasion | None:
    """The occasion behind a task that the viewer sees; None for a task that no agreement laid down."""
    return shown(may_open(viewer, Occasion.objects.filter(task=task), on)).first()


def of_agreement(viewer: Post, agreement: Agreement, on: date) -> QuerySet[Occasion]:
    """What falls due of an agreement, by deadline."""
    return may_open(viewer, Occasion.objects.filter(duty__clause__version__agreement=agreement), on).order_by("task__due_at", "pk")


def due_within(viewer: Post, days: Period) -> QuerySet[Occasion]:
    """What my unit leads or helps with, due within these days, by deadline: for a calendar. What was withdrawn is not shown."""
    first, until = (datetime.combine(day, time(), HOME) for day in (days.first, days.until))
    helped = TaskSupport.objects.filter(unit=viewer.unit_id).values("task")
    tasks = Task.objects.filter(due_at__gte=first, due_at__lt=until).filter(Q(lead=viewer.unit_id) | Q(pk__in=helped)).exclude(state__in=GIVEN_UP)
    return Occasion.objects.filter(task__in=tasks.values("pk")).order_by("task__due_at", "pk")


def titled(viewer: Post, acts: Sequence[OccasionAct], on: date) -> set[int]:
    """Of these acts the matters whose title the viewer sees; of the others it sees who leads them, as of any."""
    return set(seen_by(viewer, on).filter(pk__in=[act.matter_id for act in acts]).values_list("pk", flat=True)) if acts else set()


def candidates(viewer: Post, occasion: Occasion, on: date) -> QuerySet[Matter]:
    """Acts that my unit led or took part in, in that area and period, of a kind that could have met the duty; the latest first."""
    kinds = _KINDS.get(occasion.duty.act)
    first, until = (datetime.combine(day, time(), HOME) for day in (occasion.first, occasion.until))
    inside = AreaClosure.objects.filter(ancestor=occasion.area_id, area=OuterRef("area"), valid_from__lte=on, valid_until__gt=on)
    own = Participation.objects.filter(matter=OuterRef("pk"), unit=viewer.unit_id, state=PartState.ACCEPTED)
    then = Q(opened_at__lt=until) & (Q(closed_at=None) | Q(closed_at__gte=first))
    rows = seen_by(viewer, on).filter(Q(lead=viewer.unit_id) | Q(Exists(own)), Exists(inside), then).exclude(kind=MatterKind.TASK)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    linked = OccasionAct.objects.filter(occasion=occasion).values("matter")
    return (
        rows.exclude(pk__in=linked)
        .exclude(pk=occasion.task.matter_id)
        .select_related("title", "lead__force", "area")
        .order_by("-opened_at", "-pk")[:MOST_CANDIDATES]
    )
