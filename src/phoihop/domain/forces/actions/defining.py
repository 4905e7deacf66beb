"""The forces themselves: their faces, the lines in which they count, and what each decree needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting

from ..models import Force, ForceFace, Line, LineMember, LineNeed
from ..rules import judging
from ..rules.packaged import end_of, period_of, rows


@action
def define_forces(*, by: Acting, at: datetime) -> dict[str, int]:
    """Bring forces, faces, lines and decrees to what ships with the program. Again, it changes nothing."""
    judging.may_define(by, local_day(at)).enforce()
    forces = {row["code"]: _force(row) for row in rows("forces")}
    lines = {row["code"]: _line(row) for row in rows("lines")}
    new = {
        "faces": sum(_face(row, forces[row["code"]]) for row in rows("forces")),
        "members": sum(_member(row, lines[row["line"]], forces[row["force"]]) for row in rows("members")),
        "needs": sum(_need(row, lines[row["line"]], lines[row["of"]]) for row in rows("needs")),
    }
    write(by=by, what="force.defined", at=at, forces=sorted(forces), lines={code: line.pk for code, line in lines.items()}, new=new)
    return new


def _force(row: Mapping[str, str]) -> Force:
    return Force.objects.update_or_create(code=row["code"], defaults={"order": int(row["order"])})[0]


def _face(row: Mapping[str, str], force: Force) -> int:
    shown = {name: row[name] for name in ("name", "name_en", "monogram", "colour", "colour_dark")}
    return int(ForceFace.objects.update_or_create(force=force, valid_from=date.fromisoformat(row["valid_from"]), defaults=shown)[1])


def _line(row: Mapping[str, str]) -> Line:
    """A line's key is its bit in the ledger: given by the table, never by the database."""
    told = {name: row[name] for name in ("code", "kind", "name", "name_en")}
    return Line.objects.update_or_create(pk=int(row["bit"]), defaults={**told, "least_forces": int(row["least_forces"])})[0]


def _member(row: Mapping[str, str], line: Line, force: Force) -> int:
    period = period_of(row)
    return int(LineMember.objects.update_or_create(line=line, force=force, valid_from=period.first, defaults={"valid_until": end_of(period)})[1])


def _need(row: Mapping[str, str], line: Line, of: Line) -> int:
    period = period_of(row)
    return int(LineNeed.objects.update_or_create(line=line, of=of, valid_from=period.first, defaults={"valid_until": end_of(period)})[1])
