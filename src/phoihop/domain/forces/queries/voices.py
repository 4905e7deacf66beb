"""For whom a unit speaks: itself, and units of an earlier day that it succeeded."""

from __future__ import annotations

from collections.abc import Collection

from phoihop.kernel.memo import Memo

from ..models import UnitSuccession

_kept: Memo[tuple[int, ...]] = Memo("unit.succeeded", "unit.made", "unit.founded", "unit.ground_laid", most=2048)


def voices(unit_id: int) -> list[int]:
    """The unit, then its predecessors, nearest first: what they did in their day is its to open, to confirm, to correct."""
    found = [unit_id]
    last: Collection[int] = found
    while last:
        last = [u for u in UnitSuccession.objects.filter(new__in=last).order_by("-day", "pk").values_list("old", flat=True) if u not in found]
        found += last
    return found


def voices_at_hand(unit_id: int) -> tuple[int, ...]:
    """The same without asking the database. Predecessors are only ever added; another process learns of a new one within a second."""
    return _kept.get(unit_id, lambda: tuple(voices(unit_id)))


_FIRST = -7_202_514


def voices_marked(unit_id: int) -> tuple[tuple[int, ...], dict[int, int]]:
    """Marks (``kernel.kept_queries``) in the places of those units, and which unit stands for each this time."""
    found = voices_at_hand(unit_id)
    marks = tuple(range(_FIRST, _FIRST - len(found), -1))
    return marks, dict(zip(marks, found, strict=True))
