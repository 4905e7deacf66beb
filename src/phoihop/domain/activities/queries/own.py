"""Patrols that a post's unit has to do with: those it leads, those on which it is down. What lists of many are chosen from.

Another unit's patrol is not among them, so that a number sent by somebody else finds as much as one that there is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from ...forces.models import Unit
from ...forces.queries.voices import voices_at_hand
from ...matters.models import Participation
from ...people.models import Post
from ...people.rules import allowed
from ...territory.queries import exists_on
from ..models import Activity, Claim, ConfirmLink, Strength
from .parties import GONE


def led_by(viewer: Post, on: date) -> QuerySet[Activity]:
    """The patrols that the viewer's unit leads, in the order of their plan."""
    if not allowed(viewer, "matter.view", on):
        return Activity.objects.none()
    return Activity.objects.filter(matter__lead=viewer.unit_id).select_related("matter__lead").order_by("planned_start", "pk")


def taken_part_in(viewer: Post, on: date) -> QuerySet[Activity]:
    """The patrols on which the viewer's unit, or one that it succeeded, is down: whoever leads them."""
    if not allowed(viewer, "matter.view", on):
        return Activity.objects.none()
    down = Strength.objects.filter(unit__in=voices_at_hand(viewer.unit_id)).values("activity")
    return Activity.objects.filter(pk__in=down)


def without_result(viewer: Post, now: datetime, on: date) -> QuerySet[Activity]:
    """What the viewer's unit leads, whose planned end is past and of which nobody said what came of it; oldest first."""
    rows = led_by(viewer, on).filter(claim=Claim.NONE, cancelled_at=None, planned_end__lt=now)
    return rows.select_related("matter__lead", "matter__area", "matter__title", "route")


def crews(viewer: Post, led: Iterable[Activity]) -> dict[int, list[Strength]]:
    """By patrol that the viewer's unit leads, who was to come and did not decline. Two queries."""
    matters = {a.matter_id: a.pk for a in led}
    gone = Participation.objects.filter(matter__in=list(matters), matter__lead=viewer.unit_id, state__in=GONE).values_list("matter", "unit")
    refused = {(matters[matter], unit) for matter, unit in gone}
    rows = Strength.objects.filter(activity__in=list(matters.values()), activity__matter__lead=viewer.unit_id)
    found: dict[int, list[Strength]] = {}
    for s in rows.select_related("unit__force").order_by("pk"):
        if (s.activity_id, s.unit_id) not in refused:
            found.setdefault(s.activity_id, []).append(s)
    return found


def companions(viewer: Post, day: date, most: int = 40) -> QuerySet[Unit]:
    """Units of a day that went along on patrols which the viewer's unit led."""
    before = Strength.objects.filter(activity__matter__lead=viewer.unit_id).exclude(unit=viewer.unit_id).values_list("unit", flat=True).distinct()
    return Unit.objects.filter(exists_on(day), pk__in=list(before[:most])).select_related("force")


def links_made(viewer: Post, on: date) -> QuerySet[ConfirmLink]:
    """The one-time links for results of patrols that the viewer's unit leads."""
    return ConfirmLink.objects.filter(activity__in=led_by(viewer, on).order_by())
