"""The tree of areas on any day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from ..models import Area, AreaClosure, AreaParent, Level, Tree


@dataclass(slots=True)
class Branch:
    """An area of a day with what stands directly below it."""

    area: Area
    children: list[Branch] = field(default_factory=list)


def exists_on(on: date, prefix: str = "") -> Q:
    """The condition that something with ``valid_from`` and ``valid_until`` holds on a day."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": on}))


def area_at(code: str, on: date, tree: str = Tree.CIVIL) -> Area | None:
    """The area that bore a code on a day."""
    return Area.objects.filter(exists_on(on), tree=tree, code=code).first()


def provinces(on: date) -> QuerySet[Area]:
    return Area.objects.filter(exists_on(on), tree=Tree.CIVIL, level=Level.PROVINCE).order_by("code")


def parent_of(area: Area, on: date) -> Area | None:
    """The civil area directly above it on a day."""
    held = AreaParent.objects.filter(exists_on(on), area=area, parent__tree=Tree.CIVIL).select_related("parent").first()
    return held.parent if held else None


def children(area: Area, on: date, tree: str = Tree.CIVIL) -> QuerySet[Area]:
    """What stands directly below an area on a day: in the civil tree, or the groups of another tree."""
    below = AreaParent.objects.filter(exists_on(on), parent=area).values("area")
    return Area.objects.filter(exists_on(on), pk__in=below, tree=tree).order_by("code")


def above(area: Area, on: date) -> list[Area]:
    """Everything above an area on a day, nearest first; of its groups, those of that day."""
    rows = AreaClosure.objects.filter(area=area, depth__gt=0, valid_from__lte=on, valid_until__gt=on).select_related("ancestor")
    return [row.ancestor for row in rows.order_by("depth", "pk")]


def areas_below(area: Area, on: date, level: str = Level.COMMUNE) -> QuerySet[Area]:
    """The areas of a level below an area (the area itself, if it is of that level) on a day, by code."""
    below = AreaClosure.objects.filter(ancestor=area, valid_from__lte=on, valid_until__gt=on).values("area")
    return Area.objects.filter(exists_on(on), pk__in=below, level=level).order_by("code")


def tree(root: Area, on: date, groups: str = "") -> Branch:
    """Everything below an area on a day as branches, in two queries.

    With ``groups`` (a tree other than the civil one) communes stand below their group; those without one stand where they
    stand in law.
    """
    areas = {a.pk: a for a in Area.objects.filter(exists_on(on), above__ancestor=root, above__valid_from__lte=on, above__valid_until__gt=on)}
    held = AreaParent.objects.filter(exists_on(on), area__in=areas, parent__in=areas).values_list("area", "parent", "parent__tree")
    chosen: dict[int, int] = {}
    for area, parent, parent_tree in held:
        if areas[area].tree not in (Tree.CIVIL, groups):
            continue
        if parent_tree == groups or (parent_tree == Tree.CIVIL and area not in chosen):
            chosen[area] = parent
    branches = {pk: Branch(area) for pk, area in areas.items()}
    for area, parent in sorted(chosen.items(), key=lambda pair: (areas[pair[0]].tree == Tree.CIVIL, areas[pair[0]].code)):
        branches[parent].children.append(branches[area])
    return branches[root.pk]
