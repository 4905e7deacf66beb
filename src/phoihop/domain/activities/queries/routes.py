"""Routes, for whoever plans on them or walks them. Where a route leads tells where patrols will be: it is not for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.period import Period

from ...forces.models import UnitClosure
from ...matters.models import Participation
from ...matters.queries.sight import OPEN_PARTS
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Checkpoint, Route

_kept = KeptQueries()
_UNIT, _ON, _FIRST, _UNTIL = -7_202_512, *(date(1826, 11, day) for day in (22, 23, 24))
"""Marks (``kernel.kept_queries``) for the viewer's unit, the day of asking, the first day and the day after the last."""


def routes_of(viewer: Post, days: Period, on: date) -> QuerySet[Route]:
    """The routes that a post knows and that were in use on one of these days."""
    return routes_known(viewer, on).filter(_in_use(days)).select_related("owner__force", "area").order_by("kind", "code", "pk")


def routes_named(viewer: Post, days: Period, on: date) -> list[tuple[Any, ...]]:
    """Of the same routes, in the same order, key, code and name: what the filters of a list offer."""
    if not allowed(viewer, "matter.view", on):
        return []

    def make() -> QuerySet[Any, Any]:
        rows = Route.objects.filter(_known_to(_UNIT, _ON)).filter(_in_use(Period(_FIRST, _UNTIL)))
        return rows.order_by("kind", "code", "pk").values_list("pk", "code", "name")

    return _kept.rows("named", make, {_UNIT: viewer.unit_id, _ON: on, _FIRST: days.first, _UNTIL: days.until})


def routes_known(viewer: Post, on: date) -> QuerySet[Route]:
    """The routes that a post knows: its unit's, those of units it directs, and those of patrols it leads or takes part in."""
    return Route.objects.filter(_known_to(viewer.unit_id, on)) if allowed(viewer, "matter.view", on) else Route.objects.none()


def _in_use(days: Period) -> Q:
    return Q(valid_from__lt=days.until) & (Q(valid_until=None) | Q(valid_until__gt=days.first))


def _known_to(unit: int, on: date) -> Q:
    below = UnitClosure.objects.filter(ancestor=unit, valid_from__lte=on, valid_until__gt=on).values("unit")
    takes_part = Participation.objects.filter(unit=unit, state__in=OPEN_PARTS).values("matter")
    led, joined = Activity.objects.filter(matter__lead=unit), Activity.objects.filter(matter__in=takes_part)
    return Q(owner__in=below) | Q(pk__in=led.values("route")) | Q(pk__in=joined.values("route"))


def points_known(viewer: Post, on: date) -> QuerySet[Checkpoint]:
    """The check-points of those routes, also former ones."""
    return Checkpoint.objects.filter(route__in=routes_known(viewer, on)).select_related("route", "area")


def points_of(route: Route) -> QuerySet[Checkpoint]:
    """The check-points of a route that its reader knows, in their order."""
    return Checkpoint.objects.filter(route=route, n__isnull=False).select_related("area").order_by("n")
