"""The communes of a province at hand: names, codes, centres. Kept in the process until areas change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from phoihop.kernel.memo import Memo

from ..models import Area, AreaParent, Tree
from .maps import CHANGES
from .tree import areas_below, exists_on


class Spot(NamedTuple):
    """A commune as lists and maps need it; ``groups``: ids of the groups it is in."""

    id: int
    code: str
    kind: str
    name: str
    folded: str
    lat: float | None
    lon: float | None
    groups: frozenset[int]

    def __str__(self) -> str:
        return str(Area(kind=self.kind, name=self.name))


@dataclass(frozen=True)
class Atlas:
    """The communes of a province on a day, by code."""

    province: int
    on: date
    spots: tuple[Spot, ...]

    @cached_property
    def by_id(self) -> dict[int, Spot]:
        return {spot.id: spot for spot in self.spots}

    @cached_property
    def by_code(self) -> dict[str, Spot]:
        return {spot.code: spot for spot in self.spots}

    @cached_property
    def groups(self) -> dict[int, tuple[Spot, ...]]:
        """The communes of each group by the group's id."""
        found: dict[int, list[Spot]] = {}
        for spot in self.spots:
            for group in spot.groups:
                found.setdefault(group, []).append(spot)
        return {group: tuple(spots) for group, spots in found.items()}


_atlases: Memo[Atlas] = Memo(*CHANGES, most=16)


def atlas(province: Area, on: date) -> Atlas:
    """The communes of a province (or below any area) on a day."""
    return _atlases.get((province.pk, on), lambda: _drawn_up(province, on))


def _drawn_up(province: Area, on: date) -> Atlas:
    below = areas_below(province, on)
    groups: dict[int, set[int]] = {}
    held = AreaParent.objects.filter(exists_on(on), area__in=below.values("pk")).exclude(parent__tree=Tree.CIVIL)
    for area, group in held.values_list("area", "parent"):
        groups.setdefault(area, set()).add(group)
    rows = below.values_list("pk", "code", "kind", "name", "folded", "lat", "lon")
    return Atlas(province.pk, on, tuple(Spot(*row, frozenset(groups.get(row[0], ()))) for row in rows))
