"""What follows from the words on a patrol: who was there, who agrees, what came of it, where it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ...territory.models import Area
from ..models import Activity, Confirmation, Leg, Outcome, RouteArea, Strength, StrengthMeans
from ..rules import counts

_kept = KeptQueries()


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
    """Of the patrols on which somebody agrees; the same few queries for one and for two hundred, most of them kept: every act asks."""
    agreed = [a for a in activities if a.confirmed]
    found = {a.pk: Evidence() for a in agreed}
    if not found:
        return found
    for s in _kept.records_of(found, "strengths", _strengths):
        found[s.activity_id].strengths.append(s)
    for pk, unit, agrees in _kept.rows_of(found, "words", _words):
        found[pk].words[unit] = agrees
    counting = [a for a in agreed if counts(a)]
    keys = [a.pk for a in counting]
    owners = {s.pk: pk for pk in keys for s in found[pk].strengths}
    for strength, kind, count in _kept.rows_of(owners, "means", _means):
        found[owners[strength]].means.setdefault(strength, []).append(StrengthMeans(strength_id=strength, kind=kind, count=count))
    for pk, kind, count in _kept.rows_of(keys, "outcomes", _outcomes):
        found[pk].outcomes.append(Outcome(activity_id=pk, kind=kind, count=count))
    _touched(counting, found)
    return found


def _touched(activities: Sequence[Activity], found: dict[int, Evidence]) -> None:
    """The areas of the legs (those that were walked, where that was noted) and of the route, except the patrol's own."""
    legs: dict[int, list[tuple[int, bool]]] = {a.pk: [] for a in activities}
    for pk, area, walked_from in _kept.rows_of(legs, "legs", _legs):
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
    for route, area in _kept.rows_of(routes, "routes", _on_routes):
        areas.setdefault(route, []).append(area)
    return areas


def _strengths(patrols: Sequence[int]) -> QuerySet[Strength]:
    return Strength.objects.filter(activity__in=patrols).select_related("unit__force")


def _words(patrols: Sequence[int]) -> QuerySet[Any, Any]:
    return Confirmation.objects.filter(activity__in=patrols, live=True).values_list("activity", "unit", "agrees")


def _means(strengths: Sequence[int]) -> QuerySet[Any, Any]:
    return StrengthMeans.objects.filter(strength__in=strengths).order_by("pk").values_list("strength", "kind", "count")


def _outcomes(patrols: Sequence[int]) -> QuerySet[Any, Any]:
    return Outcome.objects.filter(activity__in=patrols).order_by("pk").values_list("activity", "kind", "count")


def _legs(patrols: Sequence[int]) -> QuerySet[Any, Any]:
    return Leg.objects.filter(activity__in=patrols).order_by("activity", "n").values_list("activity", "area", "actual_from")


def _on_routes(routes: Sequence[int]) -> QuerySet[Any, Any]:
    return RouteArea.objects.filter(route__in=routes).order_by("pk").values_list("route", "area")
