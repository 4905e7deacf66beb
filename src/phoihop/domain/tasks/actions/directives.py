"""Incoming directives: registered with what they ask for, finished when nothing of it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc
from phoihop.kernel.verdict import Refused

from ...matters.actions.journal import write
from ...matters.actions.opening import Opening, open_matters
from ...matters.actions.texts import keep
from ...matters.models import MatterKind, Purpose
from ...people.models import Post
from .. import rules
from ..models import IncomingDirective, TaskSource
from ..queries.directives import is_there, open_tasks
from ..rules import DirectiveDraft, TaskDraft
from .giving import give_many


@action
def register_directive(*, by: Post, draft: DirectiveDraft, at: datetime) -> IncomingDirective:
    """Write a document that came in into the own unit's book, with the tasks that it asks for: all of it or, if one task is refused, nothing."""
    on = local_day(at)
    rules.may_register(by, on).enforce()
    rules.fits_directive(draft, is_there(by.unit, draft), on).enforce()
    title, text = keep(draft.subject, Purpose.TITLE, at), keep(draft.text, Purpose.NOTE, at)
    matter = open_matters(kind=MatterKind.DIRECTIVE, openings=[Opening(by.unit, by.unit.area, title=title)], at=at)[0]
    made = IncomingDirective.objects.create(
        matter=matter, number=nfc(draft.number).strip(), issuer=nfc(draft.issuer).strip(), folded=draft.folded,
        issued_on=draft.issued_on, received_on=draft.received_on, due_on=draft.due_on, text=text,
    )  # fmt: skip
    write(
        by=by, what="directive.registered", at=at, matter=matter, issued=draft.issued_on, received=draft.received_on, due=draft.due_on, tasks=len(draft.tasks),
        texts={"title": title, "text": text},
    )  # fmt: skip
    if draft.tasks:
        _give(by, [replace(task, matter=matter, source=TaskSource.DIRECTIVE) for task in draft.tasks], at)
    return made


def _give(by: Post, drafts: Sequence[TaskDraft], at: datetime) -> None:
    """A refused task is told under the name that it has here: ``tasks.2.lead``."""
    try:
        give_many(by=by, drafts=drafts, at=at)
    except Refused as refusal:
        said = refusal.verdict.field or ""
        place = f"tasks.0.{said}" if len(drafts) == 1 else said.replace("drafts.", "tasks.", 1)
        raise Refused(refusal.verdict.at(place.rstrip("."))) from refusal


@action
def finish_directive(*, by: Post, directive: IncomingDirective, at: datetime) -> IncomingDirective:
    """What it asked for is done: nothing of it is open any more."""
    directive = locked(directive)
    matter = locked(directive.matter)
    rules.may_finish(by, matter, open_tasks(directive), local_day(at)).enforce()
    matter.closed_at = at
    matter.save(update_fields=["closed_at"])
    write(by=by, what="directive.finished", at=at, matter=matter)
    return directive
