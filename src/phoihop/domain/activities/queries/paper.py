"""What stands on a list that a party is to sign: results of one's own patrols, of which it has said nothing yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from phoihop.kernel.period import Period

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Claim, Confirmation, Strength


def unsigned(viewer: Post, party: Unit, days: Period, on: date) -> QuerySet[Activity]:
    """Results of patrols that the viewer's unit leads and recorded, which name the party and which it has neither confirmed nor disputed."""
    if not allowed(viewer, "matter.view", on):
        return Activity.objects.none()
    mine = _silent().filter(activity=OuterRef("pk"), unit=party)
    there = Q(Exists(mine.filter(people__gt=0)), claim=Claim.HELD) | Q(Exists(mine), claim=Claim.NOT_HELD)
    rows = Activity.objects.filter(there, cancelled_at=None, matter__lead=viewer.unit_id, day__gte=days.first, day__lt=days.until)
    return rows.select_related("matter__area", "matter__title", "route", "recorder").order_by("day", "started_at", "pk")


def silent_parties(viewer: Post, days: Period, on: date) -> list[tuple[Unit, int]]:
    """The units whose word the viewer's unit waits for in these days, and on how many patrols; most first."""
    if not allowed(viewer, "matter.view", on):
        return []
    led = Q(activity__matter__lead=viewer.unit_id, activity__cancelled_at=None, activity__day__gte=days.first, activity__day__lt=days.until)
    there = Q(people__gt=0, activity__claim=Claim.HELD) | Q(activity__claim=Claim.NOT_HELD)
    rows = _silent().filter(led, there).exclude(unit=F("activity__recorder"))
    counts = dict(rows.order_by().values_list("unit").annotate(n=Count("pk")))
    units = Unit.objects.select_related("force").in_bulk(list(counts))
    return sorted(((units[pk], n) for pk, n in counts.items()), key=lambda pair: (-pair[1], pair[0].name))


def people_on(viewer: Post, rows: Collection[Activity]) -> dict[tuple[int, int], int | None]:
    """By patrol that the viewer's unit leads and by unit, how many people were there."""
    there = Strength.objects.filter(activity__in=[a.pk for a in rows], activity__matter__lead=viewer.unit_id)
    return {(activity, unit): people for activity, unit, people in there.values_list("activity", "unit", "people")}


def _silent() -> QuerySet[Strength]:
    said = Confirmation.objects.filter(activity=OuterRef("activity"), unit=OuterRef("unit"), live=True)
    return Strength.objects.filter(~Exists(said))
