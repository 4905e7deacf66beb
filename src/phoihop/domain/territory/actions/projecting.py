"""Keeping the closure of areas equal to their dated parents. Called by the actions of this topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.rows import insert_plain

from ..models import Area, AreaClosure, AreaParent
from ..rules.closure import Ancestry, Standing, period


def project(areas: Iterable[int]) -> int:
    """Work out anew what is above these areas and above everything below them. Returns how many rows were written."""
    touched = _with_below(set(areas))
    AreaClosure.objects.filter(area__in=touched).delete()
    return _write(touched)


def _with_below(areas: set[int]) -> set[int]:
    front = set(areas)
    while front:
        front = set(AreaParent.objects.filter(parent__in=front).values_list("area", flat=True)) - areas
        areas |= front
    return areas


def _write(areas: Collection[int]) -> int:
    ancestry = _ancestry(areas)
    rows = ((area, above.ancestor, above.depth, above.period.first, above.period.until) for area in sorted(areas) for above in ancestry.of(area))
    return insert_plain(AreaClosure, ("area_id", "ancestor_id", "depth", "valid_from", "valid_until"), rows)


def _ancestry(areas: Collection[int]) -> Ancestry:
    """Everything needed to climb from these areas: themselves, their parents, and so on up."""
    parents: dict[int, list[Standing]] = {}
    seen, front = set(areas), set(areas)
    while front:
        found = _parents_of(front)
        for area, parent, first, until in found:
            parents.setdefault(area, []).append(Standing(parent, period(first, until)))
        front = {parent for _, parent, _, _ in found} - seen
        seen |= front
    lives = _all_of(Area.objects.values_list("pk", "tree", "valid_from", "valid_until"), seen)
    return Ancestry(
        {pk: tree for pk, tree, _, _ in lives},
        {pk: period(first, until) for pk, _, first, until in lives},
        parents,
    )


def _parents_of(areas: Collection[int]) -> list[tuple[int, int, object, object]]:
    rows = AreaParent.objects.values_list("area", "parent", "valid_from", "valid_until").order_by("pk")
    return [row for some in _some(areas) for row in rows.filter(area__in=some)]


def _all_of(rows: QuerySet[Any, Any], areas: Collection[int]) -> list[tuple[int, str, object, object]]:
    return [row for some in _some(areas) for row in rows.filter(pk__in=some)]


def _some(areas: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(areas)
    return (ordered[n : n + 500] for n in range(0, len(ordered), 500))
