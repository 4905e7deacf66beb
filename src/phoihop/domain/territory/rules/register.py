"""The register of areas as the checks see it: places, who stood under whom, what became of what, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, pi, radians, sqrt
from statistics import median
from typing import NamedTuple

from ..models import AreaKind, Level
from .lineage import Life, Lineage, Step

_EARTH = 6371.0
NEAR = 25.0  # km: a new commune reaches this far, and twice its radius, from what it was made of


class Place(NamedTuple):
    """An area as the checks see it."""

    id: int
    tree: str
    code: str
    level: str
    kind: str
    name: str
    folded: str
    life: Life
    lat: float | None = None
    lon: float | None = None
    hectares: int | None = None


class Held(NamedTuple):
    """Area under parent, from when until when (None: still)."""

    area: int
    parent: int
    life: Life


@dataclass(frozen=True)
class Register:
    """All areas with parents and successions, loaded once for all checks."""

    places: Mapping[int, Place]
    held: tuple[Held, ...]
    steps: tuple[Step, ...]

    @cached_property
    def lineage(self) -> Lineage:
        return Lineage.of({p.id: p.life for p in self.places.values()}, self.steps)

    @cached_property
    def parents(self) -> dict[int, list[Held]]:
        found: dict[int, list[Held]] = {}
        for held in self.held:
            found.setdefault(held.area, []).append(held)
        return found

    @cached_property
    def children(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for held in self.held:
            found.setdefault(held.parent, []).append(self.places[held.area])
        return {parent: sorted(set(below), key=lambda p: (p.code, p.life.first)) for parent, below in found.items()}

    def siblings(self, place: Place) -> list[Place]:
        """The areas of the same day under the same parent, itself among them, by code."""
        parents = self.parents.get(place.id, [])
        below = self.children[parents[0].parent] if parents else [place]
        return [p for p in below if p.level == place.level and p.life.holds(place.life.first)]

    def is_island(self, area: int) -> bool:
        """Special zones, and what became one, may lie anywhere."""
        heirs = [heir for _step, heir in self.lineage.after(area)]
        return any(self.places[a].kind == AreaKind.SPECIAL_ZONE for a in (area, *heirs))

    @cached_property
    def homes(self) -> dict[int, tuple[float, float]]:
        """Of each old commune, the middle of its district: right even where the commune's own centre is not."""
        return {area: centre for area, (parent, __) in self._districts.items() if (centre := self._middles.get(parent))}

    @cached_property
    def _districts(self) -> dict[int, tuple[int, Place]]:
        return {
            held.area: (held.parent, place)
            for held in self.held
            if (place := self.places[held.area]).level == Level.COMMUNE and self.places[held.parent].level == Level.DISTRICT
        }

    @cached_property
    def _middles(self) -> dict[int, tuple[float, float]]:
        inside: dict[int, list[tuple[float, float]]] = {}
        for parent, place in self._districts.values():
            if place.lat is not None and place.lon is not None:
                inside.setdefault(parent, []).append((place.lat, place.lon))
        return {parent: (median(lat for lat, _lon in all_), median(lon for _lat, lon in all_)) for parent, all_ in inside.items()}


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Distance between two points of one country: good to a few metres in a hundred kilometres."""
    x = radians(to_lon - lon) * cos(radians((lat + to_lat) / 2))
    return _EARTH * hypot(x, radians(to_lat - lat))


def reach(place: Place) -> float:
    """How far, in kilometres, what an area was made of may lie from its centre."""
    return NEAR + 2 * sqrt((place.hectares or 10_000) / 100 / pi)
