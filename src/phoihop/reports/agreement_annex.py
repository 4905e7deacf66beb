"""What a plan lays down beside its clauses, as an appendix of the document: who stands where, what is to be ready, the steps, the needs.

The parties sign it together with the clauses, so it is printed with them; where posts are not the reader's to see, their number alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from phoihop.domain.agreements.models import Step, StepRole
from phoihop.domain.agreements.queries.plans import Arranged
from phoihop.domain.forces.queries.faces import Face, faces
from phoihop.domain.matters.models import PartRole
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.period import HOME
from phoihop.papers.cells import Column, Figure, Row, Table
from phoihop.papers.document import Appendix, Block, Paragraph

TITLE = "Bố trí lực lượng, chuẩn bị, các bước xử lý và nhu cầu"
_UNITS = ((1440, "ngày"), (60, "giờ"), (1, "phút"))


def annex(there: Arranged, on: date) -> tuple[Appendix, ...]:
    """One appendix, or none where nothing is laid down beside the clauses. Forces are called as on the day ``on``."""
    return (Appendix(TITLE, tuple(_blocks(there, faces(on)))),) if there else ()


def _blocks(there: Arranged, called: Mapping[str, Face]) -> Iterable[Block]:
    if there.posts:
        columns = (Column("Loại", 2), Column("Vị trí", 4), Column("Đơn vị", 4), Column("Số người", 1.5, "right"), Column("Từ", 2.5), Column("Đến", 2.5))
        rows = [(p.get_kind_display(), p.place.text, p.unit.name, Figure(p.people), _moment(p.since), _moment(p.until)) for p in there.posts]
        yield Table(columns, tuple(Row(cells) for cells in rows), title="Chốt, tổ", size=11)
    elif there.hidden:
        yield Paragraph(f"Chốt, tổ: {there.hidden}; vị trí chỉ các bên tham gia xem được.")
    if there.checks:
        checks = [(c.what.text, c.unit.name, _moment(c.due_at)) for c in there.checks]
        yield Table((Column("Việc phải chuẩn bị", 5), Column("Đơn vị", 3), Column("Xong trước", 2)), tuple(map(Row, checks)), title="Chuẩn bị", size=11)
    if there.phases:
        yield Table(
            (Column("Làm gì", 5), Column("Trong", 1.5), Column("Chủ trì", 3), Column("Phối hợp", 4)),
            tuple(_steps(there, called)),
            title="Các bước xử lý",
            size=11,
        )
    if there.needs:
        needs = [(n.get_spot_display(), n.get_kind_display(), Figure(n.amount)) for n in there.needs]
        yield Table((Column("Thuộc", 4), Column("Cần gì", 4), Column("Số cần", 2, "right")), tuple(map(Row, needs)), title="Nhu cầu", size=11)


def _steps(there: Arranged, called: Mapping[str, Face]) -> Iterable[Row]:
    for phase in there.phases:
        yield Row((phase.name.text,), "group")
        for step in sorted(phase.steps.all(), key=lambda s: s.order):
            yield Row((step.what.text, _within(step.within_minutes), _who(step, called, lead=True), _who(step, called, lead=False)))


def _who(step: Step, called: Mapping[str, Face], *, lead: bool) -> str:
    """A named unit, or a force wherever the plan is opened."""
    return ", ".join(_name(r, called) for r in step.roles.all() if (r.role == PartRole.LEAD) is lead)


def _name(role: StepRole, called: Mapping[str, Face]) -> str:
    if role.unit is not None or role.force is None:
        return role.unit.name if role.unit else ""
    return called[role.force.code].name if role.force.code in called else role.force.code


def _within(minutes: int) -> str:
    count, words = next((minutes // unit, words) for unit, words in _UNITS if minutes % unit == 0)
    return f"{count} {words}"


def _moment(at: datetime) -> str:
    here = at.astimezone(HOME)
    return f"{here:%H:%M} {day_text(here.date())}"
