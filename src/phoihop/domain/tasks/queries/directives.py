"""The book of incoming directives. The viewer comes first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from ...forces.models import Unit
from ...matters.queries.sight import with_sight
from ...matters.rules import OPENS, Facet
from ...people.models import Post
from ..models import IncomingDirective, Task, TaskState
from ..rules import WAITS_ON_LEAD, DirectiveDraft

_GIVEN_UP = (TaskState.DECLINED, TaskState.WITHDRAWN)


def directives_seen(viewer: Post, on: date) -> QuerySet[IncomingDirective]:
    """Those of the own unit, and of units whose tasks the viewer sees."""
    least = min(seen for seen, facets in OPENS.items() if Facet.TASKS in facets)
    matters = with_sight(viewer, on).filter(sight__gte=int(least)).values("pk")
    return IncomingDirective.objects.filter(matter__in=matters).select_related("matter__title", "matter__lead__force", "text")


def with_progress(rows: QuerySet[IncomingDirective], now: datetime) -> QuerySet[Any]:
    """Each with how many tasks it has (``tasks``), how many are done (``done``) and overdue (``late``); given up ones are left out."""
    standing = ~Q(matter__tasks__state__in=_GIVEN_UP)
    return rows.annotate(
        tasks=Count("matter__tasks", filter=standing),
        done=Count("matter__tasks", filter=Q(matter__tasks__state=TaskState.CLOSED)),
        late=Count("matter__tasks", filter=Q(matter__tasks__state__in=WAITS_ON_LEAD, matter__tasks__due_at__lt=now)),
    )


def is_there(unit: Unit, draft: DirectiveDraft) -> bool:
    """Whether the unit has written this document down already: same number, same issuer, same year."""
    same = IncomingDirective.objects.filter(folded=draft.folded, issued_on__year=draft.issued_on.year)
    return same.filter(matter__lead=unit).exists()


def open_tasks(directive: IncomingDirective) -> int:
    """How many of its tasks have not ended. Read by the action that ends it."""
    return Task.objects.filter(matter=directive.matter_id, closed_at=None).count()
