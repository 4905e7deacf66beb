"""/tuan-tra/<mã>/phieu/: the sheet that goes along on a patrol, and is filled in by hand at night where there is no screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.activities.models import OutcomeKind
from phoihop.domain.activities.queries.detail import Record
from phoihop.domain.activities.queries.parties import Party
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict
from phoihop.papers.cells import Cell, Column, Figure, Row, Table
from phoihop.papers.document import Blank, Document, Paragraph

from .. import moments
from ..base import Acting, acting, no_access
from ..patrols.seeing import SeenPatrol, address, now_and_today, of_patrol, record
from .facts import answer_of, span, way_of, word_of
from .heads import from_journal, in_vietnamese, paper
from .printing import printed


@acting("matter.view", time="none")
@of_patrol
def sheet(request: Acting, a: SeenPatrol) -> HttpResponse:
    """For who sees the patrol exactly: it tells route, time and strength."""
    if not a.exact:
        return no_access(request, Verdict("not-shared"), a.matter)
    return printed(
        request, document(request, a), f"Phiếu tuần tra {a.matter.code}", title=_("Phiếu tuần tra"), about=a.matter.code, back=address(a.matter.code)
    )


@in_vietnamese
def document(request: Acting, a: SeenPatrol) -> Document:
    _now, today = now_and_today()
    found = record(request, a)
    signers = tuple(f"Đại diện {party.unit.name}" for party in found.parties if party.strength)
    return paper(
        a.matter.lead, local_day(a.planned_start), kind="Phiếu tuần tra chung", abstract=str(a.matter.title or "") or way_of(a), signers=signers,
        body=(*_plan(a), _crew(found.parties, a), *_points(found), *_result(a, found)), provenance=from_journal(today),
    )  # fmt: skip


def _plan(a: SeenPatrol) -> tuple[Paragraph, ...]:
    """In few lines: what goes along at night is one leaf of paper. The route stands in the heading, unless the patrol has a name of its own."""
    said = [f"Mã: {a.matter.code}; địa bàn: {a.matter.area}", f"Thời gian theo kế hoạch: {span(a.planned_start, a.planned_end)}"]
    if a.matter.title:
        said.append(f"Tuyến: {way_of(a)}")
    if a.matter.exercise:
        said.append("DIỄN TẬP")
    return tuple(Paragraph(text, "left") for text in said)


def _crew(crew: Sequence[Party], a: SeenPatrol) -> Table:
    columns = (
        Column("Đơn vị", 3),
        Column("Trả lời", 1.3),
        Column("Tổ", 0.7, "right"),
        Column("Dự kiến", 0.9, "right"),
        Column("Có mặt", 0.9, "right"),
        Column("Xác nhận", 1.6),
    )
    return Table(columns, tuple(Row(_party(party, a)) for party in crew if party.strength), title="Lực lượng tham gia (tổ, người)", size=11)


def _party(party: Party, a: SeenPatrol) -> tuple[Cell, ...]:
    """What is not known yet is left blank, to be written by hand: a sheet is no report."""
    s = party.strength
    assert s is not None
    there: Cell = "" if s.people is None else Figure(s.people)
    return party.unit.name, answer_of(party), Figure(s.planned_teams), Figure(s.planned_people), there, word_of(party, a)


def _points(found: Record) -> tuple[Table, ...]:
    """The check-points of the route with the times that were tapped, blank where none was."""
    rows = tuple(
        Row((Figure(p.n), p.name, str(p.area), moments.clock(found.taps[p.pk].at) if p.pk in found.taps else "")) for p in found.points if p.n is not None
    )
    columns = (Column("TT", 0.5, "center"), Column("Điểm kiểm tra", 3), Column("Xã, phường", 2), Column("Giờ đến", 1, "center"))
    return (Table(columns, rows, title="Điểm kiểm tra", size=11),) if rows else ()


def _result(a: SeenPatrol, found: Record) -> tuple[Paragraph | Table | Blank, ...]:
    started, ended = a.started_at, a.ended_at
    hours = f"Thời gian thực tế: {span(started, ended)}" if started and ended else "Thời gian thực tế: từ ……… giờ ……… đến ……… giờ ………"
    counted = {o.kind: o.count for o in found.outcomes}
    told: list[tuple[Cell, Cell]] = [(str(kind.label), Figure(counted[kind]) if kind in counted else "") for kind in OutcomeKind]
    half = (len(told) + 1) // 2
    rows = tuple(Row((*left, *right)) for left, right in zip_longest(told[:half], told[half:], fillvalue=("", "")))
    table = Table((Column("Kết quả", 3), Column("Số lượng", 1, "right")) * 2, rows, size=11)
    note = (Paragraph(str(a.note)),) if a.note else (Blank(2),)
    return (
        Paragraph(hours, "left"),
        table,
        Paragraph("Ghi chú (không ghi họ tên, giấy tờ, số điện thoại của người dân):", "left"),
        *note,
    )
