"""/truc/so/: the duty book of the acting unit: what happened in a day or a term on what it leads or takes part in, hour by hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.roster import midnight
from phoihop.domain.activities.queries.spoken import speakers
from phoihop.domain.matters.models import MatterKind
from phoihop.domain.matters.queries.journal import events_between
from phoihop.domain.matters.queries.notes import notes_between
from phoihop.kernel.catalogue import EVENTS
from phoihop.kernel.period import ONE_DAY, Period, local_day
from phoihop.papers.cells import Column, Row, Table
from phoihop.papers.document import Blank, Document, Paragraph, Run

from .. import moments
from ..base import Acting, acting
from ..patrols.seeing import now_and_today
from ..patrols.wording import title_case
from ..scope import TERM
from ..when import When
from . import shorter
from .heads import from_journal, in_vietnamese, paper
from .printing import printed

MOST = 3_000
_COLUMNS = (Column("Giờ", 0.9, "center"), Column("Việc", 3.0), Column("Diễn biến", 3.8), Column("Đơn vị", 2.4))


@acting("matter.view")
def book(request: Acting) -> HttpResponse:
    """A day, or with ``ky=`` a term."""
    if TERM in request.scope.asked:
        request.when = When.of_term(request, request.scope)
        label, days = request.scope.term.label, request.scope.term.period
    else:
        label, days = moments.long_day(request.scope.day), Period(request.scope.day, request.scope.day + ONE_DAY)
    made, more = document(request, days)
    parts = (shorter.by_month(request, days) or shorter.by_day(request, days)) if more else []
    problem = shorter.on_page(MOST, shorter=bool(parts)) if more else ""
    return printed(request, made, f"Sổ trực ban {days.first:%d-%m-%Y}", title=_("Sổ trực ban"), about=label, problem=problem, parts=parts)


@in_vietnamese
def document(request: Acting, days: Period) -> tuple[Document, bool]:
    """The book, and whether it goes on beyond what is printed."""
    _now, today = now_and_today()
    first, until = midnight(days.first), midnight(days.until)
    found: list[Any] = list(events_between(request.post, first, until, today)[: MOST + 1])
    notes = {(n.matter_id, n.unit_id, n.at): str(n.body) for n in notes_between(request.post, first, until, today)}
    in_time = sorted(found[:MOST], key=lambda event: (event.at, event.seq))  # what was entered late stands where it belongs
    lines = list(_lines(in_time, notes, several=len(days) > 1))
    body = (
        *([shorter.on_paper(MOST)] if len(found) > MOST else []),
        Table(_COLUMNS, tuple(lines), size=12),
        Paragraph("Bàn giao lúc ……… giờ ………, ngày ……… tháng ……… năm ………", "left"),
        Paragraph(Run("Việc bàn giao ca sau", bold=True), "left"),
        Blank(4),
    )
    made = paper(
        request.post.unit, min(days.last, today), kind="Sổ trực ban", abstract=request.scope.term.label if TERM in request.scope.asked else moments.long_day(days.first), body=body,
        signers=("Người nhận ca", "Người giao ca"), provenance=from_journal(min(days.last, today)),
    )  # fmt: skip
    return made, len(found) > MOST


def _lines(found: Sequence[Any], notes: dict[tuple[int, int, datetime], str], *, several: bool) -> Iterable[Row]:
    """Events in their order; several of one post at one moment about one thing (two hundred confirmed at once) stay apart, each its own matter."""
    spoken = speakers(found)
    for day, of_day in groupby(found, key=lambda e: local_day(e.at)):
        if several:
            yield Row((_day(day),), "group")
        for event in of_day:
            matter = event.matter
            said = title_case(EVENTS[event.what].says)
            if event.what.startswith("matter.noted") and (text := notes.get((event.matter_id, event.by.unit_id, event.at))):
                said = f"{said}: {text}"
            named = f"{MatterKind(matter.kind).label}\n{matter.code}" if matter else ""
            yield Row((moments.clock(event.at), named, said, spoken.get(event.pk, event.by.unit).short))


def _day(day: date) -> str:
    return moments.long_day(day)
