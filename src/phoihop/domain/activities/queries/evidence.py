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
    for s in Strength.objects.filter(activity__in=list(found)).select_related("unit__force"):
        found[s.activity_id].strengths.append(s)
    for pk, unit, agrees in Confirmation.objects.filter(activity__in=list(found), live=True).values_list("activity", "unit", "agrees"):
        found[pk].words[unit] = agrees
    counting = [a for a in agreed if counts(a)]
    keys = [a.pk for a in counting]
    owners = {s.pk: pk for pk in keys for s in found[pk].strengths}
    for one in StrengthMeans.objects.filter(strength__in=list(owners)).order_by("pk"):
        found[owners[one.strength_id]].means.setdefault(one.strength_id, []).append(one)
    for outcome in Outcome.objects.filter(activity__in=keys).order_by("pk"):
        found[outcome.activity_id].outcomes.append(outcome)
    _touched(counting, found)
    return found


def _touched(activities: Sequence[Activity], found: dict[int, Evidence]) -> None:
    """The areas of the legs (those that were walked, where that was noted) and of the route, except the patrol's own."""
    legs: dict[int, list[tuple[int, bool]]] = {a.pk: [] for a in activities}
    rows = Leg.objects.filter(activity__in=list(legs)).order_by("activity", "n")
    for pk, area, walked_from in rows.values_list("activity", "area", "actual_from"):
        legs[pk].append((area, walked_from is not None))
    on_routes = _areas_of_routes({a.route_id for a in activities if a.route_id})
    touched: dict[int, list[int]] = {}
    for a in activities:
        walked = [area for area, was in legs[a.pk] if was] or [area for area, _ in legs[a.pk]]
        touched[a.pk] = [area for area in dict.fromkeys([*walked, *on_routes.get(a.route_id or 0, ())]) if area != a.matter.area_id]
    others = {area for some in touched.values() for area in some}
    areas = Area.objects.in_bulk(others) if others else {}
    for pk, some in touched.items():
        found[pk].touched = {area: areas[area] for area in some}


def _areas_of_routes(routes: Collection[int]) -> dict[int, list[int]]:
    areas: dict[int, list[int]] = {}
    if routes:
        for route, area in RouteArea.objects.filter(route__in=routes).order_by("pk").values_list("route", "area"):
            areas.setdefault(route, []).append(area)
    return areas
