"""Many event plans in one go: drafted, laid before their parties, told how they went. One event each; all of them or, if one is refused, none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from phoihop.kernel.action import action
from phoihop.kernel.verdict import Refused, of_row

from ...matters.actions.journal import write
from ...people.models import Post
from ..models import Agreement, EventPlan, EventResult, EventShift, Version
from ..queries.versions import current
from ..rules import planning_events as rules
from ..rules.planning_events import EventPlanDraft, ShiftDraft, ToldDraft
from .arranging import lay_down
from .carrying_out import tell_result, tell_shift
from .drafting import draft_agreement
from .sending import open_signing

One = TypeVar("One")
Made = TypeVar("Made")


@action
def draft_event_plans(*, by: Post, drafts: Sequence[EventPlanDraft], at: datetime) -> list[Agreement]:
    """Draft up to 200 plans for events, with their posts and preparations. The own unit leads each."""

    def draft(one: EventPlanDraft) -> Agreement:
        made = draft_agreement(by=by, draft=one.draft, at=at)
        if one.arrangement is not None:
            lay_down(by, made, current(made), one.arrangement, at)
        EventPlan.objects.create(agreement=made, event=one.event)
        write(by=by, what="agreement.event_named", at=at, matter=made.matter, event=one.event.pk)
        return made

    return _each("drafts", drafts, draft)


@action
def open_signing_many(*, by: Post, agreements: Sequence[Agreement], workdays: int, at: datetime) -> list[Version]:
    """Lay up to 200 plans before their parties for signing, within so many working days."""
    return _each("agreements", agreements, lambda a: open_signing(by=by, agreement=a, workdays=workdays, at=at))


@action
def tell_results(*, by: Post, told: Sequence[ToldDraft], at: datetime) -> list[EventResult]:
    """How up to 200 events went."""
    return _each("told", told, lambda one: tell_result(by=by, agreement=one.agreement, result=one.result, at=at))


@action
def tell_shifts(*, by: Post, shifts: Sequence[ShiftDraft], at: datetime) -> list[EventShift]:
    """How many person-shifts the own unit put in at up to 200 events."""
    return _each("shifts", shifts, lambda one: tell_shift(by=by, result=one.result, people=one.people, at=at))


def _each(name: str, rows: Sequence[One], act: Callable[[One], Made]) -> list[Made]:
    """Act on each; a refusal names the row."""
    rules.fits_many(len(rows)).enforce()
    made = []
    for n, row in enumerate(rows):
        try:
            made.append(act(row))
        except Refused as refusal:
            raise Refused(of_row(refusal.verdict, name, n, len(rows))) from refusal
    return made
