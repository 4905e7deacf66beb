"""What one line of a log says, as far as its own words go; and what is doubtful in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from phoihop.kernel.verdict import Verdict

from .finding import Doubt, Suggestion
from .layout import Column

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class PartyText:
    """A unit as the log names it. ``force``: only a force is named, the unit follows from the place. ``column``/``n``: the cell that says so."""

    text: str
    force: str
    people: int | None
    column: str
    n: int | None
    cell: str


@dataclass(slots=True)
class Reading:
    """A line understood. Names of units and places are still texts."""

    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    area: str = ""
    place: str = ""
    route: str = ""
    kind: str = ""
    armed: bool = False
    lead: str = ""
    parties: list[PartyText] = field(default_factory=list)
    lead_people: int | None = None
    other_people: int | None = None
    total: int | None = None
    teams: int | None = None
    means: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    note: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    where: dict[str, Column] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def doubt(self, verdict: Verdict, column: str, text: str = "", n: int | None = None, suggestions: tuple[Suggestion, ...] = ()) -> None:
        self.doubts.append(Doubt(column, verdict, text[:_LONGEST_TEXT], n, suggestions))

    def doubt_at(self, means: str, verdict: Verdict, suggestions: tuple[Suggestion, ...] = ()) -> None:
        """A doubt at the cell that a meaning was read from, or at the meaning when the log has no such column."""
        column = self.where.get(means)
        self.doubt(verdict, means, self.texts.get(means, ""), column.n if column else None, suggestions)
