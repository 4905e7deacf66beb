"""The units of a province, made by templates from its area list; and single units besides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.text import fold, nfc
from phoihop.kernel.tuning import know

from ...territory.models import Area
from ..models import Force, Letterhead, Relation, RelationKind, Unit, UnitArea, UnitClosure, UnitSuccession
from ..queries.grounds import grounds_of
from ..rules import judging
from ..rules.generating import plan_units
from ..rules.judging import UnitDraft
from ..rules.packaged import end_of
from ..rules.plans import HeadPlan, HeirPlan, Plan, RelationPlan, UnitPlan, key_of
from .projecting import project

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Made:
    """How many there are new: units, relations, successions, letterheads."""

    units: int
    relations: int
    heirs: int
    heads: int


@action
def make_units(*, by: Acting, province: Area, day: date, home: str, at: datetime, former: bool = False) -> Made:
    """Make every unit of a province as of a day, with dated relations, coverage and letterheads. Again, it adds what is missing.

    ``home``: the node that keeps them. ``former``: also the units of the provinces, districts and communes of before
    1 July 2025, each with the unit that took over.
    """
    judging.may_make(by, local_day(at)).enforce()
    judging.can_have_units(province, day).enforce()
    found = grounds_of(province, day, former=former)
    plan = plan_units(found.grounds, found.regional, found.stations)
    units = _lay_units(plan.units, home)
    made = Made(
        len(units.fresh),
        _lay_relations(plan.relations, units.ids),
        _lay_heirs(plan.heirs, units.ids),
        _lay_heads(plan.heads, units.ids),
    )
    _lay_coverage(plan, units.ids)
    know(Unit, Relation, UnitArea, UnitSuccession)
    project(units.ids.values())
    know(UnitClosure)
    write(
        by=by, what="unit.made", at=at, area=province.code, day=day, home=home, former=former, units=made.units, relations=made.relations,
        heirs=made.heirs, keys=hashlib.sha256("\n".join(sorted(units.fresh)).encode()).hexdigest(),
    )  # fmt: skip
    return made


@action
def found_unit(*, by: Acting, draft: UnitDraft, day: date, home: str, at: datetime) -> Unit:
    """Found one unit from a day: a station, a team, a department that the templates do not know."""
    judging.may_make(by, local_day(at)).enforce()
    key = key_of(draft.force, draft.kind, draft.mark or draft.area.code, day)
    judging.fits_unit(draft, day, known=Force.objects.filter(code=draft.force).exists(), taken=Unit.objects.filter(key=key).exists()).enforce()
    unit = Unit.objects.create(
        key=key, force=Force.objects.get(code=draft.force), kind=draft.kind, area=draft.area, name=nfc(draft.name).strip(),
        short=nfc(draft.short).strip() or nfc(draft.name).strip()[:60], folded=fold(draft.name), home=home, valid_from=day,
    )  # fmt: skip
    if draft.under is not None:
        Relation.objects.create(upper=draft.under, lower=unit, kind=RelationKind.DIRECTS, valid_from=day)
    UnitArea.objects.bulk_create([UnitArea(unit=unit, area=area, valid_from=day) for area in draft.covers])
    project([unit.pk])
    write(by=by, what="unit.founded", at=at, unit=key, day=day, under=draft.under.key if draft.under else None, covers=[a.code for a in draft.covers])
    return unit


@dataclass(frozen=True, slots=True)
class _Laid:
    ids: dict[str, int]
    fresh: set[str]


def _lay_units(plans: Sequence[UnitPlan], home: str) -> _Laid:
    forces = {force.code: force for force in Force.objects.all()}
    judging.forces_defined({plan.force for plan in plans}, forces).enforce()
    there = _known(plan.key for plan in plans)
    fresh = [plan for plan in plans if plan.key not in there]
    Unit.objects.bulk_create(
        [
            Unit(
                key=p.key, force=forces[p.force], kind=p.kind, area_id=p.area, name=p.name, short=p.short, folded=fold(p.name), home=home,
                valid_from=p.life.first, valid_until=end_of(p.life),
            )
            for p in fresh
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    return _Laid(_known(plan.key for plan in plans), {plan.key for plan in fresh})


def _known(keys: Iterable[str]) -> dict[str, int]:
    asked = list(keys)
    found: dict[str, int] = {}
    for n in range(0, len(asked), 500):
        found |= dict(Unit.objects.filter(key__in=asked[n : n + 500]).values_list("key", "pk"))
    return found


def _lay_relations(plans: Sequence[RelationPlan], ids: dict[str, int]) -> int:
    there = set(Relation.objects.values_list("upper", "lower", "kind", "valid_from"))
    fresh = [p for p in plans if (ids[p.upper], ids[p.lower], p.kind, p.period.first) not in there]
    rows = [
        Relation(upper_id=ids[p.upper], lower_id=ids[p.lower], kind=p.kind, valid_from=p.period.first, valid_until=end_of(p.period), basis=p.basis)
        for p in fresh
    ]
    return len(Relation.objects.bulk_create(rows, batch_size=_BATCH))


def _lay_heirs(plans: Sequence[HeirPlan], ids: dict[str, int]) -> int:
    """Successions of the past: the old units held nothing here yet, so there is nothing to hand over."""
    there = set(UnitSuccession.objects.values_list("old", "new", "day"))
    rows = [UnitSuccession(old_id=ids[p.old], new_id=ids[p.new], day=p.day, basis="") for p in plans if (ids[p.old], ids[p.new], p.day) not in there]
    return len(UnitSuccession.objects.bulk_create(rows, batch_size=_BATCH))


def _lay_heads(plans: Sequence[HeadPlan], ids: dict[str, int]) -> int:
    there = set(Letterhead.objects.values_list("unit", flat=True))
    rows = [Letterhead(unit_id=ids[p.unit], valid_from=p.first, **p.fields) for p in plans if ids[p.unit] not in there]
    return len(Letterhead.objects.bulk_create(rows, batch_size=_BATCH))


def _lay_coverage(plan: Plan, ids: dict[str, int]) -> None:
    there = set(UnitArea.objects.values_list("unit", "area"))
    rows = [
        UnitArea(unit_id=ids[unit.key], area_id=area, valid_from=unit.life.first, valid_until=end_of(unit.life))
        for unit in plan.units
        for area in unit.covers
        if (ids[unit.key], area) not in there
    ]
    UnitArea.objects.bulk_create(rows, batch_size=_BATCH)
