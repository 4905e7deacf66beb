"""Units on any day: of an area, in the chain of command, and what took over from one that ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.kernel.period import FOREVER

from ...territory.models import Area, AreaClosure
from ...territory.queries import exists_on
from ..models import Letterhead, Means, Relation, RelationKind, Unit, UnitArea, UnitClosure, UnitSuccession


@dataclass(slots=True)
class Rank:
    """A unit with the units that it directs."""

    unit: Unit
    below: list[Rank] = field(default_factory=list)


def units_of(area: Area, on: date, *, deep: bool = False) -> QuerySet[Unit]:
    """The units of an area on a day, with those that cover it from elsewhere; ``deep``: of everything below it, too."""
    areas: Iterable[int] | QuerySet[Any] = [area.pk]
    if deep:
        areas = AreaClosure.objects.filter(ancestor=area, valid_from__lte=on, valid_until__gt=on).values("area")
    covering = UnitArea.objects.filter(exists_on(on), area__in=areas).values("unit")
    found = Unit.objects.filter(exists_on(on)).filter(Q(area__in=areas) | Q(pk__in=covering))
    return found.select_related("force", "area").order_by("force__order", "name", "pk")


def units_kept(home: str, on: date) -> QuerySet[Unit]:
    """The units that a node keeps on a day (``home``: its tag), by force and name."""
    return Unit.objects.filter(exists_on(on), home=home).select_related("force").order_by("force__order", "force__code", "folded")


def chain_above(unit: Unit, on: date) -> list[Unit]:
    """Every unit that directs it on a day, nearest first."""
    rows = UnitClosure.objects.filter(unit=unit, depth__gt=0, valid_from__lte=on, valid_until__gt=on)
    return [row.ancestor for row in rows.select_related("ancestor__force").order_by("depth", "ancestor__force__order", "pk")]


def units_below(unit: Unit, on: date) -> QuerySet[Unit]:
    """The unit and every unit that it directs on a day, however far down."""
    below = UnitClosure.objects.filter(ancestor=unit, valid_from__lte=on, valid_until__gt=on).values("unit")
    return Unit.objects.filter(pk__in=below).select_related("force", "area").order_by("force__order", "name", "pk")


def unit_tree(root: Unit, on: date) -> Rank:
    """The chain of command below a unit on a day, in two queries. Who has two commanders stands below the one of its own force."""
    units = {u.pk: u for u in units_below(root, on)}
    held = Relation.objects.filter(exists_on(on), kind=RelationKind.DIRECTS, upper__in=units, lower__in=units).values_list("upper", "lower")
    chosen: dict[int, int] = {}
    for upper, lower in held:
        own = units[upper].force_id == units[lower].force_id
        if lower not in chosen or own:
            chosen[lower] = upper
    ranks = {pk: Rank(unit) for pk, unit in units.items()}
    for pk in units:
        if pk in chosen and pk != root.pk:
            ranks[chosen[pk]].below.append(ranks[pk])
    return ranks[root.pk]


def heirs_of(unit: Unit, on: date) -> list[Unit]:
    """The units of a day that the unit is or that took over from it, through any number of successions."""
    return heirs_of_each([unit], on)[unit.pk]


def heirs_of_each(units: Iterable[Unit], on: date) -> dict[int, list[Unit]]:
    """The same for many units, by id: one query a generation."""
    known = {unit.pk: unit for unit in units}
    asked, front, heirs = list(known), set(known), dict[int, list[int]]()
    while front := {pk for pk in front if (known[pk].valid_until or FOREVER) <= on}:
        rows = list(UnitSuccession.objects.filter(old__in=front).select_related("new__force", "new__area").order_by("pk"))
        for row in rows:
            heirs.setdefault(row.old_id, []).append(row.new_id)
        front = {row.new_id for row in rows} - known.keys()
        known |= {row.new_id: row.new for row in rows}

    def now(pk: int) -> list[int]:
        return [pk] if (known[pk].valid_until or FOREVER) > on else [heir for new in heirs.get(pk, ()) for heir in now(new)]

    return {pk: [known[heir] for heir in dict.fromkeys(now(pk))] for pk in asked}


def letterhead_of(unit: Unit, on: date) -> Letterhead | None:
    """How the unit heads its documents on a day."""
    return Letterhead.objects.filter(unit=unit, valid_from__lte=on).order_by("-valid_from").first()


def means_of(units: Iterable[Unit], on: date) -> list[Means]:
    """The latest counts of each kind of means as of a day."""
    latest: dict[tuple[int, str], Means] = {}
    for row in Means.objects.filter(unit__in=list(units), as_of__lte=on).select_related("unit__force").order_by("as_of"):
        latest[row.unit_id, row.kind] = row
    return sorted(latest.values(), key=lambda m: (m.unit_id, m.kind))
