"""/tuan-tra/tuyen/moi/ and …/sua/: a route drawn or changed: name, communes, cadence, check-points in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.actions.routes import change_route, draw_route
from phoihop.domain.activities.models import Route, RouteKind
from phoihop.domain.activities.rules import RouteDraft
from phoihop.domain.activities.rules.drafts import PointDraft
from phoihop.domain.activities.rules.routes import may_change_route
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import areas_below
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, no_access, page
from ..forms import Form
from ..patrols.seeing import now_and_today
from ..scope import province_of
from ..toasts import toast
from ..written import read_number
from .one import LIST, of_route, stops_of

_SPARE, _MOST = 3, 60
MORE = "them-cho"


@dataclass(slots=True)
class Point:
    """A line of the check-points: its place in the order, its name, its commune's key. ``why``: what is refused about it."""

    n: int
    name: str = ""
    area: str = ""
    why: str = ""


class Drawing(Form):
    code = forms.CharField(label=_("Ký hiệu"), max_length=30, help_text=_("Ngắn, như B1; đi kèm tên tuyến ở mọi nơi."))
    name = forms.CharField(label=_("Tên tuyến"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại tuyến"), choices=RouteKind.choices)
    area = forms.ChoiceField(label=_("Xã xuất phát"), error_messages={"required": _("Chọn xã xuất phát."), "invalid_choice": _("Chọn một xã trong danh sách.")})
    areas = forms.MultipleChoiceField(label=_("Các xã khác tuyến đi qua"), required=False, widget=forms.CheckboxSelectMultiple)
    every_days = forms.IntegerField(
        label=_("Ít nhất một cuộc trong mỗi … ngày"),
        required=False,
        help_text=_("Để trống nếu tuyến không có nhịp."),
        error_messages={"invalid": _("Ghi một số nguyên.")},
    )

    def __init__(self, data: QueryDict | None, communes: Sequence[Area], route: Route | None = None) -> None:
        self._communes = {str(a.pk): a for a in communes}
        super().__init__(data, initial=_initial(route) if route else {"area": str(communes[0].pk) if len(communes) == 1 else ""})
        named = [(key, str(a)) for key, a in self._communes.items()]
        self.choices = [("", _("Chọn xã")), *named]
        self.declared("area").choices = self.choices
        self.declared("areas").choices = named
        self.points = _points_of(data) if data is not None else _points_drawn(route)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        drawn = [PointDraft(p.name, self._communes.get(p.area, self._communes[said["area"]])) for p in self.named]
        draft = RouteDraft(
            said["code"], said["name"], said["kind"], self._communes[said["area"]], [self._communes[key] for key in said["areas"]], drawn, said["every_days"]
        )
        return {"draft": draft}

    @property
    def named(self) -> list[Point]:
        """In their order; a line without a name is no check-point."""
        return sorted((p for p in self.points if p.name), key=lambda p: p.n)

    def write(self, **fields: Any) -> Route:
        """Draw or change the route; a refusal about a check-point stands at its line."""
        try:
            return change_route(**fields) if "route" in fields else draw_route(**fields)
        except Refused as refusal:
            parts = (refusal.verdict.field or "").removeprefix("draft.").split(".")
            if parts[0] != "points" or len(parts) < 2:
                raise
            self.named[int(parts[1])].why = str(refusal.verdict.reason)
            raise Refused(refusal.verdict.at(None)) from None


@acting("route.manage", time="none")
def new(request: Acting) -> HttpResponse:
    return _drawing(request, None)


@acting("route.manage", time="none")
@of_route
def change(request: Acting, r: Route) -> HttpResponse:
    _moment, today = now_and_today()
    if not (verdict := may_change_route(request.post, r, today)):
        return no_access(request, verdict)
    return _drawing(request, r)


def _drawing(request: Acting, r: Route | None) -> HttpResponse:
    _moment, today = now_and_today()
    form = Drawing(request.POST if request.method == "POST" else None, _communes(request, r, today), r)
    sent = request.method == "POST" and request.POST.get("do") != MORE
    if sent and (done := attempt(form, form.write, by=request.post, at=timezone.now(), **({"route": r} if r else {}))):
        toast(request, _now("Đã ghi tuyến %(code)s.") % {"code": done.result.code})
        return HttpResponseRedirect(f"{LIST}{done.result.pk}/")
    lines = [*form.points, *(Point(len(form.points) + 1 + n) for n in range(_SPARE))][:_MOST]
    return page(request, "routes/draw.html", form=form, route=r, points=lines, communes=form.choices)


def _communes(request: Acting, r: Route | None, today: date) -> list[Area]:
    """The communes of the unit's province today, and those that the route has already, of whatever day."""
    province = province_of(request.post.unit.area, today)
    found = list(areas_below(province, today)) if province else [request.post.unit.area]
    kept = [r.area, *(row.area for row in r.areas.select_related("area")), *(stop.area for stop in stops_of(r))] if r else []
    own = sorted(found, key=lambda a: (a.pk != request.post.unit.area_id, a.folded))
    return list({a.pk: a for a in [*own, *kept]}.values())


def _initial(r: Route) -> dict[str, Any]:
    others = [str(row.area_id) for row in r.areas.all()]
    return {"code": r.code, "name": r.name, "kind": r.kind, "area": str(r.area_id), "areas": others, "every_days": r.every_days}


def _points_drawn(r: Route | None) -> list[Point]:
    return [Point(stop.n, stop.name, str(stop.area.pk)) for stop in stops_of(r)] if r else []


def _points_of(sent: QueryDict) -> list[Point]:
    """The lines as the form brings them back. A place that is no number stays behind the others."""
    lines = zip(sent.getlist("point_n"), sent.getlist("point_name"), sent.getlist("point_area"), strict=False)
    found = [Point(_MOST + at if (said := read_number(n, 4)) is None else said, name.strip(), area) for at, (n, name, area) in enumerate(lines)]
    return [point for point in found[:_MOST] if point.name]
