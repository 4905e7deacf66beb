"""Short ways to put facts into the ledger of the small named world."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.figures.actions import ledger
from phoihop.domain.figures.rules import Posting
from phoihop.domain.matters.actions.journal import write
from phoihop.kernel.period import Period
from tests.world import NOON

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def event(w: SimpleNamespace, what: str = "figure.defined") -> m.Event:
    return write(by=w.lan, what=what, at=NOON)


def post(w: SimpleNamespace, measure: str, area: m.Area, day: date, value: int = 1, **more: Any) -> m.Fact:
    return ledger.post([(event(w), Posting(measure, area, day, value, **more))])[0]


def patrol(w: SimpleNamespace, area: m.Area, day: date, *forces: str, item: str = "road", **more: Any) -> m.Fact:
    """A joint patrol of these forces: each brings the lines that no force before it brought."""
    lines = {code: 1 << line.pk for code, line in w.lines.items()}
    ministry = {"QS": "BQP", "BP": "BQP", "DQ": "BQP", "CA": "BCA", "PC": "BCA"}
    fact = post(w, "TR.01", area, day, item=item, **more)
    units = {"CA": w.police_song, "DQ": w.militia_song, "BP": w.station, "QS": w.army}
    before = 0
    for code in forces:
        bits = lines[code] | lines[ministry[code]]
        ledger.share([(event(w), fact, units[code].pk, bits & ~before)])
        before |= bits
    return fact


def take_back(w: SimpleNamespace, *facts: m.Fact) -> None:
    for fact in facts:
        ledger.reverse([(event(w), fact)])
