"""/tuan-tra/tuyen/: the routes that a post knows, by commune, fifty on a page, with their cadence and when they were last walked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Route, RouteKind
from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import AreaClosure
from phoihop.kernel.period import ONE_DAY, Period

from ..base import Acting, acting, page
from ..lists import Listing, chosen, filter_links
from ..patrols.seeing import now_and_today
from ..patrols.wording import KIND_ICONS
from ..templatetags.face import unit
from .walking import Walk, walks

KIND = "loai"
A_PAGE = 50
"""Routes on a page: each commune has a row of its own beside them, so that a hundred would be three screens more than other lists."""


class Row(NamedTuple):
    route: Route
    icon: str
    kind: str
    owner: SafeString
    walk: Walk


class Routes(Listing[Route]):
    """By the commune they begin in, so that a commune's stand together."""

    def _order(self) -> list[str]:
        return ["area__folded", "area", "code", "pk"]


@acting("matter.view")
def routes(request: Acting) -> HttpResponse:
    """Of the area of the top bar, on its day."""
    now, today = now_and_today()
    day = request.scope.day
    found = routes_of(request.post, Period(day, day + ONE_DAY), today)
    if request.scope.area is not None:
        below = AreaClosure.objects.filter(ancestor=request.scope.area, valid_from__lte=day, valid_until__gt=day).values("area")
        found = found.filter(area__in=below)
    kind = chosen(request, KIND, dict(RouteKind.choices))
    known = found.filter(kind=kind) if kind else found
    every = list(known)
    listing, walked = Routes(request, known, {"xa": "area__folded"}, "xa", A_PAGE, len(every)), walks(request.post, every, now, today)
    by_area = [(area, [_row(r, walked[r.pk]) for r in of_area]) for area, of_area in groupby(listing.rows, key=lambda r: r.area)]
    return page(
        request, "routes/list.html", part="found", by_area=by_area, listing=listing, late=_late(walked.values()), may_draw=may(request.post, "route.manage"),
        kinds=filter_links(request, KIND, {"": _("Mọi loại"), **dict(RouteKind.choices)}, kind),
    )  # fmt: skip


def _row(r: Route, walk: Walk) -> Row:
    return Row(r, KIND_ICONS[RouteKind(r.kind)], str(RouteKind(r.kind).label), unit(r.owner), walk)


def _late(walked: Iterable[Walk]) -> int:
    return sum(1 for walk in walked if walk.late)
