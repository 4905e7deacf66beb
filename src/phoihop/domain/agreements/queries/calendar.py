"""The calendar of holidays and events, and which of them have a plan. Events are public; plans show to whom they show anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ...people.models import Post
from ...territory.models import Area, AreaClosure
from ..models import Agreement, AgreementKind, EventPlan, PublicEvent
from ..rules import calendar as rules
from .agreement import seen_agreements
from .standing import with_standing


@dataclass(slots=True)
class Planned:
    """An event with the plans for it that the viewer sees, and the last time that the same took place."""

    event: PublicEvent
    plans: list[Any] = field(default_factory=list)
    former: PublicEvent | None = None


def events_between(area: Area | None, first: date, until: date, on: date) -> QuerySet[PublicEvent]:
    """What takes place in an area, below or above it, or in the whole country, on days of a span; by day."""
    rows = PublicEvent.objects.filter(first_on__lt=until, until__gt=first, cancelled_at=None).select_related("name", "area", "unit__force")
    if area is not None:
        rows = rows.filter(Q(area=None) | Q(area__in=around(area, on)))
    return rows.order_by("first_on", "code")


def around(area: Area, on: date) -> list[int]:
    """Ids of an area, of all below it and of all above it."""
    lines = AreaClosure.objects.filter(valid_from__lte=on, valid_until__gt=on)
    below = lines.filter(ancestor=area).values_list("area", flat=True)
    return [*below, *lines.filter(area=area, depth__gt=0).values_list("ancestor", flat=True)]


def own_ground(viewer: Post, on: date) -> set[int]:
    """Ids of the own unit's area, of those it covers besides, and of all below them."""
    home = [viewer.unit.area_id, *viewer.unit.covers.values_list("area", flat=True)]
    return set(AreaClosure.objects.filter(ancestor__in=home, valid_from__lte=on, valid_until__gt=on).values_list("area", flat=True))


def event_plans(viewer: Post, on: date) -> QuerySet[Any]:
    """Plans for events that the viewer may read, with where they stand."""
    return with_standing(seen_agreements(viewer, on).filter(kind=AgreementKind.EVENT), on)


def planned(viewer: Post, area: Area | None, first: date, until: date, on: date) -> list[Planned]:
    """Each event of a span with its plans in the area, and when it took place before. Four queries, however many there are."""
    events = list(events_between(area, first, until, on))
    former = last_times(events)
    plans = _plans_by_event(viewer, [*events, *former.values()], area, on)
    return [Planned(e, plans[e.pk], former.get(e.pk)) for e in events]


def last_times(events: Sequence[PublicEvent]) -> dict[int, PublicEvent]:
    """By event the last time before it that the same one took place."""
    same = list(PublicEvent.objects.filter(series__in={e.series for e in events}, cancelled_at=None).select_related("name"))
    found = {e.pk: rules.before_it(same, e) for e in events}
    return {key: one for key, one in found.items() if one is not None}


def plans_for(viewer: Post, events: Collection[PublicEvent], on: date) -> dict[int, list[Any]]:
    """By event the plans for it that the viewer may read, the newest first."""
    return _plans_by_event(viewer, events, None, on)


def unnamed(viewer: Post, first: date, until: date, on: date) -> QuerySet[Any]:
    """Own plans that begin on days of a span and name no event of the calendar."""
    rows = event_plans(viewer, on).filter(matter__lead=viewer.unit_id, for_event=None, valid_from__gte=first, valid_from__lt=until)
    return rows.order_by("valid_from", "pk")


def event_of(agreement: Agreement) -> PublicEvent | None:
    """The event that a plan is for. The plan was fetched for its viewer."""
    found = EventPlan.objects.filter(agreement=agreement).select_related("event__name", "event__area").first()
    return found.event if found else None


def events_known(on: date) -> QuerySet[PublicEvent]:
    """Every event that stands in the calendar: they are public. ``on`` is the day of asking."""
    return PublicEvent.objects.filter(cancelled_at=None).select_related("name", "area", "unit__force")


def packaged_differs() -> tuple[list[str], list[PublicEvent]]:
    """What the packaged list has that the calendar has not (codes), and events that it has otherwise."""
    shipped = rules.shipped()
    there = {e.code: e for e in PublicEvent.objects.filter(code__in=shipped)}
    moved = [e for code, e in there.items() if (e.kind, e.first_on, e.until, e.lunar, e.source) != _said(shipped[code])]
    return [code for code in shipped if code not in there], moved


def calendar_up_to_date() -> bool:
    fresh, moved = packaged_differs()
    return not fresh and not moved


def _said(s: rules.Shipped) -> tuple[str, date, date, str, str]:
    return s.kind, s.first_on, s.until, s.lunar, s.source


def _plans_by_event(viewer: Post, events: Collection[PublicEvent], area: Area | None, on: date) -> dict[int, list[Any]]:
    rows = event_plans(viewer, on).filter(for_event__event__in=[e.pk for e in events]).select_related("for_event")
    if area is not None:
        rows = rows.filter(matter__area__in=around(area, on))
    found: dict[int, list[Any]] = defaultdict(list)
    for plan in rows.order_by("-pk"):
        found[plan.for_event.event_id].append(plan)
    return found
