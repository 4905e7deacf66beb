"""Dated relations between units, and the communes that a unit covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting

from ...territory.models import Area
from ...territory.queries import exists_on
from ..models import Relation, Unit, UnitArea
from ..queries.units import units_below
from ..rules import judging, relating
from .projecting import project


@action
def relate(*, by: Acting, upper: Unit, lower: Unit, kind: str, day: date, at: datetime, basis: str = "") -> Relation:
    """From a day one unit directs, guides or coordinates with another."""
    relating.may_relate(by, local_day(at)).enforce()
    there = Relation.objects.filter(exists_on(day), upper=upper, lower=lower)
    relating.fits_relation(upper, lower, kind, day, there, units_below(lower, day).values_list("pk", flat=True)).enforce()
    made = Relation.objects.create(upper=upper, lower=lower, kind=kind, valid_from=day, basis=basis)
    project([lower.pk])
    write(by=by, what="unit.related", at=at, upper=upper.key, lower=lower.key, kind=kind, day=day)
    return made


@action
def end_relation(*, by: Acting, relation: Relation, day: date, at: datetime) -> Relation:
    """From a day the relation no longer holds."""
    relating.may_relate(by, local_day(at)).enforce()
    relation = locked(relation)
    relating.fits_end(relation, day).enforce()
    relation.valid_until = day
    relation.save(update_fields=["valid_until"])
    project([relation.lower_id])
    write(by=by, what="unit.relation_ended", at=at, upper=relation.upper.key, lower=relation.lower.key, kind=relation.kind, day=day)
    return relation


@action
def cover(*, by: Acting, unit: Unit, areas: Sequence[Area], day: date, at: datetime) -> list[UnitArea]:
    """From a day the unit covers exactly these areas beyond its own."""
    judging.may_make(by, local_day(at)).enforce()
    unit = locked(unit)
    judging.fits_coverage(unit, areas, day).enforce()
    now = {row.area_id: row for row in UnitArea.objects.filter(exists_on(day), unit=unit)}
    wanted = {area.pk for area in areas}
    for row in (row for area, row in now.items() if area not in wanted):
        leave(row, day)
    UnitArea.objects.bulk_create([UnitArea(unit=unit, area_id=area, valid_from=day) for area in sorted(wanted - now.keys())])
    write(by=by, what="unit.covering", at=at, unit=unit.key, day=day, areas=sorted(area.code for area in areas))
    return list(UnitArea.objects.filter(exists_on(day), unit=unit).order_by("area__code"))


def leave(row: UnitArea, day: date) -> None:
    """Coverage of this very day never was."""
    if row.valid_from == day:
        row.delete()
    else:
        row.valid_until = day
        row.save(update_fields=["valid_until"])
