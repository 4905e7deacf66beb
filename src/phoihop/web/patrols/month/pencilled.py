"""Patrols that are pencilled in on the month and not sent yet: "this patrol again, on that day, with that team".

They travel with the page as text, ``812@2026-12-12 815@2026-12-13#4``, so that nothing half planned lies in the database;
the browser keeps a copy until they are sent (js/drafts.js).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from phoihop.domain.activities.queries.again import drafts_by_patrol, on_day
from phoihop.domain.activities.queries.roster import Planned, Seat
from phoihop.domain.activities.rules import PatrolDraft, Slot, State
from phoihop.domain.people.models import Post
from phoihop.kernel.period import Period

_ONE = re.compile(r"^(\d{1,12})@(\d{4}-\d\d-\d\d)(?:#(\d{1,3}))?$")
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Pencilled:
    """``source``: the patrol that is repeated; ``team``: which of the own unit's teams goes, None: the same as then."""

    source: int
    day: date
    team: int | None = None

    def __str__(self) -> str:
        return f"{self.source}@{self.day.isoformat()}" + (f"#{self.team}" if self.team else "")


def read(text: str, days: Period) -> list[Pencilled]:
    """What the text says of these days, each patrol and day once."""
    found: dict[tuple[int, date], Pencilled] = {}
    for word in text.split()[:_MOST]:
        if (parts := _ONE.match(word)) and (day := _day(parts[2])) is not None and day in days:
            found[int(parts[1]), day] = Pencilled(int(parts[1]), day, int(parts[3]) if parts[3] else None)
    return sorted(found.values(), key=lambda p: (p.day, p.source))


def write(marks: Iterable[Pencilled]) -> str:
    return " ".join(map(str, marks))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A pencilled patrol with the plan that it amounts to. ``key`` is negative: it has none in the records yet; its code is its mark."""

    key: int
    mark: Pencilled
    draft: PatrolDraft

    def planned(self, lead: int) -> Planned:
        d = self.draft
        seats = tuple(Seat(p.unit.pk, p.unit.short, p.unit.force.code, p.team, p.teams, p.people) for p in d.parties)
        route = d.route.pk if d.route else None
        return Planned(self.key, str(self.mark), lead, self.mark.day, d.area.pk, State.PLANNED, True, 1, route, d.start, d.end, 0, seats)

    def slots(self) -> list[Slot]:
        return [Slot(p.unit.pk, p.team, self.draft.start, self.draft.end, self.key) for p in self.draft.parties]


def sketches(post: Post, marks: Sequence[Pencilled]) -> list[Sketch]:
    """The plans behind the marks; a mark that names a patrol of another lead is left out."""
    drafts = drafts_by_patrol(post, {mark.source for mark in marks})
    known = [mark for mark in marks if mark.source in drafts]
    return [Sketch(-n, mark, _drafted(post, drafts[mark.source], mark)) for n, mark in enumerate(known, 1)]


def _drafted(post: Post, source: PatrolDraft, mark: Pencilled) -> PatrolDraft:
    moved = on_day(source, mark.day)
    if mark.team is None:
        return moved
    return replace(moved, parties=[replace(p, team=mark.team) if p.unit.pk == post.unit_id else p for p in moved.parties])


def without_twins(marks: Iterable[Pencilled], drafts: dict[int, PatrolDraft], there: Collection[Planned]) -> list[Pencilled]:
    """The marks for which no patrol stands yet on the same route at the same hour."""
    taken = {(row.route or row.area, row.start) for row in there if row.exact and row.stands}
    fresh = []
    for mark in marks:
        draft = drafts.get(mark.source)
        if draft is None:
            continue
        where_when: tuple[int, datetime] = (draft.route.pk if draft.route else draft.area.pk, on_day(draft, mark.day).start)
        if where_when not in taken:
            taken.add(where_when)
            fresh.append(mark)
    return fresh


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
