"""Who takes part in a patrol, and which teams are down where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from ...forces.models import Unit
from ...matters.models import Participation, PartState
from ...matters.queries.sight import OPEN_PARTS, REFUSED_PARTS, sight_of
from ...matters.rules import Facet, Sight, opens
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Confirmation, Strength
from ..rules import Grace, Slot, exact, state


@dataclass(frozen=True, slots=True)
class Party:
    """A unit of a patrol: its part (None for the first lead), its strength (None where it is not shown), its latest word."""

    unit: Unit
    leads: bool
    part: Participation | None
    strength: Strength | None
    word: Confirmation | None


def parties(viewer: Post, activity: Activity, now: datetime, grace: Grace, on: date, seen: Sight | None = None) -> list[Party]:
    """The units of a patrol, lead first, as far as the viewer sees them; strengths only where ``rules.exact`` shows them.

    ``seen``: what ``sight_of`` says, where it was just asked.
    """
    seen = sight_of(viewer, activity.matter, on) if seen is None else seen
    shown = exact(state(activity, now, grace), seen)
    parts = {p.unit_id: p for p in activity.matter.parts.select_related("unit__force", "reason")}
    words = {c.unit_id: c for c in activity.confirmations.filter(live=True).select_related("note")}
    strengths = {s.unit_id: s for s in activity.strengths.select_related("unit__force").prefetch_related("means")}
    units = {s.unit_id: s.unit for s in strengths.values()} | {p.unit_id: p.unit for p in parts.values()}
    lead = activity.matter.lead_id
    rows = [Party(u, pk == lead, parts.get(pk), strengths.get(pk) if shown else None, words.get(pk)) for pk, u in units.items()]
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
    stays_home = Exists(parts.filter(unit=OuterRef("unit"), state__in=(*REFUSED_PARTS, PartState.WITHDRAWN)))
    rows = Strength.objects.filter(mine, ~stays_home, activity__planned_start__lt=until, activity__planned_end__gt=first, activity__cancelled_at=None)
    found = rows.order_by("activity__planned_start", "pk").values_list("unit", "team", "activity__planned_start", "activity__planned_end", "activity")
    return [Slot(*row) for row in found]
