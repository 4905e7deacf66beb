"""Giving, accepting, answering and closing tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import passes
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import of_row
from phoihop.kernel.workdays import known_days

from ...forces.models import Unit
from ...forces.queries import may_assign
from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...matters.actions.opening import Opening, mint, open_matters
from ...matters.actions.texts import keep
from ...matters.models import Attachment, Body, Matter, MatterKind, Purpose
from ...matters.queries.sight import sight_of
from ...matters.rules import Sight
from ...people.models import Post
from .. import rules
from ..models import Consent, ExtensionState, Mode, SupportState, Task, TaskEvidence, TaskExtension, TaskState, TaskSupport
from ..queries.consents import consents_of
from ..queries.modes import mode_between
from ..rules import TaskDraft
from .mobilising import ask_consents

_EVENTS = {Mode.ASSIGNED: "task.given", Mode.REQUESTED: "task.requested", Mode.PROPOSED: "task.proposed"}


@action
def give(*, by: Post, draft: TaskDraft, at: datetime) -> Task:
    """Give a task: assigned along directs and guides (open at once), requested between equals, proposed upwards (both wait for their word).

    Without a matter it is one of its own, under the same code, which lies where its lead is and ends with it.
    """
    return _give(by, draft, at)


@action
def give_many(*, by: Post, drafts: Sequence[TaskDraft], at: datetime) -> list[Task]:
    """What one directive asks for, as tasks of several leads: all of them or, if one is refused, none. One event each."""
    rules.fits_many(drafts).enforce()
    return [_give(by, draft, at, n, len(drafts)) for n, draft in enumerate(drafts)]


def _give(by: Post, draft: TaskDraft, at: datetime, n: int = 0, count: int = 1) -> Task:
    on = local_day(at)
    seen = Sight.WHOLE if draft.matter is None else sight_of(by, draft.matter, on)
    of_row(rules.may_give(by, draft, seen, at, on), "drafts", n, count).enforce()
    matter, code = _matter_and_code(by, draft, at)
    mode = mode_between(by.unit, draft.lead, on)
    what = keep(draft.what, Purpose.NOTE, at)
    assert what is not None
    task = Task.objects.create(
        matter=matter,
        code=code,
        giver=by.unit,
        lead=draft.lead,
        area=matter.area,
        mode=mode,
        state=TaskState.OPEN if mode == Mode.ASSIGNED and draft.militia is None else TaskState.ASKED,
        source=draft.source,
        what=what,
        given_at=at,
        due_at=draft.due_at,
        grace_workdays=draft.grace_workdays,
        raised_on=_raised(draft.due_at, draft.grace_workdays),
    )
    asked = {} if draft.militia is None else ask_consents(task, draft.militia, on, at)
    insert([_support(task, by, unit, on, at) for unit in draft.supports])
    write(
        by=by,
        what=_EVENTS[mode],
        at=at,
        matter=matter,
        task=task.code,
        lead=draft.lead.key,
        supports=[u.key for u in draft.supports],
        due=draft.due_at,
        source=draft.source,
        texts={"what": task.what},
        **asked,
    )
    return task


@action
def answer_request(*, by: Post, task: Task, accepts: bool, at: datetime, reason: str = "") -> Task:
    """Accept a requested task, or decline it with a reason. One that asks for militia is accepted only with both consents."""
    task = locked(task)
    rules.may_answer_request(by, task, accepts, reason, local_day(at)).enforce()
    if accepts:
        rules.binds(consents_of(task)).enforce()
    task.state = TaskState.OPEN if accepts else TaskState.DECLINED
    task.closed_at = None if accepts else at
    task.answer = None if accepts else keep(reason, Purpose.REASON, at)
    task.save(update_fields=["state", "closed_at", "answer"])
    _end_own_matter(task)
    write(by=by, what="task.accepted" if accepts else "task.declined", at=at, matter=task.matter, task=task.code, texts={"reason": task.answer})
    return task


@action
def answer_support(*, by: Post, support: TaskSupport, accepts: bool, at: datetime, reason: str = "") -> TaskSupport:
    """A unit that was asked to help accepts, or declines with a reason."""
    support = locked(support)
    rules.may_answer_support(by, support, accepts, reason, local_day(at)).enforce()
    support.state, support.answered_at = SupportState.ACCEPTED if accepts else SupportState.DECLINED, at
    support.reason = None if accepts else keep(reason, Purpose.REASON, at)
    support.save(update_fields=["state", "answered_at", "reason"])
    what = "task.support_accepted" if accepts else "task.support_declined"
    write(by=by, what=what, at=at, matter=support.task.matter, task=support.task.code, unit=by.unit.key, texts={"reason": support.reason})
    return support


@action
def answer(*, by: Post, task: Task, answer: str, at: datetime, evidence: Sequence[Attachment] = (), uploads: Sequence[Upload] = ()) -> Task:
    """Say what was done, with files of the same matter as evidence, or new ones. The giver then closes or returns it."""
    task = locked(task)
    rules.may_answer(by, task, answer, [f.matter_id for f in evidence], local_day(at)).enforce()
    task.state, task.answered_at, task.answer = TaskState.ANSWERED, at, keep(answer, Purpose.ANSWER, at)
    task.save(update_fields=["state", "answered_at", "answer"])
    sent = [keep_file(upload, unit=by.unit, at=at, matter=task.matter) for upload in uploads]
    shown = set(task.evidence.values_list("attachment", flat=True))
    fresh = {f.pk: f for f in [*evidence, *sent] if f.pk not in shown}
    insert([TaskEvidence(task=task, attachment=f) for f in fresh.values()])
    write(by=by, what="task.answered", at=at, matter=task.matter, task=task.code, evidence=sorted(fresh), texts={"answer": task.answer, **_named(sent)})
    return task


@action
def close(*, by: Post, task: Task, at: datetime) -> Task:
    """The giver says that the task is done."""
    task = locked(task)
    rules.may_close(by, task, local_day(at)).enforce()
    task.answered_at = task.answered_at or at
    task.state, task.closed_at = TaskState.CLOSED, at
    task.save(update_fields=["state", "closed_at", "answered_at"])
    _end_own_matter(task)
    write(by=by, what="task.closed", at=at, matter=task.matter, task=task.code)
    return task


@action
def send_back(*, by: Post, task: Task, reason: str, at: datetime) -> Task:
    """The giver is not satisfied yet, and says why; the task is open again under its old deadline."""
    task = locked(task)
    rules.may_return(by, task, reason, local_day(at)).enforce()
    task.state, task.answered_at = TaskState.OPEN, None
    task.save(update_fields=["state", "answered_at"])
    write(by=by, what="task.returned", at=at, matter=task.matter, task=task.code, texts={"reason": keep(reason, Purpose.REASON, at)})
    return task


@action
def withdraw(*, by: Post, task: Task, reason: str, at: datetime) -> Task:
    """The giver takes the task back, and says why."""
    task = locked(task)
    rules.may_withdraw(by, task, reason, local_day(at)).enforce()
    task.state, task.closed_at = TaskState.WITHDRAWN, at
    task.save(update_fields=["state", "closed_at"])
    _end_own_matter(task)
    write(by=by, what="task.withdrawn", at=at, matter=task.matter, task=task.code, texts={"reason": keep(reason, Purpose.REASON, at)})
    return task


@action
def extend(*, by: Post, task: Task, due_at: datetime, reason: str, at: datetime) -> Task:
    """The giver puts the deadline off, and says why; the old one stays in the journal."""
    task = locked(task)
    rules.may_extend(by, task, due_at, reason, at, local_day(at)).enforce()
    before = task.due_at
    _put_off(task, due_at)
    task.extensions.filter(state=ExtensionState.ASKED).update(state=ExtensionState.GRANTED, answered_at=at)
    why = keep(reason, Purpose.REASON, at)
    write(by=by, what="task.extended", at=at, matter=task.matter, task=task.code, before=before, due=due_at, texts={"reason": why})
    return task


@action
def ask_extension(*, by: Post, task: Task, due_at: datetime, reason: str, at: datetime) -> TaskExtension:
    """The lead asks for more time, and says why. The deadline stays until the giver grants it."""
    task = locked(task)
    asked = task.extensions.filter(state=ExtensionState.ASKED).exists()
    rules.may_ask_extension(by, task, due_at, reason, asked, at, local_day(at)).enforce()
    why = keep(reason, Purpose.REASON, at)
    assert why is not None
    extension = TaskExtension.objects.create(task=task, asked_at=at, due_at=due_at, reason=why)
    write(by=by, what="task.extension_asked", at=at, matter=task.matter, task=task.code, due=due_at, texts={"reason": why})
    return extension


@action
def answer_extension(*, by: Post, extension: TaskExtension, grants: bool, at: datetime, reason: str = "") -> TaskExtension:
    """The giver grants the time that was asked for, or refuses with a reason."""
    extension = locked(extension)
    task = locked(extension.task)
    rules.may_answer_extension(by, extension, grants, reason, at, local_day(at)).enforce()
    extension.state, extension.answered_at = ExtensionState.GRANTED if grants else ExtensionState.REFUSED, at
    extension.answer = None if grants else keep(reason, Purpose.REASON, at)
    extension.save(update_fields=["state", "answered_at", "answer"])
    before = task.due_at
    if grants:
        _put_off(task, extension.due_at)
    dates = {"before": before, "due": extension.due_at} if grants else {}
    what = "task.extension_granted" if grants else "task.extension_refused"
    write(by=by, what=what, at=at, matter=task.matter, task=task.code, texts={"reason": extension.answer}, **dates)
    return extension


@passes("Task.lead", "Task.giver", "TaskSupport.unit", "Consent.unit")
def hand_over_tasks(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: its open tasks go to its heir; ended ones keep the unit of their day. Who leads a task does not support it as well."""
    count = Task.objects.filter(closed_at=None, lead=old).update(lead=new)
    count += Task.objects.filter(closed_at=None, giver=old).update(giver=new)
    supports = TaskSupport.objects.filter(task__closed_at=None)
    doubled = Q(unit=old, task__in=supports.filter(unit=new).values("task")) | Q(unit__in=(old, new), task__lead=new)
    supports.filter(pk__in=list(supports.filter(doubled).values_list("pk", flat=True))).delete()
    count += Consent.objects.filter(mobilisation__task__closed_at=None, agrees=None, unit=old).update(unit=new)
    return count + supports.filter(unit=old).update(unit=new)


def _put_off(task: Task, due_at: datetime) -> None:
    """The day on which it waits for its giver as well goes with the deadline."""
    task.due_at, task.raised_on = due_at, _raised(due_at, task.grace_workdays)
    task.save(update_fields=["due_at", "raised_on"])


def _raised(due_at: datetime, grace: int | None) -> date | None:
    return None if grace is None else rules.raised_on(due_at, grace, known_days())


def _matter_and_code(by: Post, draft: TaskDraft, at: datetime) -> tuple[Matter, str]:
    """The matter on which the task hangs, and its code; without one, a new matter that shares its code."""
    if draft.matter is not None:
        return draft.matter, mint(MatterKind.TASK, at)[0]
    own = open_matters(kind=MatterKind.TASK, openings=[Opening(by.unit, draft.lead.area)], at=at)[0]
    return own, own.code


def _end_own_matter(task: Task) -> None:
    """A matter that is nothing but this task ends with it."""
    if task.closed_at is not None and task.matter.code == task.code:
        task.matter.closed_at = task.closed_at
        task.matter.save(update_fields=["closed_at"])


def _named(files: Sequence[Attachment]) -> dict[str, Body | Attachment | None]:
    """New files as the journal names them, with their names."""
    return {f"file{n}": f for n, f in enumerate(files, 1)} | {f"name{n}": f.name for n, f in enumerate(files, 1)}


def _support(task: Task, by: Post, unit: Unit, on: date, at: datetime) -> TaskSupport:
    """Told along a chain; between equals asked."""
    told = may_assign(by.unit, unit, on)
    return TaskSupport(task=task, unit=unit, state=SupportState.ACCEPTED if told else SupportState.ASKED, answered_at=at if told else None)
