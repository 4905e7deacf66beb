"""The ground of a node, laid in one go: lists, forces, groups, units and map of one province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import FOREVER, Period, local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.text import fold

from ...territory.actions.grouping import draw_groups
from ...territory.actions.importing import Imported, import_lists
from ...territory.actions.mapping import draw_schematic
from ...territory.actions.projecting import project as project_areas
from ...territory.models import Area, AreaParent, Tree
from ...territory.queries import area_at, propose_clusters, propose_regions
from ...territory.queries.tree import children
from ...territory.rules.lists import AreaRow, parents_of
from ...territory.rules.package_lists import province_of
from ..models import Force, Unit, UnitClosure
from ..rules import judging
from ..rules.generating import plan_units
from ..rules.packaged import rows
from ..rules.plans import Ground, UnitPlan
from .defining import define_forces
from .making import Made, make_units


@dataclass(frozen=True, slots=True)
class Founded:
    """What a founding made: the province, what the lists brought, the units, the areas on the map."""

    province: Area
    lists: Imported
    made: Made
    drawn: int


@action
def found_province(*, by: Acting, code: str, day: date, home: str, at: datetime, former: bool = True, clusters: bool = True, mapped: bool = True) -> Founded:
    """Lay the ground of a province as of a day: all lists, the forces, its groups, its units and its map. Again, it adds what is missing.

    ``code``: of the province on that day. ``former``: with the units of before 1 July 2025 and what took over from them.
    """
    judging.may_make(by, local_day(at)).enforce()
    lists = import_lists(by=by, at=at)
    province = area_at(code, day)
    judging.is_province(province, code).enforce()
    assert province is not None
    define_forces(by=by, at=at)
    first = province.valid_from
    _draw(by, province, Tree.DEFENCE, first, at)
    if clusters:
        _draw(by, province, Tree.CLUSTER, first, at)
    made = make_units(by=by, province=province, day=day, home=home, at=at, former=former)
    drawn = draw_schematic(by=by, province=province, day=day, at=at) if mapped else 0
    write(by=by, what="unit.ground_laid", at=at, area=province.code, day=day, home=home)
    return Founded(province, lists, made, drawn)


def _draw(by: Acting, province: Area, tree: str, day: date, at: datetime) -> None:
    """Propose groups and make them the province's, unless it has drawn its own."""
    if children(province, day, tree).exists():
        return
    propose = propose_regions if tree == Tree.DEFENCE else propose_clusters
    if groups := propose(province, day):
        draw_groups(by=by, province=province, tree=tree, groups=groups, day=day, at=at)


def first_unit(*, code: str, sign: str, day: date, home: str) -> Unit:
    """The unit in which a new node first acts, before there is a post that could act: nation, province, force and the unit itself.

    They are what :func:`found_province` would make, so that it finds them there. To be called within the founding of the
    node, which makes the first post and leaves the first event (``people.actions.posts.install_node_post``). ``sign``: a sort
    of unit of a province, such as ``CA.tinh``.
    """
    areas = province_of(code, day)
    judging.is_province(areas or None, code).enforce()
    nation, province = (_area(row) for row in areas)
    for parent in parents_of(areas):
        AreaParent.objects.get_or_create(area=province, parent=nation, valid_from=parent.valid_from, defaults={"valid_until": parent.valid_until})
    project_areas([nation.pk])
    return _unit(_planned(sign, nation, province), home)


def _area(row: AreaRow) -> Area:
    told = {name: getattr(row, name) for name in ("valid_until", "start_known", "level", "kind", "name", "lat", "lon", "hectares", "basis")}
    return Area.objects.get_or_create(tree=row.tree, code=row.code, valid_from=row.valid_from, defaults={**told, "folded": fold(row.name)})[0]


def _planned(sign: str, nation: Area, province: Area) -> UnitPlan:
    grounds = [Ground(a.pk, a.code, a.level, a.kind, a.name, Period(a.valid_from, a.valid_until or FOREVER)) for a in (nation, province)]
    found = [unit for unit in plan_units(grounds, {}, ()).units if unit.sign == sign and unit.area == province.pk]
    judging.is_sort(found, sign).enforce()
    return found[0]


def _unit(plan: UnitPlan, home: str) -> Unit:
    order = {row["code"]: int(row["order"]) for row in rows("forces")}
    force = Force.objects.get_or_create(code=plan.force, defaults={"order": order[plan.force]})[0]
    told = {"force": force, "kind": plan.kind, "area_id": plan.area, "name": plan.name, "short": plan.short, "folded": fold(plan.name), "home": home}
    unit, made = Unit.objects.get_or_create(key=plan.key, defaults={**told, "valid_from": plan.life.first})
    if made:
        UnitClosure.objects.create(ancestor=unit, unit=unit, depth=0, valid_from=unit.valid_from, valid_until=FOREVER)
    return unit
