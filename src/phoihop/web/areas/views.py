"""One area on any day; the search among areas old and new; the checks of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.queries import units_of
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Area, AreaClosure, Level, Tree
from phoihop.domain.territory.queries import Branch, area_at, became_all, by_name, checks, provinces, tree
from phoihop.domain.territory.queries import above as above_on
from phoihop.kernel.period import ONE_DAY
from phoihop.kernel.text import nfc

from ..base import Acting, acting, page
from ..lists import chosen, filter_links
from ..memory import known, known_large
from ..scope import DAY
from ..shell import exists
from ..svg_map import MapView, Shade, province_map
from ..written import read_number
from . import history
from .flow import flows
from .stops import stops

ROOT = "/dia-ban/"
WAYS = {"": _("Quy về địa bàn hôm nay"), "luc-ghi": _("Đúng như lúc ghi")}
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the search: an area of any day, where it stood, and what it is today if it is no more."""

    area: Area
    where: str
    url: str
    now: Sequence[Area]


@acting()
def areas(request: Acting) -> HttpResponse:
    """Where one works, today; or, with ``tim=``, the search."""
    if text := nfc(request.GET.get("tim", "")).strip()[:80]:
        return page(request, "areas/search.html", part="found", text=text, found=_search(text, request.scope.today))
    area = request.scope.area
    if area is None:
        raise Http404
    return _shown(request, area)


@acting()
def area(request: Acting, code: str) -> HttpResponse:
    """The area that bears a code on the day; if none does, the one that bore it last or will bear it, on a day of its own."""
    found = area_at(code, request.scope.day) or Area.objects.filter(code=code).order_by("tree", "-valid_from").first()
    if found is None:
        raise Http404
    return _shown(request, found)


def _shown(request: Acting, area: Area) -> HttpResponse:
    scope, today = request.scope, request.scope.today
    asked, scope.area = scope.day, area
    day = scope.day = _day_of(area, asked)
    above = above_on(area, day)
    province = area if area.level == Level.PROVINCE else next((a for a in above if a.level == Level.PROVINCE), None)
    marks = stops(request, province, day, today)
    if (moved := read_number(request.GET.get("moc"))) is not None and moved < len(marks):
        return HttpResponseRedirect(marks[moved].url)
    way = chosen(request, "quy", WAYS)
    return page(
        request,
        "areas/area.html",
        area=area,
        day=day,
        asked=asked,
        today=today,
        above=[a for a in above if a.tree == Tree.CIVIL and a.level != Level.NATION],
        groups=[a for a in above if a.tree != Tree.CIVIL],
        stops=marks,
        stop_at=next(n for n, stop in enumerate(marks) if stop.here),
        hidden=[(DAY, day.isoformat()), *((k, v) for k, v in request.GET.items() if k in ("quy", "dv"))],
        branch=_tree(province, day),
        provinces=provinces(day) if area.level == Level.NATION else (),
        flows=flows(area),
        was=history.before(area),
        now=history.today_is(area, today),
        ways=filter_links(request, "quy", WAYS, way),
        sum=history.sum_of(area, today, as_of_today=way == ""),
        units=units_of(area, day),
        map=_map(province, area, day),
        figures=f"/bao-cao/?dv={area.code}{f'&ngay={day.isoformat()}' if day != today else ''}"
        if exists("/bao-cao/") and may(request.post, "report.view")
        else "",
        manages=may(request.post, "area.manage"),
        open_group=_open(area, above),
    )


def _day_of(area: Area, asked: date) -> date:
    """The asked day, or the nearest on which the area existed."""
    if asked < area.valid_from:
        return area.valid_from
    return min(asked, area.valid_until - ONE_DAY) if area.valid_until else asked


def _tree(province: Area | None, day: date) -> Branch | None:
    if province is None:
        return None
    return known_large(("area tree", province.pk, day), lambda: tree(province, day, groups=Tree.CLUSTER))


def _open(area: Area, above: Sequence[Area]) -> set[int]:
    """The branches of the tree that stand open: those above the area, and itself."""
    return {area.pk, *(a.pk for a in above)}


def _map(province: Area | None, area: Area, day: date) -> MapView | None:
    """The province of that day with the area marked on it; None for a nation."""
    if province is None:
        return None
    inside = {area.pk} if area.level == Level.COMMUNE else known(("communes of", area.pk, day), lambda: set(_communes(area, day)))
    names = known_large(("commune names", province.pk, day), lambda: {a.pk: a for a in Area.objects.filter(pk__in=_communes(province, day))})
    shades = {pk: _shade(a, day, "chosen" if pk in inside and area.pk != province.pk else "", a.pk == area.pk) for pk, a in names.items()}
    return province_map(province, day, shades, title=_("Ranh giới"), shown=390)


def _communes(area: Area, day: date) -> list[int]:
    below = AreaClosure.objects.filter(ancestor=area, area__level=Level.COMMUNE, valid_from__lte=day, valid_until__gt=day)
    return list(below.values_list("area", flat=True))


def _shade(area: Area, day: date, css: str, named: bool) -> Shade:
    return Shade(css, str(area), f"{ROOT}{area.code}/?ngay={day.isoformat()}", area.name if named else "")


def _search(text: str, today: date) -> list[Answer]:
    hits = by_name(text, limit=MOST_FOUND)
    ended = [hit.area for hit in hits if hit.area.valid_until is not None and hit.area.valid_until <= today]
    now = became_all(ended, today) if ended else {}
    return [Answer(hit.area, hit.where, f"{ROOT}{hit.area.code}/{_on(hit.area, today)}", now.get(hit.area.pk, ())) for hit in hits]


def _on(area: Area, today: date) -> str:
    day = _day_of(area, today)
    return "" if day == today else f"?ngay={day.isoformat()}"


@acting("structure.view", time="none")
def checked(request: Acting) -> HttpResponse:
    """The checks of the register, each with what it found. Slow on a whole nation, so kept until areas change."""
    reports = known("area checks", lambda: [(r, [r.told(f) for f in r.findings[:200]]) for r in checks()])
    faults = sum(len(r.findings) for r, _told in reports if r.weight == "fault")
    return page(request, "areas/checks.html", reports=reports, faults=faults)
