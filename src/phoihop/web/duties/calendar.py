"""/ke-hoach/lich/: what falls due for my unit in a month, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from phoihop.domain.agreements.queries import occasions
from phoihop.kernel.period import ONE_DAY, Period, local_day

from ..base import Acting, acting, page
from ..terms import Term
from ..when import When
from .complying import rows_of
from .frame import tabs


@acting("matter.view", time="term")
def month(request: Acting) -> HttpResponse:
    """Weeks from Monday; on a phone a list of the days that have something."""
    now = timezone.now()
    today = local_day(now)
    term = _month_of(request.scope.term, today)
    request.when = When.of_term(request, request.scope)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for line in rows_of(list(occasions.shown(occasions.due_within(request.post, term.period)).order_by("task__due_at", "pk")), now, today):
        by_day.setdefault(local_day(line["task"].due_at), []).append(line | {"leads": line["task"].lead_id == request.post.unit_id})
    return page(
        request,
        "duties/calendar.html",
        tabs=tabs(request, "/ke-hoach/lich/"),
        term=term,
        weeks=list(_weeks(term.period, by_day, today)),
        count=sum(map(len, by_day.values())),
    )


def _month_of(term: Term, today: date) -> Term:
    """The month that is asked for; of a longer term the present one if it lies within, else its first."""
    if term.granule == "T":
        return term
    first = today if today in term.period else term.period.first
    return Term(first.year, "T", first.month)


def _weeks(days: Period, by_day: dict[date, list[dict[str, Any]]], today: date) -> list[list[dict[str, Any]]]:
    monday = days.first - days.first.weekday() * ONE_DAY
    weeks = []
    while monday < days.until:
        week = [monday + n * ONE_DAY for n in range(7)]
        weeks.append([{"day": day, "inside": day in days, "today": day == today, "lines": by_day.get(day, [])} for day in week])
        monday += 7 * ONE_DAY
    return weeks
