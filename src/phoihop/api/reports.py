"""The report of a period: as lines of figures, and as the documents that the page gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from phoihop.domain.matters.models import Node
from phoihop.domain.territory.models import Area
from phoihop.papers.docx import to_docx
from phoihop.papers.pdf import to_pdf
from phoihop.papers.sheet import to_xlsx
from phoihop.reports.asking import AS_A_WHOLE, BY_COMMUNE, Question
from phoihop.reports.books import workbook
from phoihop.reports.cells import Cell, Printed
from phoihop.reports.checking import findings
from phoihop.reports.legal import document
from phoihop.reports.lines import Line
from phoihop.reports.report import Report, printable, report

from .access import Caller
from .asking import Day, Number, Text, look_up
from .patrols import grace
from .reads import caller_of, reads
from .telling import BRIEFLY

router = Router()
AREA = BRIEFLY[Area]
Columns = Query(list(BY_COMMUNE), max_length=40, description="Codes of measures by commune.")
Whole = Query(list(AS_A_WHOLE), max_length=40, description="Codes of measures of the whole only.")
AS_OF = Query(None, description="The last event of the journal that counts.")


class PrintedFigure(BaseModel):
    """A figure as the report shows it: an integer with so many decimals; null is missing ("–"). ``mark``: ≈ an estimate, † from a document."""

    value: int | None
    scale: int
    percent: bool
    mark: str


class ReportCell(BaseModel):
    measure: str
    count: int = Field(description="How many records stand behind it.")
    now: PrintedFigure
    then: PrintedFigure = Field(description="The same period a year before.")


class ReportLine(BaseModel):
    """``kind``: row, group, rest or total."""

    kind: str
    name: str
    areas: list[AREA.shape]
    cells: list[ReportCell]


class ReportFinding(BaseModel):
    """What must be looked at before signing (``mend``) or be known."""

    check: str
    mend: bool
    n: int
    of: int
    where: list[str]


class ReportTold(BaseModel):
    """A report; ``head``: the journal's last event of which it takes account, and its hash."""

    calendar: str
    period: str
    first: Day
    until: Day
    lines: list[ReportLine]
    whole: list[ReportCell]
    findings: list[ReportFinding]
    head: int
    hash: str


@reads(router, "/reports/{calendar}/{period}", ReportTold)
def one(request: HttpRequest, calendar: str, period: str, area: Text, on: Day | None = None, measure: list[str] = Columns, whole: list[str] = Whole, as_of: Number | None = AS_OF) -> Any:  # fmt: skip
    """The report of a period of a calendar: an area with its communes, beside the year before, and what to look at before signing."""
    caller = caller_of(request)
    found = report(caller.post, _question(caller, calendar, period, area, on, measure, whole, as_of), now=caller.now, today=caller.today, grace=grace())
    days = found.question.days
    return {
        "calendar": calendar, "period": period, "first": days.first, "until": days.until, "head": found.head[0], "hash": found.head[1],
        "lines": [_line(line) for line in found.lines], "whole": [_cell(c) for c in found.whole],
        "findings": [{"check": str(f.check), "mend": f.mend, "n": f.n, "of": f.of, "where": [line.name for line in f.lines]} for f in findings(found)],
    }  # fmt: skip


def _question(caller: Caller, calendar: str, period: str, area: str, on: Any, measures: list[str], whole: list[str], as_of: int | None) -> Question:
    where = look_up(caller, [(Area, area, "area")])[Area, area]
    return Question(where, calendar, period, on, tuple(dict.fromkeys(measures)), tuple(dict.fromkeys(whole)), as_of)


def _line(line: Line) -> dict[str, Any]:
    return {"kind": line.kind, "name": line.name, "areas": AREA.of_each(line.areas), "cells": [_cell(c) for c in line.cells]}


def _cell(c: Cell) -> dict[str, Any]:
    return {"measure": c.column.code, "count": c.figure.count, "now": _shown(c.shown), "then": _shown(c.shown_then)}


def _shown(p: Printed) -> dict[str, Any]:
    return {name: getattr(p, name) for name in PrintedFigure.model_fields}


def _offer(ending: str, media: str, summary: str, made: Callable[[Report, Caller, bool], bytes]) -> None:
    """A report as a file: the figures are those of the lines."""
    binary = {"responses": {200: {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}}}

    def view(request: HttpRequest, calendar: str, period: str, area: Text, on: Day | None = None, as_of: Number | None = AS_OF) -> HttpResponse:
        caller = caller_of(request)
        question = _question(caller, calendar, period, area, on, list(BY_COMMUNE), list(AS_A_WHOLE), as_of)
        found = printable(caller.post, question, now=caller.now, today=caller.today, grace=grace())
        name = f"{calendar}-{question.code}-{question.area.code}.{ending}".lower()
        content = made(found, caller, Node.objects.filter(own=True, demo=True).exists())
        return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    router.get(f"/reports/{{calendar}}/{{period}}/{ending}", operation_id=f"reports_{ending}", summary=summary, openapi_extra=binary)(view)


def _paper(found: Report, caller: Caller, demo: bool) -> Any:
    return document(found, caller.post.unit, caller.today, demo=demo)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_offer("docx", f"{_OFFICE}.wordprocessingml.document", "The report as a document to edit.", lambda r, c, demo: to_docx(_paper(r, c, demo)))
_offer("pdf", "application/pdf", "The report as PDF/A.", lambda r, c, demo: to_pdf(_paper(r, c, demo)))
_offer("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "The report's figures as a workbook.", lambda r, c, demo: to_xlsx(workbook(r, c.today, demo=demo)))
