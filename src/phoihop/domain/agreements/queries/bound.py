"""Who is bound by the signatures under an agreement: those who signed, and those whom they direct or guide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ...forces.models import Force, Relation, RelationKind, Unit, UnitArea, UnitClosure, UnitKind
from ...forces.queries.units import heirs_of_each
from ...territory.models import Area, AreaClosure, Level, Tree
from ...territory.queries import exists_on
from ..models import Agreement, Version

_KINDS: dict[str, tuple[str, ...]] = {
    Level.NATION: (UnitKind.MINISTRY, UnitKind.MILITARY_REGION),
    Level.PROVINCE: (UnitKind.PROVINCE_HQ, UnitKind.DEPARTMENT),
    Level.DISTRICT: (UnitKind.DISTRICT_HQ, UnitKind.DEFENCE_REGION),
    Level.COMMUNE: (UnitKind.COMMUNE_HQ, UnitKind.STATION, UnitKind.TEAM),
    Level.HAMLET: (UnitKind.TEAM,),
}
"""Which unit of a force speaks for it at a level: the first of these that stands in the area, or covers it."""

MILITARY, MILITIA = "QS", "DQ"


@dataclass(frozen=True, slots=True)
class Bond:
    """By whose signature a unit is bound: its own, or that of the unit above it; None: by nobody's, it has to be asked."""

    unit: int
    through: int | None


def signatories(version: Version, on: date) -> set[int]:
    """Who signed a text, as of a day: where a signatory has ended, who took over from it. Who is to sign the next text has signed nothing yet."""
    signed = Unit.objects.filter(pk__in=version.signatures.values("unit")).select_related("force", "area")
    return {heir.pk for heirs in heirs_of_each(signed, on).values() for heir in heirs}


def bonds(signed: Collection[int], units: Collection[int], on: date) -> dict[int, Bond]:
    """For each unit the one of ``signed`` that binds it: itself, else the nearest that directs it, else one that guides it. Two queries."""
    through: dict[int, int] = {}
    for lower, upper in (
        Relation.objects.filter(exists_on(on), kind=RelationKind.GUIDES, lower__in=units, upper__in=signed).order_by("-pk").values_list("lower", "upper")
    ):
        through[lower] = upper
    above = UnitClosure.objects.filter(unit__in=units, ancestor__in=signed, depth__gt=0, valid_from__lte=on, valid_until__gt=on).order_by("-depth", "-pk")
    through |= dict(above.values_list("unit", "ancestor"))
    through |= {unit: unit for unit in units if unit in signed}
    return {unit: Bond(unit, through.get(unit)) for unit in units}


def areas_at(agreement: Agreement, level: str, on: date) -> list[Area]:
    """The areas of a level where an agreement holds: those below its areas, or these themselves."""
    below = AreaClosure.objects.filter(ancestor__in=agreement.areas.values("area"), valid_from__lte=on, valid_until__gt=on).values("area")
    return list(Area.objects.filter(exists_on(on), pk__in=below, level=level, tree=Tree.CIVIL).order_by("code", "pk"))


def units_there(forces: Iterable[int], areas: Collection[Area], level: str, on: date) -> dict[tuple[int, int], Unit]:
    """The unit of each force in each area: the one that stands there, else one that covers it from elsewhere. Two queries."""
    rank = {kind: n for n, kind in enumerate(_KINDS.get(level, ()))}
    wanted, there = {a.pk for a in areas}, {}
    rows = Unit.objects.filter(exists_on(on), force__in=list(forces), kind__in=list(rank))
    covers = UnitArea.objects.filter(exists_on(on), unit__in=rows, area__in=wanted).select_related("unit")
    found = [(c.unit, c.area_id, 1) for c in covers] + [(u, u.area_id, 0) for u in rows.filter(area__in=wanted)]
    for unit, area, _away in sorted(found, key=lambda one: (one[2], rank[one[0].kind], one[0].pk), reverse=True):
        there[unit.force_id, area] = unit
    return there


def commands_there(forces: Iterable[Force], areas: Collection[Area], level: str, on: date) -> dict[tuple[int, int], Unit]:
    """As :func:`units_there`; for the military of a commune that has no unit of its own there, the command of the commune's militia.

    That command is the commune's military one, whichever of the two forces it is registered under.
    """
    wanted = list(forces)
    there = units_there([f.pk for f in wanted], areas, level, on)
    military = next((f for f in wanted if f.code == MILITARY), None)
    if military is None or level != Level.COMMUNE:
        return there
    militia = Force.objects.filter(code=MILITIA).first()
    commands = units_there([militia.pk], areas, level, on) if militia else {}
    return {(military.pk, area): unit for (_militia, area), unit in commands.items()} | there
