"""The line of long work: asked for by a page, done by the worker step by step, picked up again after a cut.

A kind of work is a generator function that yields ``Progress`` after each durable step. It is started anew after a cut,
so it must find out from its own records what is left; the line keeps only what a person wants to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db.models import QuerySet

from .models import Job, State

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int
    step: str = ""


Work = Callable[..., Iterator[Progress]]
KINDS: dict[str, Work] = {}


def kind(name: str) -> Callable[[Work], Work]:
    """Declare how a kind of long work is done."""

    def declared(work: Work) -> Work:
        KINDS[name] = work
        return work

    return declared


def ask(kind: str, *, post_id: int | None = None, total: int = 0, **args: Any) -> Job:
    """Put work in the line; its page is ``/viec/<key>/``."""
    return Job.objects.create(kind=kind, args=args, post_id=post_id, total=total)


def stop(job: Job) -> None:
    """Ask that work stop after its present step; what is done stays done."""
    _unfinished(job).update(state=State.STOPPED)


def _unfinished(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state__in=[State.WAITING, State.RUNNING])


def next_job() -> Job | None:
    """The oldest unfinished work; running ones first, for they were cut."""
    return Job.objects.filter(state__in=[State.WAITING, State.RUNNING]).order_by("state", "asked_at").first()


def run(job: Job, now: Callable[[], datetime], keep_going: Callable[[], bool]) -> None:
    """Do one job to its end, or until ``keep_going`` says no (it is then picked up again later). One that was stopped meanwhile is not begun."""
    if not _unfinished(job).update(state=State.RUNNING, began_at=job.began_at or now(), beat_at=now()):
        return
    try:
        for progress in KINDS[job.kind](**job.args):
            beat = {"done": progress.done, "total": progress.total, "step": progress.step, "beat_at": now()}
            if not Job.objects.filter(pk=job.pk, state=State.RUNNING).update(**beat):
                Job.objects.filter(pk=job.pk).update(ended_at=now())
                return
            if not keep_going():
                return
    except Exception as problem:
        log.exception("job failed", kind=job.kind, job=str(job.pk))
        Job.objects.filter(pk=job.pk).update(state=State.FAILED, problem=str(problem)[:300], ended_at=now())
        return
    Job.objects.filter(pk=job.pk).update(state=State.DONE, ended_at=now())
