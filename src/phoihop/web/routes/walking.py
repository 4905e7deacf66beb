"""When routes were last walked and will be walked next, as far as the reader sees it; and whether that keeps their cadence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, Q, QuerySet

from phoihop.domain.activities.models import Activity, Claim, Route
from phoihop.domain.activities.queries.patrols import patrols
from phoihop.domain.people.models import Post

from ..patrols.seeing import grace


@dataclass(frozen=True, slots=True)
class Walk:
    """``late``: by how many days the route is past its cadence; None where it keeps it or has none."""

    last: date | None = None
    next: datetime | None = None
    late: int | None = None
    never: bool = False


def seen_on(post: Post, routes: Collection[int], now: datetime, today: date) -> QuerySet[Activity]:
    """The patrols on these routes that the post sees exactly: the others do not tell their route."""
    return patrols(post, now, grace(), today).filter(Q(exact=True), route__in=routes, cancelled_at=None)


def walks(post: Post, routes: Collection[Route], now: datetime, today: date) -> dict[int, Walk]:
    """Two queries for any number of routes."""
    rows = seen_on(post, [r.pk for r in routes], now, today).order_by()
    last = dict(rows.filter(claim=Claim.HELD, day__lte=today).values_list("route").annotate(at=Max("day")))
    coming = dict(rows.filter(planned_start__gt=now).exclude(claim=Claim.NOT_HELD).values_list("route").annotate(at=Min("planned_start")))
    return {r.pk: _walk(r, last.get(r.pk), coming.get(r.pk), today) for r in routes}


def _walk(route: Route, last: date | None, coming: datetime | None, today: date) -> Walk:
    """A route without a patrol counts from the day it was drawn."""
    if route.every_days is None:
        return Walk(last, coming, None, last is None)
    late = (today - (last or route.valid_from)).days - route.every_days
    return Walk(last, coming, late if late > 0 else None, last is None)
