"""Loading the whole register for the checks, and the part of it around some areas for a walk through successions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ..models import Area, AreaParent, Succession
from ..rules.lineage import Life, Lineage, Step
from ..rules.register import Held, Place, Register

_STEP = ("old", "new", "day", "kind", "share")
_AT_ONCE = 500  # keys in one query: SQLite takes no more than a few hundred in older builds


def register() -> Register:
    """Every area with its parents and successions: some ten thousand rows, for the checks."""
    places = (
        Place(pk, tree, code, level, kind, name, folded, Life(first, until), lat, lon, hectares)
        for pk, tree, code, level, kind, name, folded, first, until, lat, lon, hectares in Area.objects.order_by("pk").values_list(
            "pk", "tree", "code", "level", "kind", "name", "folded", "valid_from", "valid_until", "lat", "lon", "hectares"
        )
    )
    rows = AreaParent.objects.values_list("area", "parent", "valid_from", "valid_until").order_by("pk")
    held = (Held(area, parent, Life(first, until)) for area, parent, first, until in rows)
    steps = (Step(*row) for row in Succession.objects.values_list(*_STEP).order_by("pk"))
    return Register({place.id: place for place in places}, tuple(held), tuple(steps))


def around(areas: Iterable[int]) -> Lineage:
    """The successions that lead to or from these areas, and whatever they are tied to: one query a generation."""
    seen: set[int] = set()
    steps: dict[tuple[int, int | None, date], Step] = {}
    front = set(areas)
    while front:
        seen |= front
        found = [step for some in _some(front) for step in _steps(some)]
        steps |= {(step.old, step.new, step.day): step for step in found}
        front = {a for step in found for a in (step.old, step.new) if a is not None} - seen
    lives = {pk: Life(first, until) for some in _some(seen) for pk, first, until in _lives(some)}
    return Lineage.of(lives, steps.values())


def _steps(areas: list[int]) -> Iterable[Step]:
    rows = Succession.objects.filter(Q(old__in=areas) | Q(new__in=areas)).values_list(*_STEP)
    return (Step(*row) for row in rows)


def _lives(areas: list[int]) -> Iterable[tuple[int, date, date | None]]:
    return Area.objects.filter(pk__in=areas).values_list("pk", "valid_from", "valid_until")


def _some(areas: set[int]) -> Iterable[list[int]]:
    ordered = sorted(areas)
    return (ordered[n : n + _AT_ONCE] for n in range(0, len(ordered), _AT_ONCE))
