"""The ground that the demo stands on, as records: areas, units and who acts for them, routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import cos, hypot, radians

from django.db.models import Q

from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.models import Route
from phoihop.domain.activities.rules import PointDraft, RouteDraft
from phoihop.domain.forces.models import Unit, UnitArea, UnitKind
from phoihop.domain.people.models import Post, Role
from phoihop.domain.territory.models import Area, Level
from phoihop.domain.territory.queries import area_at, areas_below, exists_on

from .scale import PROVINCE, Scale
from .ways import Place, Way, ways

_FIRST = ("29125", "29167")  # where the demo's logins work, and the seat of the border station beside it: part of every demo
_KINDS = (UnitKind.PROVINCE_HQ, UnitKind.DEPARTMENT, UnitKind.DEFENCE_REGION, UnitKind.STATION, UnitKind.COMMUNE_HQ, UnitKind.TEAM)


@dataclass(slots=True)
class Ground:
    """Records by the names that the demo calls them: areas by code, units by force and seat (``CA:29125``), routes by key."""

    province: Area
    areas: dict[str, Area]
    units: dict[str, Unit]
    posts: dict[int, Post] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)

    def post(self, unit: str) -> Post:
        """Who acts for a unit."""
        return self.posts[self.units[unit].pk]


def ground_of(scale: Scale) -> Ground:
    """What stands now. The node's province must be founded."""
    day = scale.whole.first
    province = area_at(PROVINCE, day)
    assert province is not None
    communes = list(areas_below(province, day, Level.COMMUNE).order_by("code"))
    chosen = sorted(communes, key=lambda area: area.code not in _FIRST)[: scale.communes or None]
    areas = {area.code: area for area in chosen}
    units = _units([province, *chosen], day)
    found = Ground(province, areas, units)
    found.ways = ways([_place(area, chosen, units, day) for area in chosen], scale.seed)
    found.posts = posts_of(units.values())
    found.routes = _routes(units)
    return found


def posts_of(units: Iterable[Unit]) -> dict[int, Post]:
    """By unit, the first of its people who may act for it."""
    by_id = {unit.pk: unit for unit in units}
    acting = Post.objects.filter(unit__in=list(by_id), role__in=(Role.STAFF, Role.DUTY, Role.PARTNER)).exclude(user__username__startswith="demo.")
    found: dict[int, Post] = {}
    for post in acting.order_by("-pk"):
        post.unit = by_id[post.unit_id]
        found[post.unit_id] = post
    return found


def draw_routes(ground: Ground, at: datetime) -> int:
    """Every unit draws the ways that it leads; how many."""
    for way in ground.ways:
        points = [PointDraft(name, ground.areas[way.area]) for name in way.points]
        touches = [ground.areas[code] for code in way.touches]
        draft = RouteDraft(way.code, way.name, way.kind, ground.areas[way.area], touches, points, way.every_days)
        ground.routes[way.key] = draw_route(by=ground.post(way.lead), draft=draft, at=at)
    return len(ground.ways)


def _routes(units: Mapping[str, Unit]) -> dict[str, Route]:
    names = {unit.pk: name for name, unit in units.items()}
    return {f"{names[route.owner_id]}:{route.code}": route for route in Route.objects.filter(owner__in=list(names), valid_until=None)}


def _units(areas: Iterable[Area], day: date) -> dict[str, Unit]:
    by_id = {area.pk: area for area in areas}
    rows = Unit.objects.filter(exists_on(day), kind__in=_KINDS).filter(Q(area__in=list(by_id)) | Q(kind__in=(UnitKind.DEFENCE_REGION,)))
    return {f"{unit.force.code}:{_seat(unit)}": unit for unit in rows.select_related("force").order_by("force__order", "pk")}


def _seat(unit: Unit) -> str:
    """What stands between kind and day in a key: ``29125``; ``86.P4`` for a defence region, which sits beside its province's command."""
    return ".".join(unit.key.split(".")[2:-1])


def _place(area: Area, among: list[Area], units: Mapping[str, Unit], day: date) -> Place:
    """A commune with its nearest neighbour and the border station that covers it."""
    others = [other for other in among if other.pk != area.pk]
    nearest = min(others, key=lambda other: _apart(area, other), default=None)
    covering = UnitArea.objects.filter(exists_on(day), area=area, unit__force__code="BP").values_list("unit__key", flat=True).first()
    seat = covering.split(".")[2] if covering else ""
    return Place(area.code, nearest.code if nearest else "", seat if f"BP:{seat}" in units else "")


def _apart(one: Area, other: Area) -> float:
    """How far apart two centres are, in degrees of latitude; good enough to tell neighbours."""
    lat, lon = one.lat or 0.0, one.lon or 0.0
    return hypot((other.lat or 0.0) - lat, ((other.lon or 0.0) - lon) * cos(radians(lat)))
