"""What became of a task, step by step, from the journal: for whoever sees the task, also where it does not see the matter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from ...forces.models import Unit
from ...matters.models import Body, Event
from ...people.models import Post
from ..models import Task
from .queue import seen_by


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a task. ``text``: the reason or answer that was given, None if there was none; ``before`` and ``due`` of a deadline put off."""

    at: datetime
    what: str
    unit: Unit
    text: Body | None
    before: datetime | None = None
    due: datetime | None = None


def history_of(viewer: Post, task: Task, on: date) -> list[Step]:
    """The steps of a task, oldest first. Three queries, however many steps."""
    if not seen_by(viewer, on).filter(pk=task.pk).exists():
        return []
    rows = Event.objects.filter(matter=task.matter_id, what__startswith="task.", body__contains=f'"task":"{task.code}"')
    events = [(event, json.loads(event.body)) for event in rows.select_related("by__unit__force").order_by("seq")]
    texts = Body.objects.in_bulk([pk for _event, told in events if (pk := _text_of(told))])
    return [Step(e.at, e.what, e.by.unit, texts.get(_text_of(told) or 0), _moment(told.get("before")), _moment(told.get("due"))) for e, told in events]


def _text_of(told: dict[str, object]) -> int | None:
    for name in ("reason", "answer"):
        if isinstance(kept := told.get(name), dict):
            return int(kept["text"])
    return None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
