"""Facts as they stand: what is posted and not taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ...forces.models import LineMember, LineNeed
from ..models import Fact
from ..rules import Decree, Lines


def standing(matter_ids: Collection[int]) -> QuerySet[Fact]:
    """The facts of matters that have not been reversed."""
    return Fact.objects.filter(matter__in=matter_ids, reverses=None, reversed_by=None)


def lines_on(day: date) -> Lines:
    """The reporting lines as they were on a day."""
    of_force: dict[str, int] = {}
    for force, line in _then(LineMember, day).values_list("force__code", "line"):
        of_force[force] = of_force.get(force, 0) | 1 << line
    needs: dict[int, list[int]] = {}
    least: dict[int, int] = {}
    for line, least_forces, of in _then(LineNeed, day).values_list("line", "line__least_forces", "of"):
        needs.setdefault(line, []).append(of)
        least[line] = least_forces
    decrees = tuple(Decree(1 << line, sum(1 << of for of in set(ofs)), least[line]) for line, ofs in sorted(needs.items()))
    return Lines(of_force, decrees)


def _then(model: type[Any], day: date) -> QuerySet[Any]:
    return model.objects.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)
