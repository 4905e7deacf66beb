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


def towards(areas: Iterable[Area], on: date) -> tuple[Lineage, dict[int, Area]]:
    """The successions that lead from these areas to a day, later or earlier, and every area on the way; one query a generation, none beyond that day."""
    met = {area.pk: area for area in areas}
    steps: list[Step] = []
    front = set(met)
    while front := {pk for pk in front if not _life(met[pk]).holds(on)}:
        back = {pk for pk in front if on < met[pk].valid_from}
        reached: set[int] = set()
        for some in _some(front):
            rows = Succession.objects.filter(Q(old__in=[pk for pk in some if pk not in back]) | Q(new__in=[pk for pk in some if pk in back]))
            for row in rows.select_related("old", "new"):
                steps.append(Step(row.old_id, row.new_id, row.day, row.kind, row.share))
                fresh = {area.pk: area for area in (row.old, row.new) if area is not None and area.pk not in met}
                met |= fresh
                reached |= fresh.keys()
        front = reached
    return Lineage.of({pk: _life(area) for pk, area in met.items()}, {(s.old, s.new, s.day): s for s in steps}.values()), met


def _life(area: Area) -> Life:
    return Life(area.valid_from, area.valid_until)


def _steps(areas: list[int]) -> Iterable[Step]:
    rows = Succession.objects.filter(Q(old__in=areas) | Q(new__in=areas)).values_list(*_STEP)
    return (Step(*row) for row in rows)


def _lives(areas: list[int]) -> Iterable[tuple[int, date, date | None]]:
    return Area.objects.filter(pk__in=areas).values_list("pk", "valid_from", "valid_until")


def _some(areas: set[int]) -> Iterable[list[int]]:
    ordered = sorted(areas)
    return (ordered[n : n + _AT_ONCE] for n in range(0, len(ordered), _AT_ONCE))
