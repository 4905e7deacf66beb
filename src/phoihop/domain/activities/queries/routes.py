"""Routes, for whoever plans on them or walks them. Where a route leads tells where patrols will be: it is not for everybody."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from phoihop.kernel.period import Period

from ...forces.models import UnitClosure
from ...matters.models import Participation
from ...matters.queries.sight import OPEN_PARTS
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Checkpoint, Route


def routes_of(viewer: Post, days: Period, on: date) -> QuerySet[Route]:
    """The routes that a post knows and that were in use on one of these days."""
    live = Q(valid_from__lt=days.until) & (Q(valid_until=None) | Q(valid_until__gt=days.first))
    return routes_known(viewer, on).filter(live).select_related("owner__force", "area").order_by("kind", "code", "pk")


def routes_known(viewer: Post, on: date) -> QuerySet[Route]:
    """The routes that a post knows: its unit's, those of units it directs, and those of patrols it leads or takes part in."""
    if not allowed(viewer, "matter.view", on):
        return Route.objects.none()
    below = UnitClosure.objects.filter(ancestor=viewer.unit_id, valid_from__lte=on, valid_until__gt=on).values("unit")
    takes_part = Participation.objects.filter(unit=viewer.unit_id, state__in=OPEN_PARTS).values("matter")
    led, joined = Activity.objects.filter(matter__lead=viewer.unit_id), Activity.objects.filter(matter__in=takes_part)
    mine = Q(owner__in=below) | Q(pk__in=led.values("route")) | Q(pk__in=joined.values("route"))
    return Route.objects.filter(mine)


def points_known(viewer: Post, on: date) -> QuerySet[Checkpoint]:
    """The check-points of those routes, also former ones."""
    return Checkpoint.objects.filter(route__in=routes_known(viewer, on)).select_related("route", "area")


def points_of(route: Route) -> QuerySet[Checkpoint]:
    """The check-points of a route that its reader knows, in their order."""
    return Checkpoint.objects.filter(route=route, n__isnull=False).select_related("area").order_by("n")
