"""Who takes part in a matter, who asks and who was let see it: for the unit that leads it, and of each part for its own unit."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ...people.models import Post
from ...people.rules import allowed
from ..models import Grant, JoinRequest, Matter, Participation, RequestState


def own_parts(viewer: Post, on: date) -> QuerySet[Participation]:
    """The parts of the viewer's own unit, whatever it answered."""
    if not allowed(viewer, "matter.view", on):
        return Participation.objects.none()
    return Participation.objects.filter(unit=viewer.unit_id).select_related("matter", "unit").order_by("pk")


def parts_led(viewer: Post, matter: Matter) -> QuerySet[Participation]:
    """The parts of the units in a matter that the viewer's unit leads."""
    return Participation.objects.filter(matter=matter.pk, matter__lead=viewer.unit_id).select_related("matter", "unit")


def requests_led(viewer: Post, matter: Matter, on: date) -> QuerySet[JoinRequest]:
    """What other units ask of a matter that the viewer's unit leads and have no answer to, oldest first."""
    if not allowed(viewer, "matter.grant", on):
        return JoinRequest.objects.none()
    rows = JoinRequest.objects.filter(matter=matter.pk, matter__lead=viewer.unit_id, state=RequestState.OPEN)
    return rows.select_related("unit__force", "why").order_by("at")


def grants_led(viewer: Post, matter: Matter, on: date) -> QuerySet[Grant]:
    """Who was let see a matter that the viewer's unit leads, and still may."""
    if not allowed(viewer, "matter.grant", on):
        return Grant.objects.none()
    live = Q(ended_at=None) & (Q(until=None) | Q(until__gt=on))
    return Grant.objects.filter(live, matter=matter.pk, matter__lead=viewer.unit_id).select_related("unit__force").order_by("pk")
