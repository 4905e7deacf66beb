"""/tuan-tra/tuyen/<n>/: one route with its check-points, its communes on the map, and its patrols; and its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.activities.actions.routes import end_route
from phoihop.domain.activities.models import Claim, Route, RouteKind
from phoihop.domain.activities.queries.routes import points_of, routes_of
from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.routes import may_change_route
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import FOREVER, Period
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, page
from ..forms import Form
from ..patrols.seeing import address, now_and_today
from ..patrols.wording import KIND_ICONS, day_words, hours, state_tag, when_of
from ..scope import province_of
from ..svg_map import MapView, Shade, Way, point_on, province_map
from ..toasts import toast
from .walking import seen_on, walks

EVER = Period(date(1990, 1, 1), FOREVER)
_SHOWN = 12
LIST = "/tuan-tra/tuyen/"


@dataclass(frozen=True, slots=True)
class Stop:
    """A check-point on the strip: where it is drawn, and whether its commune is another than the one before."""

    n: int
    name: str
    area: Area
    enters: bool


def of_route(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under ``@acting``: the view gets the route of the address, if the post knows it, ended or not."""

    @wraps(view)
    def inner(request: Acting, pk: int, **kwargs: Any) -> HttpResponse:
        _now, today = now_and_today()
        found = routes_of(request.post, EVER, today).filter(pk=pk).first()
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return inner


@acting("matter.view", time="none")
@of_route
def route(request: Acting, r: Route) -> HttpResponse:
    """What the route is, and the latest and next patrols on it that the reader sees exactly."""
    return _shown(request, r)


@acting("route.manage", time="none")
@of_route
def end(request: Acting, r: Route) -> HttpResponse:
    """No longer used from tomorrow on: asked once, as it cannot be undone."""
    if request.method == "POST":
        try:
            end_route(by=request.post, route=r, at=timezone.now())
        except Refused as refusal:
            return _shown(request, r, str(refusal.verdict.reason))
        toast(request, _("Từ ngày mai thôi dùng tuyến %(code)s. Các cuộc đã đi vẫn còn.") % {"code": r.code})
        return HttpResponseRedirect(f"{LIST}{r.pk}/")
    return page(request, "routes/end.html", form=Form(), route=r)


def _shown(request: Acting, r: Route, problem: str = "") -> HttpResponse:
    now, today = now_and_today()
    seen = seen_on(request.post, [r.pk], now, today).select_related("matter__lead__force", "matter__area")
    past = seen.filter(planned_start__lte=now).order_by("-planned_start", "-pk")[:_SHOWN]
    coming = seen.filter(planned_start__gt=now).exclude(claim=Claim.NOT_HELD).order_by("planned_start", "pk")[:_SHOWN]
    stops = stops_of(r)
    areas = [r.area, *(row.area for row in r.areas.select_related("area").order_by("pk"))]
    return page(
        request, "routes/route.html", status=422 if problem else 200, route=r, problem=problem, kind=RouteKind(r.kind).label, icon_name=KIND_ICONS[RouteKind(r.kind)],
        stops=stops, areas=areas, walk=walks(request.post, [r], now, today)[r.pk], map=_map(r, areas, stops, today),
        past=[_line(a, today) for a in past], coming=[_line(a, today) for a in coming],
        may_change=bool(may_change_route(request.post, r, today)), may_plan=may(request.post, "patrol.plan") and (r.valid_until is None or r.valid_until > today),
    )  # fmt: skip


def stops_of(r: Route) -> list[Stop]:
    points = list(points_of(r))
    return [Stop(p.n or 0, p.name, p.area, i == 0 or points[i - 1].area_id != p.area_id) for i, p in enumerate(points)]


def _line(a: Any, today: date) -> dict[str, Any]:
    return {
        "url": address(a.matter.code), "code": a.matter.code, "day": day_words(a.day, today), "hours": hours(*when_of(a)), "lead": a.matter.lead,
        "state": state_tag(State(a.state)),
    }  # fmt: skip


def _map(r: Route, areas: Sequence[Area], stops: Sequence[Stop], today: date) -> MapView | None:
    """The communes of the route, and its check-points' communes joined in their order: a planned way, no track."""
    province = province_of(r.area, today)
    if province is None:
        return None
    shades = {a.pk: Shade("s4" if a.pk == r.area_id else "s2", str(a), "", a.name) for a in areas}
    visited = [point for stop in stops if stop.enters and (point := point_on(province, today, stop.area.pk)) is not None]
    d = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in visited)
    ways = [Way(d, "plan", _("Thứ tự các xã theo điểm kiểm tra"))] if len(visited) > 1 else []
    return province_map(province, today, shades, title=_("Các xã của tuyến"), focus=[a.pk for a in areas] if len(areas) > 1 else (), shown=360, ways=ways)
