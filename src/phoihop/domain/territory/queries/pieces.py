"""Where the figures of an area lie over a period: as recorded, or on the areas of a given day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..models import Area, AreaParent, Level, Tree
from ..rules.lineage import Composition, composed, recorded
from .register import around
from .tree import exists_on


def pieces(area: Area, first: date, until: date, on: date | None = None, *, shares: bool = True) -> Composition:
    """What adds up to an area over ``[first, until)``.

    ``on`` None: as recorded, the unit itself under whatever name. With a day (and an area of that day), everything that
    became it: exact over merges; over a division a marked estimate where shares are declared, else the smallest group of
    areas of that day that is exact.
    """
    return pieces_of_each([area], first, until, on, shares=shares)[area.pk]


def pieces_of_each(areas: Iterable[Area], first: date, until: date, on: date | None = None, *, shares: bool = True) -> dict[int, Composition]:
    """The same for many areas, in a handful of queries however many there are."""
    asked = list(areas)
    members = _members(asked, on) if on is not None else {}
    lineage = around({pk for area in asked for pk in members.get(area.pk, [area.pk])})
    if on is None:
        return {area.pk: recorded(lineage, area.pk, first, until) for area in asked}
    return {area.pk: composed(lineage, members.get(area.pk, [area.pk]), on, first, until, shares=shares) for area in asked}


def _members(areas: Sequence[Area], on: date) -> dict[int, list[int]]:
    """Of groups of communes, the communes of that day: a group itself has no successions."""
    groups = {area.pk: [] for area in areas if area.level == Level.GROUP}  # type: dict[int, list[int]]
    if groups:
        held = AreaParent.objects.filter(exists_on(on), parent__in=groups, area__tree=Tree.CIVIL).values_list("parent", "area")
        for group, area in held:
            groups[group].append(area)
    return groups
