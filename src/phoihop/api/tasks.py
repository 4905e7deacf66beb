"""Tasks: given or requested, accepted, answered with evidence, closed, sent back, put off."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel

from phoihop.domain.matters.models import Matter
from phoihop.domain.tasks import actions
from phoihop.domain.tasks.models import Consent, Task, TaskState
from phoihop.domain.tasks.queries import queue
from phoihop.domain.tasks.queries.consents import consents_of, consents_seen
from phoihop.domain.tasks.queries.history import history_of
from phoihop.search import tasks as asking

from .access import Caller
from .acts import act
from .asking import Text, look_up, named, one_of
from .names import by_number
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import CONSENT, EXTENSION, FILE, SUPPORT, TASK
from .telling import BRIEFLY, text_of

router = Router()

named(Consent, "consent", "The number of a consent to move militia.", by_number(lambda caller: consents_seen(caller.post, caller.today)))


class TaskStep(BaseModel):
    """What became of a task: one event, with the reason or answer that was given."""

    at: AwareDatetime
    what: str
    unit: BRIEFLY[Task.lead.field.related_model].shape
    text: str | None
    before: AwareDatetime | None
    due: AwareDatetime | None


class Militia(BaseModel):
    """How many militia a task asks for, and the two consents that it takes before the task binds."""

    people: int
    since: AwareDatetime
    until: AwareDatetime
    consents: list[CONSENT.shape]


class WholeTask(TASK.shape):
    """A task with who helps, what shows that it was done, and what became of it."""

    supports: list[SUPPORT.shape]
    extensions: list[EXTENSION.shape]
    militia: Militia | None
    evidence: list[FILE.shape]
    history: list[TaskStep]


@reads(router, "/tasks", page_of(TASK))
def listed(request: HttpRequest, state: one_of(TaskState) | None = None, matter: Text | None = None, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """The tasks that the post sees, by deadline."""
    caller = caller_of(request)
    rows = queue.seen_by(caller.post, caller.today)
    if state:
        rows = rows.filter(state=state)
    if matter:
        rows = rows.filter(matter=look_up(caller, [(Matter, matter, "matter")])[Matter, matter])
    return _page(rows, after, limit)


@reads(router, "/tasks/waiting", page_of(TASK))
def waiting(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """What waits for the post's unit: tasks to accept or do, help to promise, answers to close, by deadline."""
    caller = caller_of(request)
    return _page(queue.waiting_for(caller.post, caller.today), after, limit)


@reads(router, "/tasks/overdue", page_of(TASK))
def overdue(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The tasks that the post sees, past their deadline and not answered."""
    caller = caller_of(request)
    return _page(queue.overdue(queue.seen_by(caller.post, caller.today), caller.now), after, limit)


@reads(router, "/tasks/search", page_of(TASK))
def searched(request: HttpRequest, text: Text, after: After = None, limit: Limit = 100) -> Any:
    """The tasks that the post sees in whose wording every word stands, with or without diacritics, by deadline."""
    caller = caller_of(request)
    return _page(asking.found(caller.post, text, caller.today), after, limit)


@reads(router, "/tasks/{task}", WholeTask)
def one(request: HttpRequest, task: str) -> Any:
    """A task, for whoever gave, leads or supports it, or sees the tasks of its matter."""
    caller = caller_of(request)
    return whole(caller, look_up(caller, [(Task, task, "")])[Task, task])


def whole(caller: Caller, task: Task) -> dict[str, Any]:
    found = queue.seen_by(caller.post, caller.today).select_related("matter__title", "answer").get(pk=task.pk)
    steps = [
        {"at": s.at, "what": s.what, "unit": BRIEFLY[type(s.unit)].of(s.unit), "text": text_of(s.text), "before": s.before, "due": s.due}
        for s in history_of(caller.post, found, caller.today)
    ]
    return {
        **TASK.of(found),
        "supports": SUPPORT.of_each(found.supports.select_related("unit__force", "reason").order_by("pk")),
        "extensions": EXTENSION.of_each(found.extensions.select_related("reason", "answer").order_by("pk")),
        "militia": _militia(found),
        "evidence": FILE.of_each(queue.evidence_of(caller.post, found, caller.today)),
        "history": steps,
    }


def _militia(task: Task) -> dict[str, Any] | None:
    consents = consents_of(task)
    if not consents:
        return None
    asked = consents[0].mobilisation
    return {"people": asked.people, "since": asked.since, "until": asked.until, "consents": CONSENT.of_each(consents)}


def _page(rows: QuerySet[Task], after: str | None, limit: int) -> dict[str, Any]:
    return page(rows.select_related("matter__title", "answer"), TASK, after, limit, "due_at")


act(router, "/tasks", actions.give)
act(router, "/tasks/many", actions.give_many)
act(router, "/tasks/{task}/answer-request", actions.answer_request)
act(router, "/tasks/{task}/answer", actions.answer)
act(router, "/tasks/{task}/close", actions.close)
act(router, "/tasks/{task}/send-back", actions.send_back)
act(router, "/tasks/{task}/withdraw", actions.withdraw)
act(router, "/tasks/{task}/extend", actions.extend)
act(router, "/tasks/{task}/ask-extension", actions.ask_extension)
act(router, "/extensions/{extension}/answer", actions.answer_extension)
act(router, "/supports/{support}/answer", actions.answer_support)
act(router, "/consents/{consent}/answer", actions.answer_consent)
act(router, "/consents/{consent}/enter-paper", actions.enter_paper_consent)
