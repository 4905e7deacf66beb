"""Who takes part in a patrol, and which teams are down where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from phoihop.kernel.at_once import at_once

from ...forces.models import Unit
from ...matters.models import Participation, PartState
from ...matters.queries.sight import OPEN_PARTS, REFUSED_PARTS, sight_of
from ...matters.rules import Facet, Sight, opens
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Confirmation, Strength, StrengthMeans
from ..rules import Grace, Slot, exact, state

GONE = (*REFUSED_PARTS, PartState.WITHDRAWN)
"""Who was asked and stays at home."""


@dataclass(frozen=True, slots=True)
class Party:
    """A unit of a patrol: its part (None for the first lead), its strength (None where it is not shown) with its means, its latest word."""

    unit: Unit
    leads: bool
    part: Participation | None
    strength: Strength | None
    word: Confirmation | None
    means: tuple[StrengthMeans, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it said no, or is asked no more."""
        return self.part is not None and self.part.state in GONE


_UNTOLD: tuple[Strength | None, tuple[StrengthMeans, ...]] = (None, ())


@dataclass(frozen=True, slots=True)
class Roll:
    """What is in the records of the units of one patrol, whoever looks."""

    parts: Sequence[Participation]
    words: Sequence[Confirmation]
    strengths: Sequence[Strength]
    means: Sequence[StrengthMeans]

    @property
    def means_of(self) -> dict[int, tuple[StrengthMeans, ...]]:
        """By strength."""
        found: dict[int, tuple[StrengthMeans, ...]] = {}
        for one in self.means:
            found[one.strength_id] = (*found.get(one.strength_id, ()), one)
        return found


def roll_of(a: Activity) -> tuple[QuerySet[Any], ...]:
    """The questions that a :class:`Roll` answers, to be asked at once."""
    return (
        Participation.objects.filter(matter=a.matter_id).select_related("unit__force", "reason").order_by("pk"),
        Confirmation.objects.filter(activity=a, live=True).select_related("note").order_by("pk"),
        Strength.objects.filter(activity=a).select_related("unit__force").order_by("pk"),
        StrengthMeans.objects.filter(strength__activity=a).order_by("pk"),
    )


def parties(viewer: Post, activity: Activity, now: datetime, grace: Grace, on: date, seen: Sight | None = None) -> list[Party]:
    """The units of a patrol, lead first, as far as the viewer sees them; strengths only where ``rules.exact`` shows them. One query.

    ``seen``: what ``sight_of`` says, where it was just asked.
    """
    seen = sight_of(viewer, activity.matter, on) if seen is None else seen
    return parties_among(viewer, activity, Roll(*at_once(*roll_of(activity))), seen, exact(state(activity, now, grace), seen))


def parties_among(viewer: Post, activity: Activity, roll: Roll, seen: Sight, shown: bool) -> list[Party]:
    """The same of what was read already. ``shown``: whether the viewer may see strengths."""
    parts, words = {p.unit_id: p for p in roll.parts}, {c.unit_id: c for c in roll.words}
    strengths, means = {s.unit_id: s for s in roll.strengths}, roll.means_of
    units = {s.unit_id: s.unit for s in roll.strengths} | {p.unit_id: p.unit for p in roll.parts}
    lead = activity.matter.lead_id
    told = {pk: (s, means.get(s.pk, ())) for pk, s in strengths.items() if shown}
    rows = [Party(unit, pk == lead, parts.get(pk), told.get(pk, _UNTOLD)[0], words.get(pk), told.get(pk, _UNTOLD)[1]) for pk, unit in units.items()]
    if not opens(seen, Facet.PARTIES):
        rows = [row for row in rows if row.unit.pk == viewer.unit_id and row.part is not None]
    return sorted(rows, key=lambda row: (not row.leads, row.unit.pk not in strengths, row.unit.force.order, row.unit.pk))


def slots(viewer: Post, first: datetime, until: datetime, on: date) -> list[Slot]:
    """Teams down between two moments for patrols that the viewer's unit leads or takes part in: what clashes are found in.

    Another unit's patrols with third parties are none of the viewer's business; that unit sees the clash when it is asked.
    """
    if not allowed(viewer, "patrol.plan", on):
        return []
    parts = Participation.objects.filter(matter=OuterRef("activity__matter"))
    mine = Q(activity__matter__lead=viewer.unit_id) | Exists(parts.filter(unit=viewer.unit_id, state__in=OPEN_PARTS))
    stays_home = Exists(parts.filter(unit=OuterRef("unit"), state__in=GONE))
    rows = Strength.objects.filter(mine, ~stays_home, activity__planned_start__lt=until, activity__planned_end__gt=first, activity__cancelled_at=None)
    found = rows.order_by("activity__planned_start", "pk").values_list("unit", "team", "activity__planned_start", "activity__planned_end", "activity")
    return [Slot(*row) for row in found]
