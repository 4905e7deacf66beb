"""Everything there is to one patrol, as far as a post sees it: read together, however much hangs on it.

The patrol itself comes from :func:`.patrols.patrols`, which says whether and how exactly the viewer sees it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.at_once import at_once

from ...forces.models import Unit
from ...matters.models import Attachment, Body, Event, Grant, JoinRequest, Note, Recall
from ...matters.queries.journal import events_of
from ...matters.queries.notes import attachments_of, notes_of
from ...matters.queries.parts import grants_led, requests_led
from ...matters.queries.recalls import recalls_of
from ...matters.rules import Sight
from ...people.models import Post
from ..models import Activity, Checkpoint, CheckTap, Leg, Outcome, RouteArea, Strength
from ..rules import Grace, exact, state
from .parties import Party, Roll, parties_among, roll_of
from .statements import Asked, own_strength, statement_among


@dataclass(frozen=True, slots=True)
class Record:
    """What was planned and what came of it. Where the viewer may not see it exactly, all but the parties is empty.

    ``points``: the check-points of its route in order, then tapped ones that are no longer on it; ``along``: the communes of the route.
    """

    parties: Sequence[Party]
    legs: Sequence[Leg] = ()
    points: Sequence[Checkpoint] = ()
    taps: Mapping[int, CheckTap] = field(default_factory=dict)
    along: Sequence[RouteArea] = ()
    outcomes: Sequence[Outcome] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what it says in codes and numbers (nothing, for who takes no part), and the texts it names."""

    event: Event
    fact: Mapping[str, Any]
    texts: Sequence[Body]


@dataclass(frozen=True, slots=True)
class Detail:
    """A record, what the viewer's unit is asked to confirm of it, and everything that hangs on its matter.

    ``mine``: how the lead counted the unit for which the viewer may speak of the result, however much that unit sees of the rest.
    ``units``: the names of units by the keys that events tell them with; ``names``: of check-points by number.
    """

    record: Record
    asked: Asked | None
    mine: Strength | None
    events: Sequence[Told]
    units: Mapping[str, str]
    names: Mapping[int, str]
    notes: Sequence[Note]
    files: Sequence[Attachment]
    recalls: Sequence[Recall]
    requests: Sequence[JoinRequest]
    grants: Sequence[Grant]

    def text(self, pk: int) -> Body:
        """A text of the story by its number. Raises KeyError for one that is not in it."""
        return {body.pk: body for body in (*(b for told in self.events for b in told.texts), *(note.body for note in self.notes))}[pk]


def record_of(viewer: Post, a: Activity, now: datetime, grace: Grace, seen: Sight) -> Record:
    """``seen``: what the patrol was found with. One query."""
    shown = exact(state(a, now, grace), seen)
    return _record(viewer, a, seen, shown, at_once(*roll_of(a), *_course_of(a, shown)))[0]


def detail(viewer: Post, a: Activity, now: datetime, grace: Grace, on: date, seen: Sight) -> Detail:
    """The same with everything around it. Two queries."""
    shown = exact(state(a, now, grace), seen)
    around = (
        events_of(viewer, a.matter, on, seen), notes_of(viewer, a.matter, on, seen), attachments_of(viewer, a.matter, on, seen),
        recalls_of(viewer, a.matter, on, seen), requests_led(viewer, a.matter, on), grants_led(viewer, a.matter, on),
    )  # fmt: skip
    *walked, events, notes, files, recalls, requests, grants = at_once(*roll_of(a), *_course_of(a, shown), *around)
    record, roll = _record(viewer, a, seen, shown, walked)
    facts = [json.loads(event.told) if event.told else {} for event in events]
    units = {unit.key: unit.name for unit in (*(p.unit for p in roll.parts), *(event.by.unit for event in events))}
    bodies, others = _named(facts, units)
    told = [Told(event, fact, [bodies[pk] for pk in _texts(fact) if pk in bodies]) for event, fact in zip(events, facts, strict=True)]
    names = {point.pk: point.name for point in record.points}
    asked = statement_among(viewer, a, roll, record.outcomes, on) if seen is Sight.WHOLE else None
    return Detail(record, asked, own_strength(viewer, a, roll, on), told, units | others, names, notes, files, recalls, requests, grants)


def _course_of(a: Activity, shown: bool) -> tuple[QuerySet[Any], ...]:
    if not shown:
        return Leg.objects.none(), Checkpoint.objects.none(), CheckTap.objects.none(), RouteArea.objects.none(), Outcome.objects.none()
    return (
        Leg.objects.filter(activity=a).select_related("area").order_by("n"),
        Checkpoint.objects.filter(route=a.route_id, n__isnull=False).select_related("area").order_by("n"),
        CheckTap.objects.filter(activity=a).select_related("unit__force", "checkpoint__area").order_by("at", "pk"),
        RouteArea.objects.filter(route=a.route_id).select_related("area").order_by("pk"),
        Outcome.objects.filter(activity=a).order_by("pk"),
    )


def _record(viewer: Post, a: Activity, seen: Sight, shown: bool, found: Sequence[Any]) -> tuple[Record, Roll]:
    parts, words, strengths, means, legs, points, taps, along, outcomes = found
    roll = Roll(parts, words, strengths, means)
    there = {point.pk for point in points}
    left = [tap.checkpoint for tap in taps if tap.checkpoint_id not in there]
    by_point = {tap.checkpoint_id: tap for tap in taps}
    return Record(parties_among(viewer, a, roll, seen, shown), legs, [*points, *left], by_point, along, outcomes), roll


def _named(facts: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> tuple[dict[int, Body], dict[str, str]]:
    """The texts and the units that events tell of by number and key; units that are known already are not asked for."""
    keys = {fact["unit"] for fact in facts if isinstance(fact.get("unit"), str)} - set(known)
    texts = Body.objects.filter(pk__in=[pk for fact in facts for pk in _texts(fact)])
    bodies, units = at_once(texts, Unit.objects.filter(key__in=keys))
    return {body.pk: body for body in bodies}, {unit.key: unit.name for unit in units}


def _texts(fact: Mapping[str, Any]) -> Iterable[int]:
    return (value["text"] for value in fact.values() if isinstance(value, dict) and "text" in value)
