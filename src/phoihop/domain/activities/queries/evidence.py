"""What follows from the words on a patrol: who was there, who agrees, what came of it, where it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ...territory.models import Area
from ..models import Activity, Confirmation, Leg, Outcome, RouteArea, Strength, StrengthMeans
from ..rules import counts


@dataclass(slots=True)
class Evidence:
    """Of one patrol. ``words``: what each unit says now; ``means`` by strength; ``touched``: areas beside its own."""

    strengths: list[Strength] = field(default_factory=list)
    words: dict[int, bool] = field(default_factory=dict)
    means: dict[int, list[StrengthMeans]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    touched: dict[int, Area] = field(default_factory=dict)

    def present(self) -> set[int]:
        """The units that were there, as the lead counted them."""
        return {s.unit_id for s in self.strengths if s.people}

    def speaking(self, recorder: int | None) -> list[Strength]:
        """The strengths that count: of the unit that recorded the result, then of those that agree."""
        there = [s for s in self.strengths if s.unit_id == recorder or self.words.get(s.unit_id)]
        return sorted(there, key=lambda s: (s.unit_id != recorder, s.unit_id))


def evidence(activities: Sequence[Activity]) -> dict[int, Evidence]:
    """Of the patrols on which somebody agrees; the same few queries for one and for two hundred."""
    agreed = [a for a in activities if a.confirmed]
    found = {a.pk: Evidence() for a in agreed}
    if not found:
        return found
    for s in Strength.objects.filter(activity__in=list(found)).prefetch_related("unit__force"):
        found[s.activity_id].strengths.append(s)
    for pk, unit, agrees in Confirmation.objects.filter(activity__in=list(found), live=True).values_list("activity", "unit", "agrees"):
        found[pk].words[unit] = agrees
    counting = [a for a in agreed if counts(a)]
    keys = [a.pk for a in counting]
    for one in StrengthMeans.objects.filter(strength__activity__in=keys).select_related("strength").order_by("pk"):
        found[one.strength.activity_id].means.setdefault(one.strength_id, []).append(one)
    for outcome in Outcome.objects.filter(activity__in=keys).order_by("pk"):
        found[outcome.activity_id].outcomes.append(outcome)
    _touched(counting, found)
    return found


def _touched(activities: Sequence[Activity], found: dict[int, Evidence]) -> None:
    """The areas of the legs (those that were walked, where that was noted) and of the route, except the patrol's own."""
    legs: dict[int, list[Leg]] = {a.pk: [] for a in activities}
    for leg in Leg.objects.filter(activity__in=list(legs)).prefetch_related("area").order_by("activity", "n"):
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
