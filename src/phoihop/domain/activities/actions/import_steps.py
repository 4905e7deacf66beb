"""The worker's part of an import: one short transaction a step, so that others get their turn and a cut leaves nothing half."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phoihop.kernel.action import action, answering
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import update_each
from phoihop.kernel.verdict import Refused

from ...matters.actions.journal import write
from ...people.models import Post
from ..models import ImportDoubt, ImportRow, ImportRun, ImportState, RowState
from ..queries.importing import due_run, next_run
from ..queries.log import Sense, Senses, draft_of, result_of
from ..rules import importing as rules
from ..rules.log.intake import unpacked
from . import staging
from .holding import report_many
from .planning import cancel_many, plan_many
from .staging import hold


class _Desk:
    """What the worker keeps at hand of the run it is at: its waiting lines, and the names it has looked up. Lost in a cut, made anew."""

    def __init__(self) -> None:
        self.key: tuple[int, str] = (0, "")
        self.lines: Sequence[Sequence[Any]] = ()
        self.senses: Senses | None = None
        self.prepared: staging.Prepared = {}
        self.batch = rules.FIRST_BATCH

    def lay_out(self, run: ImportRun, at: datetime) -> None:
        """Before the transaction begins: what takes long and needs no lock. Meanwhile others write."""
        if self.key != (run.pk, run.state) or run.handled == 0 or self.senses is None:
            waiting = ImportRun.objects.values_list("waiting", flat=True).get(pk=run.pk)
            self.lines = unpacked(bytes(waiting)) if waiting is not None else ()
            self.senses = Senses(run.lead, run.by, at)
            self.key, self.batch = (run.pk, run.state), rules.FIRST_BATCH
        self.senses.at = at
        self.prepared = staging.prepare(run, self._next(run), self.senses)

    def _next(self, run: ImportRun) -> list[tuple[int, int, dict[str, Any]]]:
        if run.state == ImportState.RUNNING:
            return list(_ready(run).values_list("sheet", "n", "cells")[: self.batch])
        return [(sheet, n, cells) for sheet, n, cells, _held in self.lines[run.handled : run.handled + self.batch]]


def _ready(run: ImportRun) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(run=run, state=RowState.READY).order_by("sheet", "n")


_desk = _Desk()
_last_run = 0


def step(*, at: datetime) -> bool:
    """Do the next piece of the next import that has one; whether there was any. Several imports take turns."""
    global _desk, _last_run
    run = next_run(_last_run)
    if run is None:
        return _erase_next(at)
    _last_run = run.pk
    try:
        _turn(run, at)
    except Refused as refused:
        _desk = _Desk()
        if refused.verdict.code == "import-moved-on":
            return True
        halt(by=run.by, run=run, problem=str(refused.verdict.reason), stop=True, at=at)
    except DatabaseError:
        _desk = _Desk()
        _say_trouble(run, at)
        raise
    return True


def _turn(run: ImportRun, at: datetime) -> None:
    """One transaction; how long it held the others up says how many rows the next one takes."""
    if run.state != ImportState.WITHDRAWING:
        _desk.lay_out(run, at)
    began = monotonic()
    if run.state == ImportState.READING:
        (stage_lines if _desk.lines else reread_rows)(by=run.by, run=run, at=at)
    elif run.state == ImportState.RUNNING:
        import_rows(by=run.by, run=run, at=at)
    else:
        withdraw_rows(by=run.by, run=run, at=at)
    _desk.batch = rules.next_batch(_desk.batch, monotonic() - began)


def _say_trouble(run: ImportRun, at: datetime) -> None:
    """Tell the officer why nothing moves, if that much can still be written; the next step tries again by itself."""
    problem = _("Máy chủ không ghi được (có thể hết chỗ trên đĩa). Phần đã nhập vẫn nguyên; máy tự làm tiếp khi ghi lại được.")
    if run.problem == problem:
        return
    try:
        halt(by=run.by, run=run, problem=problem, stop=False, at=at)
    except DatabaseError:
        return


def _erase_next(at: datetime) -> bool:
    run = due_run(at)
    if run is not None:
        erase_rows(by=run.by, run=run, at=at)
    return run is not None


@action
def stage_lines(*, by: Post, run: ImportRun, at: datetime) -> int:
    """Keep the next lines of a log as rows, each understood. Returns how many."""
    run = hold(run)
    rules.continues(run, by.pk, ImportState.READING).enforce()
    assert _desk.senses is not None
    lines = _desk.lines[run.handled : run.handled + _desk.batch]
    staging.stage(run, lines, _desk.senses, _desk.prepared)
    write(by=by, what="import.read", at=at, run=run.pk, first=run.handled, rows=len(lines))
    run.handled += len(lines)
    if run.handled >= run.total:
        run.waiting, run.state = None, ImportState.PREVIEW
        run.save(update_fields=["waiting", "state", "handled", "problem"])
    else:
        _came_on(run)
    return len(lines)


@action
def reread_rows(*, by: Post, run: ImportRun, at: datetime) -> int:
    """Understand anew the next rows that a correction concerns. Returns how many."""
    run = hold(run)
    rules.continues(run, by.pk, ImportState.READING).enforce()
    assert _desk.senses is not None
    rows = list(run.rows.select_for_update().filter(state=RowState.WAITING).order_by("sheet", "n")[: _desk.batch])
    staging.reread(run, rows, _desk.senses)
    write(by=by, what="import.read", at=at, run=run.pk, first=run.handled, rows=len(rows))
    run.handled += len(rows)
    if not run.rows.filter(state=RowState.WAITING).exists():
        run.state, run.corrections = ImportState.PREVIEW, []
        run.save(update_fields=["state", "corrections"])
    _came_on(run)
    return len(rows)


@action
def import_rows(*, by: Post, run: ImportRun, at: datetime) -> int:
    """Make patrols of the next ready rows, all of them or none: led by the own unit, the others asked. Returns how many.

    Rows are judged once more, for the world may have changed since they were read: one that is refused now waits with its reason.
    """
    run = hold(run)
    rules.continues(run, by.pk, ImportState.RUNNING).enforce()
    rules.may_import(by, run.lead_id, local_day(at)).enforce()
    assert _desk.senses is not None
    rows = list(_ready(run).select_for_update()[: _desk.batch])
    if not rows:
        return _finish(by, run, at)
    for row in rows:
        row.run = run
    judged = staging.judge_again(run, rows, _desk.senses, _desk.prepared)
    ready = [(row, sense) for row, sense in judged if row.state == RowState.READY]
    done = _record(by, run, ready, at) if ready else 0
    if not done:
        write(by=by, what="import.read", at=at, run=run.pk, first=run.handled, rows=len(rows))
    run.handled += done
    _came_on(run)
    return done


def _record(by: Post, run: ImportRun, ready: Sequence[tuple[ImportRow, Sense]], at: datetime) -> int:
    sure = staging.answered(row for row, _sense in ready)
    drafts = [draft_of(sense, run.lead) for _row, sense in ready]
    try:
        with transaction.atomic():
            made = answering(plan_many, sure)(by=by, drafts=drafts, at=at)
            results = [result_of(sense, run.lead, activity) for activity, (_row, sense) in zip(made, ready, strict=True)]
            answering(report_many, sure)(by=by, results=results, at=at)
    except Refused as refused:
        row = _row_of(refused, [row for row, _sense in ready])
        if row is None:
            raise
        staging.refuse(row, refused.verdict)
        return 0
    for activity, (row, _sense) in zip(made, ready, strict=True):
        row.state, row.activity = RowState.DONE, activity
    rows = [row for row, _sense in ready]
    staging.strip(run, rows)
    update_each(rows, ["state", "activity", "cells"])
    return len(ready)


def _row_of(refused: Refused, rows: Sequence[ImportRow]) -> ImportRow | None:
    """The row that a refusal of many is about: ``drafts.3.area`` is the fourth. None if it is about something else."""
    parts = (refused.verdict.field or "").split(".")
    if len(parts) > 1 and parts[0] in ("drafts", "results") and parts[1].isdecimal():
        return rows[int(parts[1])]
    return rows[0] if len(rows) == 1 and parts != [""] else None


def _finish(by: Post, run: ImportRun, at: datetime) -> int:
    left = run.rows.filter(state=RowState.DOUBTFUL).count()
    run.state = ImportState.PREVIEW if left else ImportState.DONE
    run.save(update_fields=["state"])
    write(by=by, what="import.ran", at=at, run=run.pk, done=run.rows.filter(state=RowState.DONE).count(), doubtful=left)
    return 0


@action
def withdraw_rows(*, by: Post, run: ImportRun, at: datetime) -> int:
    """Cancel the next patrols of an import that is taken back. Returns how many rows that were."""
    run = hold(run)
    rules.continues(run, by.pk, ImportState.WITHDRAWING).enforce()
    rows = list(run.rows.select_for_update(of=("self",)).filter(state=RowState.DONE).select_related("activity").order_by("sheet", "n")[: _desk.batch])
    standing = [row.activity for row in rows if row.activity is not None and row.activity.cancelled_at is None]
    if standing:
        cancel_many(by=by, activities=standing, why=str(run.why), at=at)
    for row in rows:
        row.state = RowState.WITHDRAWN
    update_each(rows, ["state"])
    run.handled += len(rows)
    if not run.rows.filter(state=RowState.DONE).exists():
        run.state, run.waiting = ImportState.WITHDRAWN, None
        run.save(update_fields=["state", "waiting"])
        write(by=by, what="import.undone", at=at, run=run.pk, rows=run.handled)
    _came_on(run)
    return len(rows)


@action
def halt(*, by: Post, run: ImportRun, problem: str, stop: bool, at: datetime) -> ImportRun:
    """Say why an import does not go on. ``stop``: it waits for a person; else the worker tries again."""
    run = hold(run)
    run.problem = problem[:300]
    if stop:
        run.state = ImportState.PREVIEW
    run.save(update_fields=["problem", "state"])
    write(by=by, what="import.halted", at=at, run=run.pk, stopped=stop)
    return run


@action
def erase_rows(*, by: Post, run: ImportRun, at: datetime) -> int:
    """Erase what the lines of an old import said; digest and patrol stay, so that the same file still imports nothing new."""
    run = hold(run)
    ImportDoubt.objects.filter(row__run=run).delete()
    count = run.rows.update(cells={}, values={})
    run.erased_at, run.waiting, run.corrections, run.sheets = at, None, [], []
    run.save(update_fields=["erased_at", "waiting", "corrections", "sheets"])
    write(by=by, what="import.erased", at=at, run=run.pk, rows=count)
    return count


def _came_on(run: ImportRun) -> None:
    run.problem = ""
    run.save(update_fields=["handled", "problem"])
