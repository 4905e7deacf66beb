"""Choosing the area one looks at: those around the acting unit, and any commune by part of its name."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import urlencode

from phoihop.domain.territory.models import Area, AreaClosure, Level
from phoihop.kernel.text import fold

from .back import onward
from .base import Acting, acting, page
from .scope import AREA

_SHOWN = 200


@acting(time="none")
def choose_area(request: Acting) -> HttpResponse:
    """A list of links back to the page one came from (``ve``), each with another ``dv``."""
    back = onward(request, "ve")
    wanted = fold(request.GET.get("tim", ""))
    above = _above(request)
    found = [a for a in _below(request, above) if wanted in a.folded][:_SHOWN]
    lines = [{"area": a, "url": _with_area(back, a), "here": request.scope.area == a} for a in found]
    top = [{"area": a, "url": _with_area(back, a), "here": request.scope.area == a} for a in above if not wanted]
    return page(request, "places/choose.html", part=("panel", "areas"), back=back, lines=lines, top=top, wanted=request.GET.get("tim", ""))


def _above(request: Acting) -> list[Area]:
    """The unit's own area and what lies above it up to the province, the widest first."""
    day, own = request.scope.day, request.post.unit.area
    rows = AreaClosure.objects.filter(area=own, valid_from__lte=day, valid_until__gt=day).select_related("ancestor").order_by("-depth")
    return [row.ancestor for row in rows if row.ancestor.level != Level.NATION] or [own]


def _below(request: Acting, above: list[Area]) -> QuerySet[Area]:
    """Clusters and communes of the widest area, on the day of the scope."""
    day = request.scope.day
    inside = AreaClosure.objects.filter(ancestor=above[0], valid_from__lte=day, valid_until__gt=day).values("area")
    levels = [Level.GROUP, Level.COMMUNE, Level.DISTRICT]
    return Area.objects.filter(pk__in=inside, level__in=levels).order_by("level", "folded")


def _with_area(back: str, area: Area) -> str:
    path, _mark, query = back.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.startswith((f"{AREA}=", "trang="))]
    return f"{path}?{'&'.join([*kept, urlencode({AREA: area.code})])}"
