"""What a row of a table of duties lays down: its cells say by themselves what is done, who leads, who supports, how often and by when."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....matters.models import PartRole
from . import deadlines
from .acts import act_of
from .bodies import runs
from .cadence import cadences, cadences_of_cell
from .columns import cells_of
from .duties import each, level_mark, moved
from .plain import Line
from .proposal import DutyRead, Mark, RoleRead
from .roles import doings

_SAYS_WHO = re.compile(r"chủ trì|phối hợp|tham gia", re.IGNORECASE)
_NOBODY = re.compile(r"^[\W\d_]*$")
_OF_A_DAY = re.compile(r"\d|\bquý\b|\btháng\b|trước|sau|xong", re.IGNORECASE)


def duties_of_row(row: Line, columns: Mapping[str, int], year: int | None, level: str) -> list[DutyRead]:
    """One duty, or one for each cadence or day that the row names."""
    cell = cells_of(row, columns)
    what, when = cell["what"], cell.get("when", Line("", row.start))
    if not what.text:
        return []
    roles = _roles(cell)
    act = act_of(what.text)
    often = [m.moved(when.start) for m in cadences_of_cell(when.text)] or [m.moved(what.start) for m in cadences(what.text)]
    days = [m.moved(when.start) for m in deadlines.days_of_cell(when.text, year)]
    plain = DutyRead(
        row.start, row.until, moved(act, what.start), level_mark(roles, level), None, moved(deadlines.workdays(when.text), when.start),
        minutes=moved(deadlines.minutes(when.text), when.start), roles=tuple(roles),
    )  # fmt: skip
    return each(plain, often, days)


def unread_of_row(row: Line, columns: Mapping[str, int], duties: list[DutyRead]) -> list[Mark]:
    """The cell that says when, if nothing of it could be read (*Thường xuyên*, *Từ tháng 10 đến tháng 12*); and the one that says who directs."""
    cells = cells_of(row, columns)
    found = []
    when, directs = cells.get("when"), cells.get("directs")
    if when and any(c.isalnum() for c in when.text) and not any(d.cadence or d.on or d.days or d.workdays or d.minutes for d in duties):
        found.append(Mark(when.text, when.start, when.until, "unread-deadline" if _OF_A_DAY.search(when.text) else "unread-cadence", sure=False))
    if directs and duties and any(c.isalnum() for c in directs.text):
        found.append(Mark(directs.text, directs.start, directs.until, "unread-directs", sure=False))
    return sorted(found, key=lambda m: m.start)


def _roles(cell: Mapping[str, Line]) -> list[RoleRead]:
    """Of two columns, the bodies of each; of one that says it itself (*Công an xã chủ trì; các ấp phối hợp*), what it says."""
    found: list[RoleRead] = []
    for key, role in (("lead", PartRole.LEAD), ("support", PartRole.SUPPORT)):
        if key not in cell:
            continue
        if key == "lead" and _SAYS_WHO.search(cell[key].text):
            found += [r for doing in doings(cell[key].text, cell[key].start) for r in doing.roles]
        else:
            found += [RoleRead(role, m) for m in _in_cell(cell[key])]
    return found


def _in_cell(cell: Line) -> list[Mark]:
    """The bodies of a cell: those that are known by their word of kind, and what else stands between its commas and semicolons."""
    found = [Mark(b.text, cell.start + b.start, cell.start + b.until, "column") for run in runs(cell.text) for b in run]
    for m in re.finditer(r"[^,;]+", cell.text):
        name = m[0].strip(" .-")
        start = cell.start + m.start() + m[0].find(name)
        if not _NOBODY.match(name) and not any(f.start < start + len(name) and start < f.until for f in found):
            found.append(Mark(name, start, start + len(name), "column", sure=False))
    return sorted(found, key=lambda f: f.start)


__all__ = ["duties_of_row", "unread_of_row"]
