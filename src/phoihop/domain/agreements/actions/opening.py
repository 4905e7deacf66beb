"""Opening what falls due as tasks, in bulk, as often as one likes; and withdrawing it when a text no longer holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import override

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert_plain
from phoihop.kernel.workdays import WorkingDays

from ...figures.queries.holidays import working_days
from ...matters.actions.journal import write
from ...matters.actions.opening import mint
from ...matters.actions.texts import keep, keep_many
from ...matters.models import Body, MatterKind, Purpose
from ...people.models import Post
from ...tasks.models import ExtensionState as Asked
from ...tasks.models import Mode, SupportState, Task, TaskExtension, TaskSource, TaskState, TaskSupport
from ...tasks.rules import raised_on
from ..models import Agreement, Cadence, Duty, Occasion
from ..queries.bound import Bond, bonds, signatories
from ..queries.falling import Due, falling, next_to_open, next_to_withdraw, still_asked
from ..queries.in_force import standing_versions
from ..queries.standing import standing_of
from ..queries.versions import names_of
from ..rules.duties import may_open
from ..rules.recurring import AT_ONCE, label
from ..rules.standing import Standing

LONGEST_SENTENCE = 200
REPLACED = "Bản mới của văn bản thay bản đã lập ra nhiệm vụ này."
WHY_WITHDRAWN = {Standing.REPLACED: "Văn bản đã được thay thế bằng văn bản khác.", Standing.LAPSED: "Văn bản đã hết hiệu lực."}


def open_due(*, by: Post, at: datetime) -> int:
    """One step of the worker: the next agreement with something to open, at most ``AT_ONCE`` occasions, or one that is over and still asks. 0: nothing left."""
    today = local_day(at)
    if (agreement := next_to_open(today)) is not None:
        open_occasions(by=by, agreement=agreement, at=at)
    elif (over := next_to_withdraw(today)) is not None:
        withdraw_over(by=by, agreement=over, at=at)
    else:
        return 0
    return 1


@action
def open_occasions(*, by: Post, agreement: Agreement, at: datetime) -> int:
    """Open what falls due of an agreement within the year ahead, at most ``AT_ONCE`` occasions; how many. Safe to repeat, one event.

    A task is its lead's own where the lead signed, and given by the signatory above it where that one signed: a signature accepts beforehand,
    so both are open at once. Whom no signature binds is asked. What a former version had opened and the new one begins before is withdrawn.
    """
    a, today = locked(agreement), local_day(at)
    may_open(by, today).enforce()
    version = standing_versions([a], today).get()
    stale = _of(a, today).exclude(duty__clause__version=version).filter(first__gte=version.began)
    why = keep(REPLACED, Purpose.REASON, at) if stale.exists() else None
    withdrawn = _withdraw(stale, why, at) if why else 0
    duties = list(Duty.objects.filter(clause__version=version).exclude(cadence=Cadence.DEMAND).select_related("clause__text").order_by("pk"))
    batch: list[Due] = []
    for duty, found, until in falling(a, duties, version.began, today, working_days()):
        room = AT_ONCE - len(batch)
        batch += found[:room]
        if len(found) > room:
            break
        Duty.objects.filter(Q(opened_until=None) | Q(opened_until__lt=until), pk=duty.pk).update(opened_until=until)
    said = _texts(batch, a, at)
    made = _open(a, batch, bonds(signatories(version, today), {u.pk for d in batch for u in (d.lead, *d.helpers)}, today), said, at)
    codes = {"first": made[0], "last": made[-1]} if made else {}
    texts = {f"what{n}": body for n, body in enumerate(said.values(), 1)} | {"reason": why}
    write(by=by, what="duty.opened", at=at, matter=a.matter, count=len(made), version=version.number, withdrawn=withdrawn, texts=texts, **codes)
    return len(made)


def withdraw_duties(*, by: Post, agreement: Agreement, reason: Body, at: datetime, since: date | None = None) -> int:
    """Withdraw every task of an agreement that nobody has answered, with the reason why; how many. For the action that ends or replaces it.

    ``since``: only of periods that begin on this day or later. One event; call it within an action.
    """
    open_ones = _of(agreement, None)
    count = _withdraw(open_ones.filter(first__gte=since) if since else open_ones, reason, at)
    if count:
        write(by=by, what="duty.withdrawn", at=at, matter=agreement.matter, count=count, texts={"reason": reason})
    return count


@action
def withdraw_over(*, by: Post, agreement: Agreement, at: datetime) -> int:
    """Withdraw what a text that was replaced or has lapsed still asks for in periods that are not over; how many. What was due before stays."""
    a, today = locked(agreement), local_day(at)
    may_open(by, today).enforce()
    why = keep(WHY_WITHDRAWN[standing_of(a, today)], Purpose.REASON, at)
    assert why is not None
    count = _withdraw(_of(a, today), why, at)
    write(by=by, what="duty.withdrawn", at=at, matter=a.matter, count=count, texts={"reason": why})
    return count


def _of(agreement: Agreement, today: date | None) -> QuerySet[Occasion]:
    return still_asked(today).filter(duty__clause__version__agreement=agreement)


def _withdraw(occasions: QuerySet[Occasion], reason: Body | None, at: datetime) -> int:
    tasks = Task.objects.filter(pk__in=occasions.values("task"))
    TaskExtension.objects.filter(task__in=tasks, state=Asked.ASKED).update(state=Asked.REFUSED, answered_at=at, answer=reason)
    return tasks.update(state=TaskState.WITHDRAWN, closed_at=at, answer=reason)


_TASK = (
    "matter_id",
    "code",
    "giver_id",
    "lead_id",
    "area_id",
    "mode",
    "state",
    "source",
    "what_id",
    "given_at",
    "not_before",
    "due_at",
    "grace_workdays",
    "raised_on",
)
_OCCASION = ("duty_id", "area_id", "first", "until", "task_id")
_SUPPORT = ("task_id", "unit_id", "state", "answered_at")


def _open(a: Agreement, batch: Sequence[Due], bound: Mapping[int, Bond], said: Mapping[tuple[int, date], Body], at: datetime) -> list[str]:
    """Write the tasks with their occasions and supports, as plain rows: nobody holds them as records. The codes that were minted."""
    if not batch:
        return []
    codes, working = mint(MatterKind.TASK, at, len(batch)), working_days()
    insert_plain(Task, _TASK, [_task(a, d, bound[d.lead.pk], said, code, at, working) for d, code in zip(batch, codes, strict=True)])
    keys = dict(Task.objects.filter(code__in=codes).values_list("code", "pk"))
    pairs = [(d, keys[code]) for d, code in zip(batch, codes, strict=True)]
    insert_plain(Occasion, _OCCASION, [(d.duty.pk, d.area.pk, d.turn.days.first, d.turn.days.until, task) for d, task in pairs])
    insert_plain(TaskSupport, _SUPPORT, [_support(task, bound[u.pk], at) for d, task in pairs for u in d.helpers])
    return codes


def _task(a: Agreement, d: Due, bond: Bond, said: Mapping[tuple[int, date], Body], code: str, at: datetime, working: WorkingDays) -> tuple[Any, ...]:
    mode, state = (Mode.ASSIGNED, TaskState.OPEN) if bond.through else (Mode.REQUESTED, TaskState.ASKED)
    what, giver, first = said[d.duty.pk, d.turn.days.first].pk, bond.through or a.matter.lead_id, d.turn.days.first
    due_at, grace = d.turn.due_at, d.duty.grace_workdays
    return (
        a.matter_id, code, giver, d.lead.pk, d.area.pk, mode.value, state.value, TaskSource.AGREEMENT.value, what, at, first, due_at, grace,
        raised_on(due_at, grace, working),
    )  # fmt: skip


def _support(task: int, bond: Bond, at: datetime) -> tuple[Any, ...]:
    told = bond.through is not None
    return task, bond.unit, (SupportState.ACCEPTED if told else SupportState.ASKED).value, at if told else None


def _texts(batch: Sequence[Due], a: Agreement, at: datetime) -> dict[tuple[int, date], Body]:
    """One text for a duty and a period, whatever the area: what is to be done, for when, by which clause, and the sentence that says so."""
    keys = {(d.duty.pk, d.turn.days.first): d for d in batch}
    with override("vi"):
        names = names_of([d.duty.clause for d in keys.values()])
        said = [_said(d, a, names[d.duty.clause_id]) for d in keys.values()]
    return {key: body for key, body in zip(keys, keep_many(said, Purpose.NOTE, at), strict=True) if body is not None}


def _said(d: Due, a: Agreement, clause: str) -> str:
    act = str(d.duty.get_act_display())
    period = label(d.duty.cadence, d.turn)
    head = f"{act[:1].upper()}{act[1:]}" + (f", {period[:1].lower()}{period[1:]}" if period else "") + f" ({clause}, {a.matter.code})"
    sentence = _sentence(d.duty)
    return f"{head}: {sentence}" if sentence else head


def _sentence(duty: Duty) -> str:
    """The sentence that lays the duty down, where it is known and was not taken back."""
    text = duty.clause.text.text if duty.clause.text else ""
    if duty.sentence_from is None or duty.sentence_to is None:
        return ""
    said = " ".join(text[duty.sentence_from : duty.sentence_to].split())
    return said if len(said) <= LONGEST_SENTENCE else f"{said[: LONGEST_SENTENCE - 1]}…"
