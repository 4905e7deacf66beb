"""Tasks as of a day, from their dates: what was given, due, done in time, overdue. For figures, which are public; no viewer is asked for.

An exercise counts nowhere. A task lies in the area for which it was given, as that stood on the day of giving.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import F, Q, QuerySet

from phoihop.kernel.period import HOME, Period

from ..models import Task, TaskSource, TaskState

_GIVEN_UP = (TaskState.DECLINED, TaskState.WITHDRAWN)


def known(area: int, days: Period) -> QuerySet[Task]:
    """Every task that the area had by the end of the period: with none, nothing can be said of its tasks."""
    return _in(area).filter(given_at__lt=_start(days.until))


def given(area: int, days: Period) -> QuerySet[Task]:
    """Given or requested in the period, and not declined or taken back before its end."""
    return _standing(_in(area).filter(given_at__gte=_start(days.first), given_at__lt=_start(days.until)), days)


def led_and_dated(area: int, days: Period) -> QuerySet[Task]:
    """Of those, the ones with one lead and a deadline (NĐ 30/2020, Art. 24.2)."""
    return given(area, days).filter(lead__isnull=False, due_at__isnull=False)


def due(area: int, days: Period) -> QuerySet[Task]:
    """Due in the period, and not declined or taken back before its end."""
    return _standing(_in(area).filter(due_at__gte=_start(days.first), due_at__lt=_start(days.until)), days)


def done_on_time(area: int, days: Period) -> QuerySet[Task]:
    """Due in the period and answered by then, the answer not sent back."""
    return due(area, days).filter(answered_at__lte=F("due_at"), state__in=(TaskState.ANSWERED, TaskState.CLOSED))


def overdue(area: int, days: Period) -> QuerySet[Task]:
    """At the end of the period past the deadline, without an answer and not ended."""
    end = _start(days.until)
    open_then = (Q(closed_at=None) | Q(closed_at__gte=end)) & (Q(answered_at=None) | Q(answered_at__gte=end))
    return known(area, days).filter(open_then, due_at__lt=end)


def patrol_fixed(area: int, days: Period) -> QuerySet[Task]:
    """What patrols found and was closed as done in the period."""
    found = _in(area).filter(source=TaskSource.PATROL, state=TaskState.CLOSED)
    return found.filter(closed_at__gte=_start(days.first), closed_at__lt=_start(days.until))


def _in(area: int) -> QuerySet[Task]:
    """By the area's own tasks: the closure is asked for those below, and each for its tasks, however many there are elsewhere."""
    given = F("given_at__date")
    below = Q(area__above__ancestor=area, area__above__valid_from__lte=given, area__above__valid_until__gt=given)
    return Task.objects.filter(below, matter__exercise=False)


def _standing(tasks: QuerySet[Task], days: Period) -> QuerySet[Task]:
    return tasks.exclude(state__in=_GIVEN_UP, closed_at__lt=_start(days.until))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), HOME)
