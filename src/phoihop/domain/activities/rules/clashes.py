"""The same team in two places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A team of a unit on a patrol, from when to when. ``activity``: 0 for one that is only being drafted."""

    unit: int
    team: int
    start: datetime
    end: datetime
    activity: int = 0


def clashes(slots: Iterable[Slot]) -> list[tuple[Slot, Slot]]:
    """Pairs of patrols for which the same team of a unit is down at the same time."""
    by_team: dict[tuple[int, int], list[Slot]] = {}
    for slot in slots:
        by_team.setdefault((slot.unit, slot.team), []).append(slot)
    found = []
    for rows in by_team.values():
        rows.sort(key=lambda s: (s.start, s.end, s.activity))
        for n, first in enumerate(rows):
            for second in rows[n + 1 :]:
                if second.start >= first.end:
                    break
                found.append((first, second))
    return found


def free_team(slots: Iterable[Slot], unit: int, start: datetime, end: datetime) -> int:
    """The lowest team number of a unit that is free between two moments: the fix offered for a clash."""
    busy = {s.team for s in slots if s.unit == unit and s.start < end and start < s.end}
    return next(n for n in range(1, len(busy) + 2) if n not in busy)
