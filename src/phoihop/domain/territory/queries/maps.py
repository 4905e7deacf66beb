"""Maps of a province: outlines on a sheet, imported where there are any, else the sketch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from phoihop.kernel.memo import Memo

from ..models import Area, AreaClosure, AreaShape, Level, ShapeSource, Tree
from ..rules import outlines
from ..rules.boundaries import Spot
from ..rules.outlines import Point, Rings, Sheet
from .tree import areas_below, exists_on

CHANGES = ("area.imported", "area.corrected", "area.renamed", "area.moved", "area.merged", "area.split", "area.grouped", "area.bounded", "area.drawn")
"""Events after which a map or a list of communes may be another."""

_maps: Memo[ProvinceMap] = Memo(*CHANGES, most=16)


class Outline(NamedTuple):
    """The outline of an area as an SVG path, and where its label goes."""

    path: str
    label: Point


@dataclass(frozen=True)
class ProvinceMap:
    """A map of the communes of a day on a sheet of ``width`` by ``height``.

    ``source``: "imported" or "schematic" (then it must be labelled a sketch), "" if nothing has been drawn yet.
    ``missing``: communes without an outline. Further outlines are made of ``rings`` on the same ``sheet``.
    """

    source: str
    sheet: Sheet
    rings: Mapping[int, Rings] = field(repr=False)
    missing: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return self.sheet.width

    @property
    def height(self) -> int:
        return self.sheet.height

    def outlines(self) -> dict[int, Outline]:
        """Every commune by area id; worked out once."""
        return self._outlines

    @cached_property
    def _outlines(self) -> dict[int, Outline]:
        return {area: Outline(self.sheet.path(rings), self.sheet.at(outlines.centroid(rings))) for area, rings in self.rings.items()}

    def around(self, areas: Iterable[int]) -> str:
        """One path around several communes: a cluster, a former province, the whole."""
        return self.sheet.path(outlines.joined(self.rings[area] for area in areas if area in self.rings))

    def at(self, lat: float, lon: float) -> Point:
        """Where a point in degrees lies on the sheet."""
        return self.sheet.at((round(lon * outlines.SCALE), round(lat * outlines.SCALE)))


def map_of(province: Area, on: date) -> ProvinceMap:
    """The map of a province on a day; kept at hand until areas change."""
    return _maps.get((province.pk, on), lambda: _draw(province, on))


def _draw(province: Area, on: date) -> ProvinceMap:
    communes = list(areas_below(province, on).values_list("pk", flat=True))
    source, rings = outlines_of(communes)
    return ProvinceMap(source, Sheet(rings.values()), rings, tuple(pk for pk in communes if pk not in rings))


def outlines_of(areas: Collection[int]) -> tuple[str, dict[int, Rings]]:
    """The latest outlines of areas: imported ones hide sketched ones, and the two are never mixed."""
    found: dict[str, dict[int, str]] = {}
    shapes = AreaShape.objects.filter(area__in=areas).order_by("as_of").values_list("area", "source", "rings")
    for area, source, rings in shapes:
        found.setdefault(source, {})[area] = rings
    for source in (ShapeSource.IMPORTED, ShapeSource.SCHEMATIC):
        if source in found:
            return str(source), {area: outlines.decode(rings) for area, rings in found[source].items()}
    return "", {}


def spots_on(day: date) -> list[Spot]:
    """All provinces, districts and communes of a day with the province each stands in."""
    above = AreaClosure.objects.filter(ancestor__level=Level.PROVINCE, ancestor__tree=Tree.CIVIL, valid_from__lte=day, valid_until__gt=day)
    provinces = {area: (code, folded) for area, code, folded in above.values_list("area", "ancestor__code", "ancestor__folded")}
    fields = Area.objects.filter(exists_on(day), tree=Tree.CIVIL).values_list("pk", "code", "level", "kind", "folded", "lat", "lon")
    return [Spot(pk, code, level, kind, folded, *provinces[pk], lat, lon) for pk, code, level, kind, folded, lat, lon in fields if pk in provinces]
