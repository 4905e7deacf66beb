"""What the figures of a patrol rest on: who was there, who agrees, what came of it, where it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ...territory.models import Area
from ..models import Activity, Confirmation, Leg, Outcome, RouteArea, Strength


@dataclass(slots=True)
class Evidence:
    """Of one patrol. ``agreed``: units whose live word agrees; ``touched``: areas beside its own."""

    strengths: list[Strength] = field(default_factory=list)
    agreed: set[int] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    touched: dict[int, Area] = field(default_factory=dict)

    def speaking(self, recorder: int | None) -> list[Strength]:
        """The strengths that count: of the unit that recorded the result, then of those that agree."""
        there = [s for s in self.strengths if s.unit_id == recorder or s.unit_id in self.agreed]
        return sorted(there, key=lambda s: (s.unit_id != recorder, s.unit_id))


def evidence(activities: Sequence[Activity]) -> dict[int, Evidence]:
    """By patrol; the same few queries for one and for two hundred."""
    found = {a.pk: Evidence() for a in activities}
    if not found:
        return found
    keys = list(found)
    for s in Strength.objects.filter(activity__in=keys).select_related("unit__force").prefetch_related("means"):
        found[s.activity_id].strengths.append(s)
    for pk, unit in Confirmation.objects.filter(activity__in=keys, live=True, agrees=True).values_list("activity", "unit"):
        found[pk].agreed.add(unit)
    for outcome in Outcome.objects.filter(activity__in=keys, count__gt=0):
        found[outcome.activity_id].outcomes.append(outcome)
    _touched(activities, found)
    return found


def _touched(activities: Sequence[Activity], found: dict[int, Evidence]) -> None:
    """The areas of the legs (those that were walked, where that was noted) and of the route, except the patrol's own."""
    legs: dict[int, list[Leg]] = {pk: [] for pk in found}
    for leg in Leg.objects.filter(activity__in=list(found)).select_related("area").order_by("activity", "n"):
        legs[leg.activity_id].append(leg)
    on_routes = _areas_of_routes({a.route_id for a in activities if a.route_id})
    for a in activities:
        walked = [leg for leg in legs[a.pk] if leg.actual_from] or legs[a.pk]
        areas = [leg.area for leg in walked] + on_routes.get(a.route_id or 0, [])
        found[a.pk].touched = {area.pk: area for area in areas if area.pk != a.matter.area_id}


def _areas_of_routes(routes: Collection[int]) -> dict[int, list[Area]]:
    areas: dict[int, list[Area]] = {}
    if routes:
        for on_route in RouteArea.objects.filter(route__in=routes).select_related("area").order_by("pk"):
            areas.setdefault(on_route.route_id, []).append(on_route.area)
    return areas
