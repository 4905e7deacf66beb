"""/tuan-tra/so/: the patrol book of the acting unit for a term, as it used to be kept by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.book import crews_of, outcomes_of
from phoihop.domain.activities.queries.patrols import patrols
from phoihop.domain.activities.queries.places import of_unit
from phoihop.domain.activities.rules import State
from phoihop.kernel.period import Period
from phoihop.papers.cells import Cell, Column, Figure, Row, Table
from phoihop.papers.document import Document, Paragraph

from .. import moments
from ..base import Acting, acting
from ..patrols.seeing import grace, now_and_today
from ..patrols.wording import hours, when_of
from ..terms import Term
from . import shorter
from .facts import outcomes, state_words, way_of
from .heads import from_journal, in_vietnamese, paper
from .printing import printed

MOST = 3_000
"""Patrols in one print: more than the busiest unit of a province has in a month."""
_COLUMNS = (
    Column("TT", 0.6, "center"), Column("Giờ", 1.4), Column("Mã", 2.45), Column("Địa bàn, tuyến", 2.9), Column("Chủ trì", 1.9), Column("Lực lượng", 2.8),
    Column("Người", 1.1, "right"), Column("Kết quả", 2.6), Column("Tình trạng", 1.6),
)  # fmt: skip


@acting("matter.view", time="term")
def book(request: Acting) -> HttpResponse:
    """A book that is longer than one print says so, and is printed by the month."""
    term = request.scope.term
    rows = list(of_term(request, term.period)[: MOST + 1])
    more = len(rows) > MOST
    made = document(request, rows[:MOST], term, more=more)
    parts = shorter.by_month(request, term.period) if more else []
    problem = shorter.on_page(MOST, shorter=bool(parts)) if more else ""
    return printed(request, made, f"Sổ tuần tra {term}", title=_("Sổ tuần tra"), about=term.label, problem=problem, parts=parts, back="/tuan-tra/")


def of_term(request: Acting, days: Period) -> Any:
    """The patrols that the unit leads or takes part in, in the order of their start."""
    now, today = now_and_today()
    rows = patrols(request.post, now, grace(), today).filter(of_unit(request.post.unit_id), day__gte=days.first, day__lt=days.until)
    return rows.select_related("matter__area", "matter__lead", "matter__title", "route").order_by("day", "planned_start", "pk")


@in_vietnamese
def document(request: Acting, rows: Sequence[Any], term: Term, *, more: bool = False) -> Document:
    _now, today = now_and_today()
    crews, found = crews_of(rows), outcomes_of(rows)
    lines: list[Row] = []
    n = 0
    for day, of_day in groupby(rows, key=lambda a: a.day):
        lines.append(Row((moments.long_day(day),), "group"))
        for a in of_day:
            n += 1
            lines.append(Row(_line(n, a, crews.get(a.pk, []), found.get(a.pk, []))))
    held = sum(1 for a in rows if a.state == State.HELD)
    said = Paragraph((Figure(len(rows)), " cuộc, trong đó ", Figure(held), " cuộc đã tổ chức và được ít nhất một bên khác xác nhận."), "left")
    body = (*([shorter.on_paper(MOST)] if more else []), said, Table(_COLUMNS, tuple(lines), size=11))
    return paper(
        request.post.unit, today, kind="Sổ tuần tra chung", abstract=term.label, body=body,
        signers=("Chỉ huy đơn vị", "Người lập sổ"), landscape=True, provenance=from_journal(min(term.period.last, today)),
    )  # fmt: skip


def _line(n: int, a: Any, crew: Sequence[tuple[str, int | None]], found: Sequence[tuple[str, int]]) -> tuple[Cell, ...]:
    """One that is not seen exactly has its commune, lead and state: what the unit may read of it."""
    where = f"{a.matter.area}; {way_of(a)}" if a.exact else str(a.matter.area)
    people = [count for _name, count in crew if count is not None]
    said = [name if count is None else f"{name} {count}" for name, count in crew]
    total = Figure(sum(people)) if people else None
    return (
        Figure(n), hours(*when_of(a)) if a.exact else "", a.matter.code, where, a.matter.lead.short, "; ".join(said), total if a.exact else "",
        outcomes(found), state_words(a.state),
    )  # fmt: skip
