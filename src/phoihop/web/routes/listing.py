"""/tuan-tra/tuyen/: the routes that a post knows, by commune, with their cadence and when they were last walked."""

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
from ..lists import chosen, filter_links
from ..patrols.seeing import now_and_today
from ..patrols.wording import KIND_ICONS
from ..templatetags.face import unit
from .walking import Walk, walks

KIND = "loai"


class Row(NamedTuple):
    route: Route
    icon: str
    kind: str
    owner: SafeString
    walk: Walk


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
    rows = list((found.filter(kind=kind) if kind else found).order_by("area__folded", "area", "code", "pk"))
    walked = walks(request.post, rows, now, today)
    by_area = [(area, [_row(r, walked[r.pk]) for r in of_area]) for area, of_area in groupby(rows, key=lambda r: r.area)]
    return page(
        request, "routes/list.html", part="found", by_area=by_area, total=len(rows), late=_late(walked.values()), may_draw=may(request.post, "route.manage"),
        kinds=filter_links(request, KIND, {"": _("Mọi loại"), **dict(RouteKind.choices)}, kind),
    )  # fmt: skip


def _row(r: Route, walk: Walk) -> Row:
    return Row(r, KIND_ICONS[RouteKind(r.kind)], str(RouteKind(r.kind).label), unit(r.owner), walk)


def _late(walked: Iterable[Walk]) -> int:
    return sum(1 for walk in walked if walk.late)
