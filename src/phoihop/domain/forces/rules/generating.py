"""The units of a province out of its list of areas, by the packaged templates: plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from phoihop.kernel.period import FOREVER, Period

from ...territory.models import Level
from .heading import head_of
from .packaged import Sort, Tie, border_communes, region_of, regions, sorts, ties
from .plans import Ground, HeirPlan, Plan, RelationPlan, Station, UnitPlan, key_of
from .wording import area_words, committee_of


def plan_units(grounds: Sequence[Ground], regional: Mapping[int, tuple[int, ...]], stations: Sequence[Station]) -> Plan:
    """Everything that the templates make of these grounds.

    ``regional``: for each defence region (by the id of its ground) the communes it covers. Nation and provinces must be
    among the grounds; districts and former communes may be, for the units of before.
    """
    by_id = {g.id: g for g in grounds}
    border = _border_provinces(grounds)
    units = [plan for g in grounds for sort in sorts() if (plan := _of_ground(sort, g, border, regional))]
    units += [plan for s in stations for sort in sorts() if sort.level == "station" and (plan := _of_station(sort, s, by_id[s.seat]))]
    units += _military_regions(grounds)
    found = Plan(units)
    found.relations = list(_relations(units, by_id))
    found.heirs = list(_heirs(units, by_id))
    found.heads = [head for unit in units if unit.life.until == FOREVER and (head := head_of(unit, by_id))]
    return found


def _border_provinces(grounds: Sequence[Ground]) -> set[int]:
    """Provinces that hold a commune on the border, today or as what became one."""
    codes = {g.id: g.code in border_communes() for g in grounds if g.level == Level.COMMUNE and g.life.until == FOREVER}
    at_border = [g for g in grounds if g.level == Level.COMMUNE and (codes.get(g.id) or any(codes.get(heir) for heir in g.heirs))]
    return {above for g in at_border for above, __ in g.above}


def _of_ground(sort: Sort, g: Ground, border: set[int], regional: Mapping[int, tuple[int, ...]]) -> UnitPlan | None:
    level = "region" if g.id in regional else g.level
    wanted = Level.PROVINCE if sort.level == "border" else sort.level
    if level != wanted or (sort.level == "border" and g.id not in border) or not _holds(sort, g.code):
        return None
    life = sort.period.meet(g.life)
    return _unit(sort, g, g.code, g.name, life, regional.get(g.id, ())) if len(life) else None


def _holds(sort: Sort, code: str) -> bool:
    """A row for some provinces only hides the general row of the same sort there."""
    if sort.only:
        return code in sort.only
    return not any(other.sign == sort.sign and code in other.only for other in sorts())


def _of_station(sort: Sort, s: Station, seat: Ground) -> UnitPlan | None:
    life = sort.period.meet(seat.life)
    return _unit(sort, seat, seat.code, s.name, life, s.covers) if len(life) else None


def _unit(sort: Sort, g: Ground, place: str, name: str, life: Period, covers: tuple[int, ...]) -> UnitPlan:
    words = {"area": area_words(g), "name": name, "committee": committee_of(g)}
    return UnitPlan(
        sort.sign, key_of(sort.force, sort.kind, place, life.first), sort.force, sort.kind, g.id,
        sort.name.format(**words), sort.short.format(**words), life, sort.heir, covers,
    )  # fmt: skip


def _military_regions(grounds: Sequence[Ground]) -> Iterator[UnitPlan]:
    nation = next(g for g in grounds if g.level == Level.NATION)
    provinces = {g.code for g in grounds if g.level == Level.PROVINCE}
    for region in regions():
        if region.provinces & provinces:
            key = key_of("QS", "qk", region.code, nation.life.first)
            yield UnitPlan("QS.qk", key, "QS", "qk", nation.id, region.name, region.short, nation.life)


# -- relations -------------------------------------------------------------------------------------------------------


def _relations(units: Sequence[UnitPlan], grounds: Mapping[int, Ground]) -> Iterator[RelationPlan]:
    by_sign: dict[str, list[UnitPlan]] = {}
    for unit in units:
        by_sign.setdefault(unit.sign, []).append(unit)
    for tie in ties():
        seats = _seats(by_sign.get(tie.upper, ()), tie)
        for lower in by_sign.get(tie.lower, ()):
            for upper, period in _uppers(tie, lower, seats, grounds):
                shared = tie.period.meet(upper.life).meet(lower.life).meet(period)
                if len(shared):
                    yield RelationPlan(upper.key, lower.key, tie.kind, shared, tie.basis)


def _seats(uppers: Iterable[UnitPlan], tie: Tie) -> dict[int, list[UnitPlan]]:
    """The upper units by the area that ties them: their own, or each that they cover."""
    found: dict[int, list[UnitPlan]] = {}
    for upper in uppers:
        for area in upper.covers if tie.how == "covers" else (upper.area,):
            found.setdefault(area, []).append(upper)
    return found


def _uppers(tie: Tie, lower: UnitPlan, seats: Mapping[int, list[UnitPlan]], grounds: Mapping[int, Ground]) -> Iterator[tuple[UnitPlan, Period]]:
    always = Period(date.min, FOREVER)
    if tie.how == "nation":
        yield from ((upper, always) for uppers in seats.values() for upper in uppers)
    elif tie.how == "region":
        mine = region_of(grounds[lower.area].code)
        yield from ((upper, always) for uppers in seats.values() for upper in uppers if mine and upper.name == mine.name)
    elif tie.how == "above":
        yield from ((upper, period) for area, period in grounds[lower.area].above for upper in seats.get(area, ()))
    else:
        yield from ((upper, always) for upper in seats.get(lower.area, ()))


# -- heirs -----------------------------------------------------------------------------------------------------------


def _heirs(units: Sequence[UnitPlan], grounds: Mapping[int, Ground]) -> Iterator[HeirPlan]:
    by_place: dict[tuple[str, int], list[UnitPlan]] = {}
    for unit in units:
        by_place.setdefault((unit.sign, unit.area), []).append(unit)
    covered = {area: unit for unit in units for area in unit.covers if unit.sign == "QS.ptkv"}
    for old in units:
        if old.heir and old.life.until != FOREVER:
            for new in _taking_over(old, grounds, by_place, covered):
                yield HeirPlan(old.key, new.key, old.life.until)


def _taking_over(
    old: UnitPlan, grounds: Mapping[int, Ground], by_place: Mapping[tuple[str, int], list[UnitPlan]], covered: Mapping[int, UnitPlan]
) -> list[UnitPlan]:
    day, ground = old.life.until, grounds[old.area]
    if old.heir == "same":
        places = [ground.id] if day in ground.life else list(ground.heirs)
        return _living(by_place, old.sign, places, day)
    if old.heir == "QS.ptkv":
        regions_ = [covered[heir] for g in grounds.values() if any(a == ground.id for a, __ in g.above) for heir in g.heirs if heir in covered]
        return [max(regions_, key=lambda unit: (regions_.count(unit), unit.key))] if regions_ else []
    provinces = [grounds[a] for a, __ in ground.above if a in grounds and grounds[a].level == Level.PROVINCE]
    places = [place for p in provinces for place in ([p.id] if day in p.life else p.heirs)]
    return _living(by_place, old.heir, places, day)


def _living(by_place: Mapping[tuple[str, int], list[UnitPlan]], sign: str, places: Iterable[int], day: date) -> list[UnitPlan]:
    return [unit for place in dict.fromkeys(places) for unit in by_place.get((sign, place), ()) if day in unit.life]
