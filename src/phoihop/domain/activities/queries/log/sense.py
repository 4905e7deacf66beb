"""A line of a log as a patrol of the records, ready for the actions of manual entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from phoihop.kernel.period import local_day

from ....forces.models import Unit
from ....matters.models import Matter
from ....territory.models import Area
from ...models import Activity, Route
from ...rules import Counted, PartyDraft, PatrolDraft, Result
from ...rules.importing import content_of
from ...rules.log.cells import words
from ...rules.log.finding import Doubt
from ...rules.log.reading import PartyText, Reading


@dataclass(slots=True)
class Taking:
    """A unit that takes part, its headcount (None: the log does not say), and the text that names it."""

    unit: Unit
    people: int | None
    said: PartyText


@dataclass(slots=True)
class Sense:
    """What a line comes to. ``values`` is what is kept of it (keys of records, moments, counts); without doubts it can be imported."""

    reading: Reading
    values: dict[str, Any] = field(default_factory=dict)
    content: str = ""
    area: Area | None = None
    route: Route | None = None
    parties: list[Taking] = field(default_factory=list)

    @property
    def doubts(self) -> list[Doubt]:
        return self.reading.doubts


def draft_of(s: Sense, lead: Unit) -> PatrolDraft:
    """The plan that the line amounts to, not planned beforehand. A way that is no route of the unit becomes its title."""
    r = s.reading
    assert r.start and r.end and s.area
    teams = r.teams if r.teams is not None else 1
    parties = [PartyDraft(t.unit, t.people or 0, teams if t.unit.pk == lead.pk else 1) for t in s.parties]
    title = "" if s.route else r.route
    return PatrolDraft(r.start, r.end, s.area, r.kind, parties, s.route, r.armed, title, planned=False)


def result_of(s: Sense, lead: Unit, activity: Activity | None = None) -> Result:
    """The result that the line states, of its patrol or, before that exists, of one like it. Teams and means are the lead's."""
    r = s.reading
    assert r.start and r.end
    teams = r.teams if r.teams is not None else 1
    counted = [Counted(t.unit, t.people or 0, teams if t.unit.pk == lead.pk else 1, r.means if t.unit.pk == lead.pk else {}) for t in s.parties]
    of = activity or Activity(matter=Matter(lead=lead), planned_start=r.start, planned_end=r.end, day=local_day(r.start))
    return Result(of, of.version, True, r.start, r.end, counted, r.outcomes, note_of(r))


def note_of(r: Reading) -> str:
    """The line's own words: the place, then result and note."""
    place = f"Địa điểm: {r.place}" if r.place and r.area else ""
    return "\n".join(text for text in (place, r.note) if text)


def values_of(s: Sense) -> dict[str, Any]:
    """What is kept of a line's sense: keys of records, moments, counts."""
    r = s.reading
    return {
        "day": r.day.isoformat() if r.day else None,
        "start": r.start.isoformat() if r.start else None,
        "end": r.end.isoformat() if r.end else None,
        "area": s.area.pk if s.area else None,
        "route": s.route.pk if s.route else None,
        "kind": r.kind,
        "armed": r.armed,
        "parties": [[t.unit.pk, t.people] for t in s.parties],
        "teams": r.teams,
        "means": r.means,
        "outcomes": r.outcomes,
    }


def content_in(s: Sense, lead: Unit) -> str:
    """The digest by which the same patrol is known again; empty while a line lacks what it takes."""
    r = s.reading
    if not (r.start and r.end and s.area and s.parties):
        return ""
    return content_of(lead.key, r.start, r.end, _where(s), [t.unit.key for t in s.parties])


def _where(s: Sense) -> str:
    """The place in a line's content: its route, or its commune with what the log calls the way and the spot."""
    if s.route is not None:
        return f"route {s.route.pk}"
    assert s.area is not None
    return f"area {s.area.code} {words(s.reading.route)} {words(s.reading.place)}"
