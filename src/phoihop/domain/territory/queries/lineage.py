"""What became of an area, and what one is made of, through any number of successions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..models import Area, Succession, Tree
from ..rules.lineage import Lineage
from .register import around, towards


@dataclass(frozen=True, slots=True)
class Became:
    """The areas of the asked day, and the successions on the way, earliest first.

    ``whole``: none of them divided a unit, so that figures carry over without an estimate.
    """

    area: Area
    areas: list[Area]
    steps: list[Succession]

    @property
    def whole(self) -> bool:
        heirs: dict[tuple[int, date], int] = {}
        for step in self.steps:
            heirs[step.old_id, step.day] = heirs.get((step.old_id, step.day), 0) + 1
        return all(count == 1 for count in heirs.values())


def became(area: Area, on: date) -> Became:
    """What an area is on a later day. Empty when it ended without an heir."""
    lineage = around([area.pk])
    return _told(area, lineage, _forward(lineage, area.pk, on), on)


def made_of(area: Area, on: date) -> Became:
    """What an area was on an earlier day."""
    lineage = around([area.pk])
    return _told(area, lineage, _backward(lineage, area.pk, on), on)


def became_all(areas: Iterable[Area], on: date) -> dict[int, list[Area]]:
    """For each area (by id), what it is on a day, whichever came first. Nothing is asked about those that exist on it."""
    asked = list(areas)
    lineage, met = towards(asked, on)
    return {area.pk: [met[other] for other in sorted(lineage.on(area.pk, on))] for area in asked}


def today_of(code: str, on: date) -> list[tuple[Area, list[Area]]]:
    """Every unit that ever bore a code, latest first, with the areas that it is or became on a day."""
    bearers = list(Area.objects.filter(tree=Tree.CIVIL, code=code).order_by("-valid_from"))
    heirs = became_all(bearers, on)
    return [(bearer, heirs[bearer.pk]) for bearer in bearers]


def lineage_of(areas: Iterable[Area]) -> list[Succession]:
    """All successions that lead to or from these areas directly, with both ends: for a drawing of the flow."""
    pks = [area.pk for area in areas]
    rows = Succession.objects.select_related("old", "new")
    return sorted({*rows.filter(old__in=pks), *rows.filter(new__in=pks)}, key=lambda s: (s.day, s.old.code, s.pk))


def _forward(lineage: Lineage, area: int, on: date) -> set[tuple[int, int | None, date]]:
    if lineage.lives[area].holds(on) or on < lineage.lives[area].first:
        return set()
    steps = {(step.old, step.new, step.day) for step in lineage.heirs.get(area, ()) if step.day <= on}
    return steps.union(*(_forward(lineage, new, on) for _old, new, _day in steps if new is not None))


def _backward(lineage: Lineage, area: int, on: date) -> set[tuple[int, int | None, date]]:
    steps = {(step.old, step.new, step.day) for step in lineage.sources.get(area, ()) if step.day > on}
    return steps.union(*(_backward(lineage, old, on) for old, _new, _day in steps))


def _told(area: Area, lineage: Lineage, steps: set[tuple[int, int | None, date]], on: date) -> Became:
    found = Succession.objects.filter(old__in={old for old, _new, _day in steps}).select_related("old", "new").order_by("day", "old__code", "pk")
    areas = sorted(Area.objects.filter(pk__in=lineage.on(area.pk, on)), key=lambda a: a.code)
    return Became(area, areas, [s for s in found if (s.old_id, s.new_id, s.day) in steps])
