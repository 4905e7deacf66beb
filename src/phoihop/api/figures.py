"""Figures: what is counted, a cell, a series, a table, the records behind a figure, totals from documents."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from phoihop.domain.figures import queries
from phoihop.domain.figures.actions import entering, holidays
from phoihop.domain.figures.models import Holiday, Indicator, SourcedTotal
from phoihop.domain.figures.queries.asked import Asked
from phoihop.domain.figures.queries.records import Record, may_see
from phoihop.domain.figures.rules import calendars
from phoihop.domain.figures.rules.deadlines import Sender
from phoihop.domain.figures.rules.figure import Figure, Stated
from phoihop.domain.forces.models import Line, Unit
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import Period

from .access import Caller
from .acts import act
from .asking import Day, Number, Text, look_up, one_of
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import HOLIDAY, INDICATOR, TOTAL
from .telling import BRIEFLY

router = Router()
AREA, UNIT = BRIEFLY[Area], BRIEFLY[Unit]
Measures = Query(..., min_length=1, max_length=40, description="Codes of measures.")
FIRST, UNTIL = Query(description="The first day."), Query(description="The day after the last.")
AS_OF = Query(None, description="The last event of the journal that counts: a figure as it was issued.")


class StatedTold(BaseModel):
    """A total from a document: shown in its place, never added to records."""

    id: int
    area: AREA.shape | None
    first: Day
    until: Day
    value: float
    qualifier: str
    source: str


class FigureTold(BaseModel):
    """A figure. ``value`` null is missing ("–"): nobody recorded or planned anything there; 0 means that they did, and none came of it."""

    measure: str
    value: float | None = Field(description="In the unit of count.")
    count: int = Field(description="How many records stand behind it.")
    exact: bool = Field(description="False: an estimate by declared shares of a divided area.")
    part: float | None = Field(description="Of a ratio: what is divided.")
    whole: float | None = Field(description="Of a ratio: by what.")
    group: list[int] = Field(description="Areas, by number, for which alone it can be said, where they are more than the one asked for.")
    stated: list[StatedTold] = Field(description="Totals from documents within the days.")
    beside: list[StatedTold] = Field(description="Totals from documents that reach beyond the days.")


class Calendar(BaseModel):
    code: str
    name: str
    name_en: str
    used_for: str
    kinds: list[str]


class PeriodTold(BaseModel):
    """The days of a period of a calendar, the same period a year before, and by when a report of it is due."""

    code: str
    label: str
    first: Day
    until: Day
    before: str
    year_before: str
    due: dict[str, Day] = Field(description="Sender to the last day, where one is fixed.")


class ReportingLine(BaseModel):
    id: int
    code: str
    kind: str
    name: str
    name_en: str


class TableRow(BaseModel):
    areas: list[AREA.shape]
    figures: dict[str, FigureTold]
    shown: dict[str, int] = Field(description="Whole numbers for estimates, adding up over the rows.")


class Table(BaseModel):
    """Rows that add up to the total; ``rest``: what was recorded for the whole but in none of the rows."""

    measures: list[str]
    rows: list[TableRow]
    rest: TableRow | None
    total: TableRow


class LineFigure(BaseModel):
    line: ReportingLine
    figure: FigureTold


class RecordTold(BaseModel):
    """One record behind a figure."""

    day: Day | None
    value: float
    area: AREA.shape
    matter: str | None
    task: str | None
    unit: UNIT.shape | None


class Hidden(BaseModel):
    lead: UNIT.shape
    records: int


class RecordsBehind(BaseModel):
    """What stands behind a figure: what the post may open, and of the rest who leads how many."""

    figure: FigureTold
    records: list[RecordTold]
    may_open: int
    closed: list[Hidden]
    lines: list[LineFigure] = Field(description="The figure in each line that reports; each counts an occasion once.")
    counted_twice: float | None


class ComparedFigures(BaseModel):
    now: FigureTold
    then: FigureTold
    change: float | None
    percent: float | None


@reads(router, "/indicators", list[INDICATOR.shape])
def indicators(request: HttpRequest) -> Any:
    """What reports call a figure: the latest version of every indicator, with its measures."""
    latest = Indicator.objects.values("code").annotate(last=Max("version")).values_list("code", "last")
    versions = dict(latest)
    rows = Indicator.objects.prefetch_related("measures").order_by("order", "code", "version")
    return INDICATOR.of_each(i for i in rows if versions[i.code] == i.version)


@reads(router, "/lines", list[ReportingLine])
def lines(request: HttpRequest) -> Any:
    """The lines that report: forces, ministries, decrees. Within a line an occasion counts once."""
    return [_line(line) for line in Line.objects.order_by("pk")]


@reads(router, "/calendars", list[Calendar])
def calendars_known(request: HttpRequest) -> Any:
    """The calendars by which figures are asked for: several "years" side by side."""
    return [
        {"code": c.code, "name": c.name, "name_en": c.name_en, "used_for": c.used_for, "kinds": [str(kind) for kind in calendars.kinds(c.code)]}
        for c in calendars.calendars()
    ]


@reads(router, "/calendars/{calendar}/{period}", PeriodTold)
def period(request: HttpRequest, calendar: str, period: str) -> Any:
    """Which days a period of a calendar means.

    Its code: `2026-T10` (a month), `2026-Q1`, `2026-6T1` (a half), `2026-9T` (nine months), `2026` (the year), `2025-2030` (a term).
    """
    days = calendars.period(calendar, period)
    due = {str(sender): queries.due(calendar, period, sender) for sender in Sender}
    return {
        "code": period, "label": calendars.label(calendar, period), "first": days.first, "until": days.until,
        "before": calendars.before(calendar, period), "year_before": calendars.year_before(calendar, period),
        "due": {sender: deadline.last for sender, deadline in due.items() if deadline},
    }  # fmt: skip


@reads(router, "/holidays", page_of(HOLIDAY))
def holidays_known(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """Days off, and weekend days worked in exchange."""
    return page(Holiday.objects.all(), HOLIDAY, after, limit, "day")


@reads(router, "/figures/cell", FigureTold)
def cell(request: HttpRequest, measure: Text, area: Text, first: Day, until: Day, line: Number | None = None, on: Day | None = None, as_of: Number | None = AS_OF) -> Any:  # fmt: skip
    """One figure of an area over days; ``on``: on the areas of that day, else as recorded."""
    _caller, where = _asked(request, area, line)
    return _figure(queries.cell(measure, where, Period(first, until), line=line, on=on, as_of=as_of))


@reads(router, "/figures/table", Table)
def table(request: HttpRequest, area: Text, first: Day, until: Day, measure: list[str] = Measures, line: Number | None = None, on: Day | None = None, as_of: Number | None = AS_OF) -> Any:  # fmt: skip
    """Measures of an area over days by the communes in it, with what lies in none of them, and the sum."""
    _caller, where = _asked(request, area, line)
    found = queries.table(measure, where, Period(first, until), line=line, on=on, as_of=as_of)
    every = [found.total, *found.rows, *([found.rest] if found.rest else [])]
    areas = _stated_areas([f for row in every for f in row.figures.values()])
    told = [_row(row, areas) for row in found.rows]
    return {"measures": found.measures, "rows": told, "rest": _row(found.rest, areas) if found.rest else None, "total": _row(found.total, areas)}


@reads(router, "/figures/grid", list[list[FigureTold]])
def grid(request: HttpRequest, area: Text, calendar: Text, period: list[str] = Query(..., min_length=1, max_length=40), measure: list[str] = Measures, line: Number | None = None, on: Day | None = None) -> Any:  # fmt: skip
    """Measures of an area over several periods of a calendar: a row for each measure, a figure for each period."""
    _caller, where = _asked(request, area, line)
    periods = tuple(calendars.period(calendar, code) for code in period)
    found = queries.grid(measure, Asked((where,), periods, on, line))
    return [[_figure(found[code, (0, p)]) for p in range(len(periods))] for code in measure]


@reads(router, "/figures/compared", dict[str, ComparedFigures])
def compared(request: HttpRequest, area: Text, calendar: Text, period: Text, measure: list[str] = Measures, line: Number | None = None, on: Day | None = None) -> Any:  # fmt: skip
    """Measures of a period beside the same period of the year before."""
    _caller, where = _asked(request, area, line)
    found = queries.compare(measure, where, calendar, period, line=line, on=on)
    return {code: {"now": _figure(c.now), "then": _figure(c.then), "change": _number(c.change), "percent": _number(c.percent)} for code, c in found.items()}


@reads(router, "/figures/by-line", list[LineFigure])
def by_line(request: HttpRequest, measure: Text, area: Text, first: Day, until: Day, kind: one_of(["force", "ministry", "decree"]) = "force") -> Any:  # fmt: skip
    """A figure in each line of a kind. A line is never the sum of others."""
    _caller, where = _asked(request, area)
    found = queries.by_line(measure, where, Period(first, until), kind=kind)
    return [{"line": _line(line), "figure": _figure(figure)} for line, figure in found.lines]


@reads(router, "/figures/of-unit", FigureTold)
def of_unit(request: HttpRequest, measure: Text, unit: Text, first: Day, until: Day, area: Text | None = None) -> Any:
    """What a unit and those that it directs took part in or put in themselves, anywhere or in an area."""
    caller = caller_of(request)
    may_see(caller.post, caller.today).enforce()
    names = [(Unit, unit, "unit"), *([(Area, area, "area")] if area else [])]
    found = look_up(caller, names)
    return _figure(queries.of_unit(measure, found[Unit, unit], Period(first, until), area=found[Area, area] if area else None))


@reads(router, "/figures/records", RecordsBehind)
def records(request: HttpRequest, measure: Text, area: Text, first: Day, until: Day, line: Number | None = None, on: Day | None = None, as_of: Number | None = AS_OF, after: int = Query(0, ge=0, le=10**6, description="How many records to pass over."), limit: Limit = 100) -> Any:  # fmt: skip
    """The records behind a figure, the latest first: those that the post may open; of the others, who leads how many."""
    caller, where = _asked(request, area, line)
    found = queries.records(caller.post, measure, where, Period(first, until), today=caller.today, line=line, on=on, as_of=as_of, first=after, most=limit)
    parts = found.parts
    return {
        "figure": _figure(found.figure), "records": [_record(r) for r in found.records], "may_open": found.may_open,
        "closed": [{"lead": UNIT.of(unit), "records": count} for unit, count in found.closed],
        "lines": [{"line": _line(line), "figure": _figure(figure)} for line, figure in parts.lines] if parts else [],
        "counted_twice": _number(parts.counted_twice) if parts else None,
    }  # fmt: skip


@reads(router, "/totals", page_of(TOTAL))
def totals(request: HttpRequest, measure: Text | None = None, after: After = None, limit: Limit = 100) -> Any:
    """Totals taken over from documents, also those that others replaced."""
    caller = caller_of(request)
    may_see(caller.post, caller.today).enforce()
    rows = SourcedTotal.objects.select_related("measure", "area")
    return page(rows.filter(measure__code=measure) if measure else rows, TOTAL, after, limit)


def _asked(request: HttpRequest, area: str, line: int | None = None) -> tuple[Caller, Area]:
    """Figures are for whoever may see figures. Of a line that there is not nobody is told that it counts nothing."""
    caller = caller_of(request)
    may_see(caller.post, caller.today).enforce()
    found = look_up(caller, [(Area, area, "area"), *([(Line, line, "line")] if line is not None else [])])
    return caller, found[Area, area]


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _stated_areas(figures: list[Figure]) -> dict[int, Area]:
    return Area.objects.in_bulk({s.area for f in figures for s in (*f.stated, *f.beside)})


def _figure(f: Figure, areas: dict[int, Area] | None = None) -> dict[str, Any]:
    areas = _stated_areas([f]) if areas is None and (f.stated or f.beside) else areas or {}
    return {
        "measure": f.measure, "value": _number(f.value), "count": f.count, "exact": f.exact, "part": _number(f.part), "whole": _number(f.whole),
        "group": sorted(f.group), "stated": [_stated(s, areas) for s in f.stated], "beside": [_stated(s, areas) for s in f.beside],
    }  # fmt: skip


def _stated(s: Stated, areas: dict[int, Area]) -> dict[str, Any]:
    return {
        "id": s.key, "area": AREA.of(areas[s.area]) if s.area in areas else None, "first": s.first, "until": s.until, "value": _number(s.value),
        "qualifier": s.qualifier, "source": s.source,
    }  # fmt: skip


def _row(row: queries.Row, areas: dict[int, Area]) -> dict[str, Any]:
    return {"areas": AREA.of_each(row.areas), "figures": {code: _figure(f, areas) for code, f in row.figures.items()}, "shown": row.shown}


def _record(r: Record) -> dict[str, Any]:
    return {
        "day": r.day, "value": _number(r.value), "area": AREA.of(r.area), "matter": r.matter.code if r.matter else None,
        "task": r.task.code if r.task else None, "unit": UNIT.of(r.unit) if r.unit else None,
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.pk, "code": line.code, "kind": line.kind, "name": line.name, "name_en": line.name_en}


act(router, "/figures", entering.enter)
act(router, "/totals", entering.sourced)
act(router, "/holidays", holidays.set_holiday)
