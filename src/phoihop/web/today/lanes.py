"""What stands on the ribbon of a day: areas (or units) with their bars in lanes, and how many of them one sheet of paper holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.situation import Told

BESIDE = {State.LATE: "late", State.MISSING: "missing"}
"""States that are written beside the bar, with their class."""

WORDS_TAKE = 170
"""About how many minutes of the axis the words beside a bar cover."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Pixels. ``worded``: a lane whose bars have words beside them, so that the words of two lanes do not touch; ``hidden``: words without hours."""

    lane: int
    worded: int
    hidden: int
    bar: int
    pad: int
    least: int


TOP = 22
SCREEN = Measure(lane=11, worded=16, hidden=14, bar=7, pad=5, least=19)
PAPER = Measure(lane=9, worded=14, hidden=13, bar=6, pad=3, least=16)
AS_IT_IS = 300
"""So high a ribbon stands on one sheet below the longest lists of a board as it is on the screen, which today.css prints at eight tenths."""

SHEET, LOCAL_SHEET = 400, 340
"""So much of PAPER, printed at seven tenths, stands below them on the board of a province, and of a commune, whose own patrols are listed, too."""


class Bar(NamedTuple):
    """From and to in minutes since six; ``done``: until when it is filled, of one under way; ``before``: words stand before it, not behind."""

    patrol: OnDuty
    start: float
    end: float
    done: float
    before: bool

    def takes(self) -> tuple[float, float]:
        """From and to with the words beside it."""
        if self.patrol.state not in BESIDE:
            return self.start, self.end + 6
        return (self.start - WORDS_TAKE, self.end + 6) if self.before else (self.start, self.end + WORDS_TAKE)


@dataclass(slots=True)
class Line:
    """An area (or a unit) and its bars, laid in lanes so that none covers another. ``counts``: of all its patrols, also those without hours."""

    name: str
    url: str
    bars: list[Bar] = field(default_factory=list)
    hidden: Counter[Told] = field(default_factory=Counter)
    counts: Counter[Told] = field(default_factory=Counter)

    def lanes(self) -> list[list[Bar]]:
        lanes: list[list[Bar]] = []
        ends: list[float] = []
        for bar in sorted(self.bars, key=Bar.takes):
            begins, stops = bar.takes()
            at = next((n for n, end in enumerate(ends) if end <= begins), len(ends))
            if at == len(ends):
                ends.append(stops)
                lanes.append([])
            ends[at] = stops
            lanes[at].append(bar)
        return lanes


@dataclass(frozen=True, slots=True)
class Laid:
    """A line as high as its lanes are. ``depths``: of each lane."""

    line: Line
    lanes: Sequence[Sequence[Bar]]
    depths: Sequence[int]
    height: float


def laid(line: Line, m: Measure) -> Laid:
    lanes = line.lanes()
    depths = [m.worded if any(bar.patrol.state in BESIDE for bar in lane) else m.lane for lane in lanes]
    return Laid(line, lanes, depths, max(sum(depths) + (m.hidden if line.hidden else 0) + 2 * m.pad - 3, m.least))


def for_a_sheet(lines: Iterable[Line], sheet: int) -> tuple[list[Laid], list[Line]]:
    """As many lines as one sheet holds, in their order, and the others: whatever is late or lacks its result comes before what is out, that before the rest."""
    there = [laid(line, PAPER) for line in lines]
    chosen: set[int] = set()
    room = float(sheet - TOP)
    for n in sorted(range(len(there)), key=lambda n: _rank(there[n].line)):
        if there[n].height <= room:
            chosen.add(n)
            room -= there[n].height
    return [one for n, one in enumerate(there) if n in chosen], [one.line for n, one in enumerate(there) if n not in chosen]


def _rank(line: Line) -> tuple[int, ...]:
    return tuple(-line.counts[told] for told in (Told.LATE, Told.MISSING, Told.UNDER_WAY))


def patrols_on(lines: Collection[Line], *told: Told) -> int:
    """How many patrols lines have; ``told``: only those of which that is told."""
    return sum(n for line in lines for of, n in line.counts.items() if not told or of in told)
