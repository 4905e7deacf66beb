"""What became of a task, step by step, from the journal: for whoever sees the task, also where it does not see the matter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from phoihop.kernel import spoken

from ...forces.models import Unit
from ...matters.models import Body, Event
from ...people.models import Post, Role
from ..models import Task, TaskState
from .queue import seen_by


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a task. ``text``: the reason or answer that was given, None if there was none; ``before`` and ``due`` of a deadline put off.

    ``by_itself``: the node did it, as a signed text lays down; no unit.
    """

    at: datetime
    what: str
    unit: Unit
    text: Body | None
    before: datetime | None = None
    due: datetime | None = None
    by_itself: bool = False


def history_of(viewer: Post, task: Task, on: date) -> list[Step]:
    """The steps of a task, oldest first. Three queries, however many steps.

    What is opened or withdrawn many at once (duties of an agreement) has one event for all, known by its matter and by the moment at which the task
    was given or ended; where it names the first and the last code, the task's lies between them.
    """
    if not seen_by(viewer, on).filter(pk=task.pk).exists():
        return []
    of_many = Q(at__in=[at for at in (task.given_at, task.closed_at) if at], body__contains='"count":')
    rows = Event.objects.filter(Q(body__contains=f'"task":"{task.code}"') | of_many, matter=task.matter_id)
    told = [(event, json.loads(event.body)) for event in rows.select_related("by__unit__force").order_by("seq")]
    events = [(event, body) for event, body in told if _is_about(task, body)]
    texts = Body.objects.in_bulk([pk for _event, body in events if (pk := _text_of(body))])
    return [_step(event, body, texts) for event, body in events]


def _step(event: Event, told: dict[str, Any], texts: dict[int, Body]) -> Step:
    by_itself = event.by.role == Role.NODE
    return Step(event.at, event.what, event.by.unit, texts.get(_text_of(told) or 0), _moment(told.get("before")), _moment(told.get("due")), by_itself)


def _is_about(task: Task, told: dict[str, Any]) -> bool:
    """Whether the event of many is about this one. What withdrew some while it opened others is about those that ended with it."""
    if "count" not in told or "first" not in told or (told.get("withdrawn") and task.state == TaskState.WITHDRAWN):
        return True
    code, first, last = (spoken.parse(str(one)) for one in (task.code, told["first"], told["last"]))
    return bool(code and first and last and first.number <= code.number <= last.number)


def _text_of(told: dict[str, object]) -> int | None:
    for name in ("reason", "answer"):
        if isinstance(kept := told.get(name), dict):
            return int(kept["text"])
    return None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
