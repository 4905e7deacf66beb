"""The calendar of holidays and events, and which plan is for which of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from phoihop.domain.agreements.actions import calendar
from phoihop.domain.agreements.models import PublicEvent
from phoihop.domain.agreements.queries.calendar import events_between, events_known, plans_for
from phoihop.domain.territory.models import Area

from .acts import act
from .asking import Day, Text, look_up, named
from .names import by_number
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import AGREEMENT, PUBLIC_EVENT

router = Router()

named(PublicEvent, "event", "The number of a holiday or event of the calendar.", by_number(lambda caller: events_known(caller.today)))


@reads(router, "/events", page_of(PUBLIC_EVENT))
def listed(request: HttpRequest, first: Day, until: Day, area: Text | None = None, after: After = None, limit: Limit = 100) -> Any:
    """Holidays and events on days of a span, half open: of the whole country and, with an area, of what lies in, below and above it."""
    caller = caller_of(request)
    where = look_up(caller, [(Area, area, "area")])[Area, area] if area else None
    return page(events_between(where, first, until, caller.today), PUBLIC_EVENT, after, limit, "first_on")


@reads(router, "/events/{event}/plans", list[AGREEMENT.shape])
def plans(request: HttpRequest, event: int) -> Any:
    """The plans for an event that the post may read, the newest first."""
    caller = caller_of(request)
    found = look_up(caller, [(PublicEvent, event, "")])[PublicEvent, event]
    return AGREEMENT.of_each(plans_for(caller.post, [found], caller.today)[found.pk])


act(router, "/events", calendar.enter_events)
act(router, "/events/{event}/move", calendar.move_event)
act(router, "/events/{event}/cancel", calendar.cancel_event)
act(router, "/agreements/{agreement}/name-event", calendar.name_event)
