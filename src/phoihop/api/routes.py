"""Routes with their check-points, and campaigns that group patrols."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from phoihop.domain.activities.actions import routes
from phoihop.domain.activities.models import Campaign, Route
from phoihop.domain.activities.queries.campaigns import campaigns
from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import FOREVER, Period

from .acts import act
from .asking import Day, look_up, missing
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import CAMPAIGN, POINT, ROUTE
from .telling import BRIEFLY

router = Router()


class WholeRoute(ROUTE.shape):
    """A route with the communes it touches and its check-points in order."""

    areas: list[BRIEFLY[Area].shape]
    points: list[POINT.shape]


@reads(router, "/routes", page_of(ROUTE))
def listed(request: HttpRequest, first: Day | None = None, until: Day | None = None, after: After = None, limit: Limit = 100) -> Any:
    """The routes in use on one of these days that the post knows: its unit's, those of units it directs, those of its patrols."""
    caller = caller_of(request)
    days = Period(first or caller.today, until or FOREVER)
    return page(routes_of(caller.post, days, caller.today), ROUTE, after, limit)


@reads(router, "/routes/{route}", WholeRoute)
def one(request: HttpRequest, route: int) -> Any:
    """A route that the post knows."""
    caller = caller_of(request)
    days = Period(Route._meta.get_field("valid_from").to_python("1900-01-01"), FOREVER)
    found = routes_of(caller.post, days, caller.today).filter(pk=route).first() if route < 2**63 else None
    if found is None:
        raise missing(Route, route)
    points = found.checkpoints.filter(n__isnull=False).select_related("area").order_by("n")
    touched = found.areas.select_related("area").order_by("pk")
    return {**ROUTE.of(found), "areas": BRIEFLY[Area].of_each(row.area for row in touched), "points": POINT.of_each(points)}


@reads(router, "/campaigns", page_of(CAMPAIGN))
def campaigns_seen(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The campaigns of which the post sees at least the title, the latest first."""
    caller = caller_of(request)
    return page(campaigns(caller.post, caller.today), CAMPAIGN, after, limit, "-first")


@reads(router, "/campaigns/{campaign}", CAMPAIGN.shape)
def campaign(request: HttpRequest, campaign: str) -> Any:
    """A campaign (đợt cao điểm): it groups patrols that are counted already."""
    caller = caller_of(request)
    found = look_up(caller, [(Campaign, campaign, "")])[Campaign, campaign]
    return CAMPAIGN.of(campaigns(caller.post, caller.today).get(pk=found.pk))


act(router, "/routes", routes.draw_route)
act(router, "/routes/{route}/change", routes.change_route)
act(router, "/routes/{route}/end", routes.end_route)
act(router, "/campaigns", routes.open_campaign)
act(router, "/campaigns/{campaign}/join", routes.join_campaign)
