"""The board of a month: lines by days. A cell holds strips of the forces that go, tall at night, short by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phoihop.domain.activities.models import Route
from phoihop.domain.activities.queries.roster import Planned
from phoihop.domain.activities.rules.shifts import Shift
from phoihop.kernel.period import Period
from phoihop.kernel.workdays import SATURDAY

from ... import moments


@dataclass(frozen=True, slots=True)
class Head:
    """A day as the head of a column. ``off``: the name of the public holiday, or nothing."""

    day: date
    weekend: bool
    today: bool
    off: str = ""

    @property
    def weekday(self) -> str:
        return str(moments.SHORT_WEEKDAYS[self.day.weekday()])

    @property
    def css(self) -> str:
        return " ".join(name for name, holds in (("we", self.weekend), ("now", self.today), ("off", self.off)) if holds)


@dataclass(slots=True)
class Cell:
    """``patrols``: night before day. ``gap``: the cadence of the route is missed here. ``clash``: a team is down twice."""

    head: Head
    patrols: list[Planned] = field(default_factory=list)
    gap: bool = False
    clash: bool = False


@dataclass(slots=True)
class Line:
    """A line of the board. ``key`` names it in the page: ``r12`` a route, ``u34`` a unit, ``a56`` a commune, ``x`` what is not shown exactly."""

    key: str
    cells: list[Cell]
    code: str = ""
    name: str = ""
    url: str = ""
    forces: tuple[str, ...] = ()
    route: Route | None = None
    night: int = 0
    day: int = 0

    @property
    def of_unit(self) -> bool:
        return self.key.startswith("u")

    @property
    def total(self) -> int:
        return sum(1 for cell in self.cells for row in cell.patrols if row.stands)


@dataclass(slots=True)
class Group:
    icon: str
    label: Any
    lines: list[Line]


@dataclass(slots=True)
class Board:
    heads: list[Head]
    groups: list[Group]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


def heads_of(days: Period, today: date, holidays: Mapping[date, str]) -> list[Head]:
    return [Head(day, day.weekday() >= SATURDAY, day == today, holidays.get(day, "")) for day in days.days()]


def line_of(key: str, heads: Sequence[Head], rows: Iterable[Planned], **said: Any) -> Line:
    """A line with each patrol in the cell of its day, those of the night first; its forces in the order in which they appear, the lead first."""
    cells = {head.day: Cell(head) for head in heads}
    forces: dict[str, None] = {}
    for row in rows:
        if row.day in cells:
            cells[row.day].patrols.append(row)
            forces.update(dict.fromkeys(seat.force for seat in row.seats))
    for cell in cells.values():
        cell.patrols.sort(key=lambda row: (row.shift is not Shift.NIGHT, row.start is None, row.start, row.pk))
    return Line(key, list(cells.values()), forces=tuple(forces)[:4], **said)


def by(rows: Iterable[Planned], key: Callable[[Planned], Any]) -> dict[Any, list[Planned]]:
    found: dict[Any, list[Planned]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def day_totals(heads: Sequence[Head], rows: Iterable[Planned]) -> list[int]:
    counts = Counter(row.day for row in rows if row.stands)
    return [counts[head.day] for head in heads]
