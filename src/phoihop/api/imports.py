"""Patrol logs on their way in: sent, looked through, mended, released, taken back. The worker reads them meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router
from pydantic import BaseModel, Field

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.models import ImportRow, ImportRun, RowState
from phoihop.domain.activities.queries.importing import doubt_groups, overview, progress, rows_of, runs_of
from phoihop.domain.people.models import Post
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import SURE

from .access import Caller
from .acts import act
from .asking import Text, missing, one_of
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import IMPORT
from .telling import labelled

router = Router()
STATES = labelled(list(RowState))


class ImportSheet(BaseModel):
    """A sheet of the file: what its columns mean, and which lines are no patrol."""

    layout: dict[str, Any]
    passed: dict[str, list[int]]


class WholeImport(IMPORT.shape):
    """An import at a glance."""

    rows: dict[str, int] = Field(description="ImportLines per state.")
    doubts: int
    percent: int
    sheets: list[ImportSheet]


class ImportProgress(BaseModel):
    """How far the present piece of work has come; ``problem`` says why it does not go on."""

    state: str
    handled: int
    total: int
    problem: str


class Doubt(BaseModel):
    """Why a cell is doubtful, what would settle it, and what to say in ``sure`` if it is right as it stands."""

    column: str
    text: str
    code: str
    says: str
    suggestions: list[Any]
    answer: str


class DoubtGroup(Doubt):
    """Doubts that one correction settles: the same text in so many rows."""

    rows: int


class ImportLine(BaseModel):
    """A line of the file: its cells, what they were understood as, and what is doubtful."""

    id: int
    sheet: int
    n: int
    state: STATES
    cells: dict[str, Any]
    values: dict[str, Any]
    patrol: str | None
    doubts: list[Doubt]


class ImportLines(BaseModel):
    items: list[ImportLine]
    next: int | None = Field(description="What to send as `after` for the rows that follow; null on the last page.")


@reads(router, "/imports", page_of(IMPORT))
def listed(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The imports of the post's unit, the latest first."""
    return page(runs_of(caller_of(request).post).select_related("name", "why", "by__unit__force", "lead__force"), IMPORT, after, limit, "-pk")


@reads(router, "/imports/{run}", WholeImport)
def one(request: HttpRequest, run: int) -> Any:
    """An import: how many rows are ready, doubtful, known already; what its columns are taken for."""
    caller = caller_of(request)
    found = overview(caller.post, run) if run < 2**63 else None
    if found is None:
        raise missing(ImportRun, run)
    sheets = [{"layout": sheet.layout.as_json(), "passed": sheet.passed} for sheet in found.sheets]
    return {**IMPORT.of(found.run), "rows": found.counts, "doubts": found.doubts, "percent": found.percent, "sheets": sheets}


@reads(router, "/imports/{run}/progress", ImportProgress)
def progress_of(request: HttpRequest, run: int) -> Any:
    """How far the present piece of work has come."""
    found = progress(caller_of(request).post, run) if run < 2**63 else None
    if found is None:
        raise missing(ImportRun, run)
    return {name: getattr(found, name) for name in ImportProgress.model_fields}


@reads(router, "/imports/{run}/rows", ImportLines)
def rows(request: HttpRequest, run: int, state: one_of(RowState) | None = None, column: Text = "", text: Text = "", after: int = 0, limit: Limit = 100) -> Any:  # fmt: skip
    """The rows of an import with their doubts, doubtful ones first; only of a state, or only with one doubt."""
    caller = caller_of(request)
    found = rows_of(caller.post, _run(caller, run), [state] if state else (), column, text)
    first = min(max(after, 0), 10**6)
    some = list(found[first : first + limit + 1])
    return {"items": [_row(row) for row in some[:limit]], "next": first + limit if len(some) > limit else None}


@reads(router, "/imports/{run}/doubts", list[DoubtGroup])
def doubts(request: HttpRequest, run: int) -> Any:
    """What to mend first: the same doubtful text in many rows."""
    caller = caller_of(request)
    return [
        {"column": g.column, "text": g.text, "code": g.code, "says": _said(g.sentence), "suggestions": g.suggestions, "answer": g.answer, "rows": g.rows}
        for g in doubt_groups(caller.post, _run(caller, run))
    ]


def _run(caller: Caller, number: int) -> ImportRun:
    found = runs_of(caller.post).filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise missing(ImportRun, number)
    return found


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "id": row.pk, "sheet": row.sheet, "n": row.n, "state": row.state, "cells": row.cells, "values": row.values,
        "patrol": row.activity.matter.code if row.activity else None,
        "doubts": [
            {"column": d.column, "text": d.text, "code": d.code, "says": _said(d.sentence), "suggestions": d.suggestions, "answer": d.answer}
            for d in row.doubts.all()
        ],
    }  # fmt: skip


def _said(sentence: dict[str, str]) -> str:
    return sentence.get(get_language() or "vi") or next(iter(sentence.values()), "")


def begin(*, by: Post, upload: Upload, at: datetime, sure: Collection[str] = ()) -> ImportRun:
    """Send a patrol log (.xlsx, .xls, .ods, .csv) as the unit keeps it.

    Every cell passes the gates before anything is kept; the file itself is not kept. The worker then reads it: see ``progress``.
    """
    answered = SURE.set(SURE.get() | frozenset(sure))
    try:
        return importing.begin(by=by, lead=by.unit, upload=upload, at=at)
    finally:
        SURE.reset(answered)


act(router, "/imports", begin, name="begin", stands_for="activities.take_in")
act(router, "/imports/{run}/columns", importing.map_columns)
act(router, "/imports/{run}/mend", importing.mend_all)
act(router, "/imports/{run}/skip", importing.skip_all)
act(router, "/imports/{run}/release", importing.release)
act(router, "/imports/{run}/withdraw", importing.withdraw, name="withdraw_import")
act(router, "/rows/{row}/mend", importing.mend)
act(router, "/rows/{row}/skip", importing.skip_row)
