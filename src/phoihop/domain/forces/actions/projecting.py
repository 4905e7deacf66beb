"""Keeping the closure of units equal to their dated *directs* relations. Called by the actions of this topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from phoihop.kernel.period import FOREVER, Period
from phoihop.kernel.rows import insert_plain

from ..models import Relation, RelationKind, Unit, UnitClosure
from ..rules.command import Command, Directed

_KEYS = 500


def project(units: Iterable[int]) -> int:
    """Work out anew who directs these units and every unit below them. Returns how many rows were written."""
    touched = _with_below(set(units))
    command = _command(touched)
    UnitClosure.objects.filter(unit__in=touched).delete()
    rows = ((unit, c.unit, c.depth, c.period.first, c.period.until) for unit in sorted(touched) for c in command.of(unit))
    return insert_plain(UnitClosure, ("unit_id", "ancestor_id", "depth", "valid_from", "valid_until"), rows)


def _with_below(units: set[int]) -> set[int]:
    front = set(units)
    while front:
        front = {lower for some in _some(front) for lower in _directs().filter(upper__in=some).values_list("lower", flat=True)} - units
        units |= front
    return units


def _command(units: Collection[int]) -> Command:
    """Everything needed to climb from these units."""
    above: dict[int, list[Directed]] = {}
    seen, front = set(units), set(units)
    while front:
        found = [row for some in _some(front) for row in _rows(some)]
        for lower, upper, first, until in found:
            above.setdefault(lower, []).append(Directed(upper, Period(first, until or FOREVER)))
        front = {upper for _lower, upper, _first, _until in found} - seen
        seen |= front
    lives = {
        pk: Period(first, until or FOREVER)
        for some in _some(seen)
        for pk, first, until in Unit.objects.filter(pk__in=some).values_list("pk", "valid_from", "valid_until")
    }
    return Command(lives, above)


def _rows(units: list[int]) -> Iterable[tuple[int, int, date, date | None]]:
    return _directs().filter(lower__in=units).order_by("pk").values_list("lower", "upper", "valid_from", "valid_until")


def _directs() -> QuerySet[Relation]:
    return Relation.objects.filter(kind=RelationKind.DIRECTS)


def _some(units: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(units)
    return (ordered[n : n + _KEYS] for n in range(0, len(ordered), _KEYS))
