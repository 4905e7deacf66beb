"""The areas from which the units of a province are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from phoihop.kernel.period import FOREVER, ONE_DAY, Period

from ...territory.models import Area, AreaClosure, Level, Succession, Tree
from ...territory.queries import areas_below, atlas, children, made_of
from ...territory.rules import TWO_TIERS
from ..rules.plans import Ground, Station
from ..rules.stationing import stations_of


@dataclass(frozen=True, slots=True)
class Grounds:
    """Areas as plain data, the communes of each defence region, and the stations."""

    grounds: list[Ground]
    regional: dict[int, tuple[int, ...]]
    stations: list[Station]


def grounds_of(province: Area, day: date, *, former: bool = False) -> Grounds:
    """Nation, province, communes and defence regions as of a day; ``former``: also what they were made of on 1 July 2025."""
    nation = Area.objects.filter(tree=Tree.CIVIL, level=Level.NATION)
    communes = areas_below(province, day)
    regions = list(children(province, day, Tree.DEFENCE))
    areas = [*nation, province, *communes, *regions]
    if former:
        areas += _former(province)
    grounds = _grounds(areas)
    by_group = atlas(province, day).groups
    places = {c.pk: (c.lat, c.lon) for c in communes if c.lat is not None and c.lon is not None}
    now = {c.pk for c in communes}
    return Grounds(
        grounds,
        {region.pk: tuple(spot.id for spot in by_group.get(region.pk, ())) for region in regions},
        stations_of(province.code, [g for g in grounds if g.id in now], places),
    )


def _former(province: Area) -> list[Area]:
    """The provinces that became it on 1 July 2025, with everything that was below them."""
    before = TWO_TIERS - ONE_DAY
    rows = AreaClosure.objects.filter(ancestor__in=made_of(province, before).areas, valid_from__lte=before, valid_until__gt=before)
    return list(Area.objects.filter(pk__in=rows.values("area"), tree=Tree.CIVIL).order_by("pk"))


def _grounds(areas: Iterable[Area]) -> list[Ground]:
    asked = {area.pk: area for area in areas}
    above: dict[int, list[tuple[int, Period]]] = {}
    rows = AreaClosure.objects.filter(area__in=asked, depth__gt=0).order_by("depth", "valid_from")
    for area, ancestor, first, until in rows.values_list("area", "ancestor", "valid_from", "valid_until"):
        above.setdefault(area, []).append((ancestor, Period(first, until)))
    heirs: dict[int, list[int]] = {}
    for old, new in Succession.objects.filter(old__in=asked).exclude(new=None).order_by("pk").values_list("old", "new"):
        heirs.setdefault(old, []).append(new)
    return [
        Ground(a.pk, a.code, a.level, a.kind, a.name, Period(a.valid_from, a.valid_until or FOREVER), tuple(above.get(a.pk, ())), tuple(heirs.get(a.pk, ())))
        for a in asked.values()
    ]
