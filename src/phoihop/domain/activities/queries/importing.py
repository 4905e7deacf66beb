"""Imports as their unit sees them: how far they are, which lines are doubtful and why, and what one correction would settle."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Min, QuerySet, Value, When

from ...forces.models import Unit
from ...matters.models import Purpose
from ...matters.rules import RETENTION
from ...people.models import Post
from ...people.rules import may
from ...territory.models import Area
from ..models import ImportDoubt, ImportRow, ImportRun, ImportState, Route, RowState
from ..rules.log.layout import Layout

BUSY = (ImportState.READING, ImportState.RUNNING, ImportState.WITHDRAWING)
DOUBTS_FIRST = (RowState.DOUBTFUL, RowState.WAITING, RowState.READY, RowState.SAME, RowState.SKIPPED, RowState.DONE, RowState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Overview:
    """An import at a glance. ``counts``: rows per state; ``doubts``: doubtful cells; ``sheets``: what columns mean, which rows are no patrol."""

    run: ImportRun
    counts: dict[str, int]
    doubts: int
    sheets: list[SheetView]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def percent(self) -> int:
        """How far the present piece of work has come."""
        return 100 * self.run.handled // self.run.total if self.run.total else 100


@dataclass(frozen=True, slots=True)
class SheetView:
    layout: Layout
    passed: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class DoubtGroup:
    """Doubts that one correction settles: the same text in columns of the same meaning, ``rows`` times."""

    column: str
    text: str
    code: str
    rows: int
    sentence: dict[str, str]
    suggestions: list[list[str]]
    answer: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the present piece of work has come; ``problem`` says why it does not go on."""

    state: str
    handled: int
    total: int
    problem: str


@dataclass(slots=True)
class Names:
    """The records behind the keys in ``ImportRow.values``, for a page of rows."""

    areas: dict[int, Area] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    routes: dict[int, Route] = field(default_factory=dict)


def runs_of(viewer: Post) -> QuerySet[ImportRun]:
    """The imports of the viewer's unit, latest first. Who may not import sees none."""
    if not may(viewer, "patrol.import"):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(lead=viewer.unit_id).defer("waiting").select_related("name", "by__user", "lead__force").order_by("-at", "-pk")


def overview(viewer: Post, pk: int) -> Overview | None:
    """One import of the viewer's unit; None if it is not there to see."""
    run = runs_of(viewer).filter(pk=pk).first()
    if run is None:
        return None
    counts = dict(run.rows.values_list("state").annotate(Count("pk")).order_by())
    doubts = ImportDoubt.objects.filter(row__run=run, row__state=RowState.DOUBTFUL).count()
    sheets = [SheetView(Layout.of_json(sheet), sheet.get("passed", {})) for sheet in run.sheets]
    return Overview(run, counts, doubts, sheets)


def import_rows(viewer: Post) -> QuerySet[ImportRow]:
    """The rows of all imports of the viewer's unit."""
    return ImportRow.objects.filter(run__in=runs_of(viewer)).select_related("run__lead")


def rows_of(viewer: Post, run: ImportRun, states: Collection[str] = (), column: str = "", text: str = "") -> QuerySet[ImportRow]:
    """The rows of an import with their doubts, doubtful ones first; only of some states, or only with one doubt. To be paged."""
    rows = ImportRow.objects.filter(run__in=runs_of(viewer).filter(pk=run.pk))
    if states:
        rows = rows.filter(state__in=states)
    if column:
        rows = rows.filter(pk__in=ImportDoubt.objects.filter(row__run=run, column=column, text=text).values("row"))
    order = Case(*(When(state=state, then=Value(n)) for n, state in enumerate(DOUBTS_FIRST)), output_field=IntegerField())
    return rows.prefetch_related("doubts").select_related("activity__matter").order_by(order, "sheet", "n")


def names_in(rows: Collection[ImportRow]) -> Names:
    """Areas, units and routes of these rows, three queries for a page."""
    values = [row.values for row in rows]
    units = {unit for v in values for unit, _people in v.get("parties", ())}
    return Names(
        Area.objects.in_bulk({v["area"] for v in values if v.get("area")}),
        Unit.objects.select_related("force").in_bulk(units),
        Route.objects.in_bulk({v["route"] for v in values if v.get("route")}),
    )


def doubt_groups(viewer: Post, run: ImportRun, limit: int = 100) -> list[DoubtGroup]:
    """What to mend first: the same doubtful text in many rows, most rows first."""
    live = ImportDoubt.objects.filter(row__run__in=runs_of(viewer).filter(pk=run.pk), row__state=RowState.DOUBTFUL)
    found = list(live.values("column", "text", "code").annotate(rows=Count("row", distinct=True), first=Min("pk")).order_by("-rows", "first")[:limit])
    firsts = ImportDoubt.objects.in_bulk([group["first"] for group in found])
    return [_group(dict(group), firsts[group["first"]]) for group in found]


def progress(viewer: Post, pk: int) -> Progress | None:
    """What a progress bar asks every second."""
    row = runs_of(viewer).filter(pk=pk).values_list("state", "handled", "total", "problem").first()
    return Progress(*row) if row else None


def imported_count(run: ImportRun) -> int:
    return run.rows.filter(state=RowState.DONE).count()


def ready_count(run: ImportRun) -> int:
    return run.rows.filter(state=RowState.READY).count()


def doubtful_rows(run: ImportRun, column: str, text: str) -> QuerySet[ImportRow]:
    """The rows of a run in doubt for this text in this column."""
    doubts = ImportDoubt.objects.filter(row__run=run, column=column, text=text)
    return run.rows.filter(state=RowState.DOUBTFUL, pk__in=doubts.values("row")).order_by("sheet", "n")


def next_run(after: int) -> ImportRun | None:
    """The run whose turn it is: the next one with work behind ``after``, else the first."""
    busy = ImportRun.objects.filter(state__in=BUSY).defer("waiting").select_related("by", "lead__force", "lead__area").order_by("pk")
    return busy.filter(pk__gt=after).first() or busy.first()


def due_run(now: datetime) -> ImportRun | None:
    """An import whose lines are no longer to be kept."""
    old = ImportRun.objects.filter(erased_at=None, at__lt=now - timedelta(days=RETENTION[Purpose.IMPORT])).exclude(state__in=BUSY)
    return old.defer("waiting").select_related("by").order_by("pk").first()


def _group(group: dict[str, Any], first: ImportDoubt) -> DoubtGroup:
    return DoubtGroup(group["column"], group["text"], group["code"], group["rows"], first.sentence, first.suggestions, first.answer)
