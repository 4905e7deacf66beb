"""Who is bound by the signatures under an agreement: those who signed, and those whom they direct or guide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ...forces.models import Force, Relation, RelationKind, Unit, UnitArea, UnitClosure, UnitKind
from ...forces.queries.units import heirs_of_each
from ...forces.rules.communal import ONE_COMMAND, with_other_name
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
    """The unit of each force in each area: the one that stands there, else one that covers it from elsewhere.

    For the military of a commune that has no unit of its own there, the command of the commune's militia, and the other way round
    (``forces.rules.communal``). Two queries, three where that can be.
    """
    wanted, rank = set(forces), {kind: n for n, kind in enumerate(_KINDS.get(level, ()))}
    inside, there = {a.pk for a in areas}, {}
    others = _other_name_of(wanted, level)
    rows = Unit.objects.filter(exists_on(on), force__in=wanted | set(others.values()), kind__in=list(rank)).select_related("force")
    covers = UnitArea.objects.filter(exists_on(on), unit__in=rows, area__in=inside).select_related("unit__force")
    found = [(c.unit, c.area_id, 1) for c in covers] + [(u, u.area_id, 0) for u in rows.filter(area__in=inside)]
    commands: dict[tuple[int, int], Unit] = {}
    for unit, area, _away in sorted(found, key=lambda one: (one[2], rank[one[0].kind], one[0].pk), reverse=True):
        there[unit.force_id, area] = unit
        if unit.kind == UnitKind.COMMUNE_HQ:
            commands[unit.force_id, area] = unit
    stand_ins = {(force, area): unit for force, other in others.items() for (of, area), unit in commands.items() if of == other}
    return {key: unit for key, unit in (stand_ins | there).items() if key[0] in wanted}


def stands_for(unit: Unit, on: date) -> list[int]:
    """The forces beside its own for which a commune's command is meant, where they have no unit of theirs."""
    others = Force.objects.filter(code__in=with_other_name([unit.force.code], unit.area.level)).exclude(pk=unit.force_id).values_list("pk", flat=True)
    there = units_there(others, [unit.area], unit.area.level, on) if others else {}
    return [force for (force, _area), found in there.items() if found.pk == unit.pk]


def _other_name_of(forces: Collection[int], level: str) -> dict[int, int]:
    """At commune level of military and militia each the other, for those of them that are asked for."""
    if level != Level.COMMUNE:
        return {}
    pair = list(Force.objects.filter(code__in=ONE_COMMAND).values_list("pk", flat=True))
    return {one: other for one in pair for other in pair if one != other and one in forces}
