"""Showing which act met a duty that fell due. Nothing else makes it done: the clock only says overdue."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.models import Matter
from ...matters.queries.sight import sight_of
from ...people.models import Post
from ...tasks.models import Task, TaskState
from ..models import Occasion, OccasionAct
from ..rules import duties as rules


@action
def link_act(*, by: Post, occasion: Occasion, matter: Matter, at: datetime) -> OccasionAct:
    """The lead shows the act that met the duty. The first answers the task; where the lead gave it to itself by its own signature, it is closed."""
    o, on = locked(occasion), local_day(at)
    task = locked(o.task)
    part = matter.parts.filter(unit=by.unit_id).values_list("state", flat=True).first()
    linked = o.acts.filter(matter=matter).exists()
    rules.may_link(by, o, matter, sight_of(by, matter, on), part, linked, on).enforce()
    act = OccasionAct.objects.create(occasion=o, matter=matter, linked_at=at)
    if task.state == TaskState.OPEN:
        own = task.giver_id == task.lead_id
        task.state, task.answered_at = TaskState.CLOSED if own else TaskState.ANSWERED, at
        task.closed_at = at if own else None
        task.save(update_fields=["state", "answered_at", "closed_at"])
    write(by=by, what="duty.met", at=at, matter=task.matter, task=task.code, act=matter.code, day=o.first)
    return act


@action
def unlink_act(*, by: Post, act: OccasionAct, at: datetime) -> Task:
    """The wrong act was shown: it is taken away. With none left and nothing said, the task is open again under its old deadline."""
    task = locked(act.occasion.task)
    rules.may_unlink(by, task, local_day(at)).enforce()
    shown = act.matter.code
    act.delete()
    if not OccasionAct.objects.filter(occasion=act.occasion_id).exists() and task.answer_id is None and task.state in (TaskState.ANSWERED, TaskState.CLOSED):
        task.state, task.answered_at, task.closed_at = TaskState.OPEN, None, None
        task.save(update_fields=["state", "answered_at", "closed_at"])
    write(by=by, what="duty.unmet", at=at, matter=task.matter, task=task.code, act=shown)
    return task
