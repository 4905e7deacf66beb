"""Patrols by where they are and whose they are: in an area as it was on their day, of a unit; and which communes they touch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from ...matters.models import Participation
from ...matters.queries.sight import OPEN_PARTS
from ...territory.models import Area, AreaClosure
from ...territory.queries import made_of
from ..models import Leg, RouteArea

M = TypeVar("M", bound=Model)


def within(area: Area, since: date) -> Q:
    """The condition that an activity lies in an area as that was on its day; before the area began, in what it was made of."""
    areas = [area] if area.valid_from <= since else [area, *made_of(area, since).areas]
    day = OuterRef("day")
    above = AreaClosure.objects.filter(ancestor__in=areas, area=OuterRef("matter__area"), valid_from__lte=day, valid_until__gt=day)
    return Q(Exists(above))


def of_unit(unit: int) -> Q:
    """The condition that a unit leads an activity, or takes part in it or was asked to."""
    parts = Participation.objects.filter(matter=OuterRef("matter"), unit=unit, state__in=OPEN_PARTS)
    return Q(matter__lead=unit) | Q(Exists(parts))


def with_force(code: str) -> Q:
    """The condition that a unit of a force takes part in an activity, besides its lead, or was asked to."""
    return Q(Exists(Participation.objects.filter(matter=OuterRef("matter"), state__in=OPEN_PARTS, unit__force__code=code)))


def touched(activities: QuerySet[M]) -> Iterable[tuple[int, int]]:
    """Pairs of an activity and an area that its legs or its route touch, besides where it is counted."""
    yield from Leg.objects.filter(activity__in=activities).values_list("activity", "area").distinct()
    yield from RouteArea.objects.filter(route__activities__in=activities).values_list("route__activities", "area")
