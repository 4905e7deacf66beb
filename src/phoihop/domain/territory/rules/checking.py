"""Checks of the register of areas, as data: each looks for one kind of fault and yields what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from ..models import Level, SuccessionKind, Tree
from .lineage import split_groups
from .lists import BEFORE_ALL, TWO_TIERS
from .register import Held, Place, Register, kilometres, reach

EXPECTED = {
    (TWO_TIERS - timedelta(days=1), Level.PROVINCE): 63,
    (TWO_TIERS - timedelta(days=1), Level.COMMUNE): 10_035,
    (TWO_TIERS, Level.PROVINCE): 34,
    (TWO_TIERS, Level.COMMUNE): 3_321,
}
SETTLED = "settled"
"""Stands in the place of a doubt that an administrator has looked at and found right."""
_REFORMED = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
LARGE_GROUP = 8
"""Communes that splits tie together; more is rather a mistake in the list than a reform."""


class Weight(StrEnum):
    """A *fault* is wrong, a *doubt* may be, a *note* is a figure to know."""

    FAULT = "fault"
    DOUBT = "doubt"
    NOTE = "note"


class Finding(NamedTuple):
    """What a check found: which area, beside which other, and a number (kilometres, days, units) if one tells more."""

    check: str
    area: int | None = None
    other: int | None = None
    value: int | None = None
    day: date | None = None


Check = Callable[[Register], Iterator[Finding]]
CHECKS: dict[str, tuple[Weight, Any, Check]] = {}


def check(code: str, weight: Weight, says: Any) -> Callable[[Check], Check]:
    """Name a check: its code, how much a finding weighs, and a sentence for people."""

    def named(function: Check) -> Check:
        CHECKS[code] = (weight, says, function)
        return function

    return named


# -- faults ----------------------------------------------------------------------------------------------------------


@check("count", Weight.FAULT, _("Số đơn vị không bằng số đã công bố (30/6/2025: 63 tỉnh, 10.035 xã; 1/7/2025: 34 tỉnh, 3.321 xã)."))
def count(r: Register) -> Iterator[Finding]:
    for (day, level), expected in EXPECTED.items():
        there = sum(p.tree == Tree.CIVIL and p.level == level and p.life.holds(day) for p in r.places.values())
        if there != expected:
            yield Finding("count", value=there - expected, day=day)


@check("double", Weight.FAULT, _("Hai đơn vị mang cùng một mã trong cùng một ngày."))
def double(r: Register) -> Iterator[Finding]:
    by_code: dict[tuple[str, str], list[Place]] = {}
    for place in r.places.values():
        by_code.setdefault((place.tree, place.code), []).append(place)
    for places in by_code.values():
        places.sort(key=lambda p: p.life.first)
        for one, next_ in pairwise(places):
            if one.life.until is None or next_.life.first < one.life.until:
                yield Finding("double", one.id, next_.id, day=next_.life.first)


@check("orphan", Weight.FAULT, _("Đơn vị không thuộc cấp trên nào trong một thời gian."))
def orphan(r: Register) -> Iterator[Finding]:
    for place in r.places.values():
        if place.level == Level.NATION:
            continue
        day = place.life.first
        for held in sorted(_civil_parents(r, place), key=lambda h: h.life.first):
            if held.life.first > day:
                break
            day = max(day, held.life.until or date.max)
        if day < (place.life.until or date.max):
            yield Finding("orphan", place.id, day=day)


@check("two-parents", Weight.FAULT, _("Đơn vị thuộc hai cấp trên trong cùng một ngày."))
def two_parents(r: Register) -> Iterator[Finding]:
    for place in r.places.values():
        held = sorted(_civil_parents(r, place), key=lambda h: h.life.first)
        for one, next_ in pairwise(held):
            if one.life.until is None or next_.life.first < one.life.until:
                yield Finding("two-parents", place.id, next_.parent, day=next_.life.first)


@check("parent-not-then", Weight.FAULT, _("Cấp trên không tồn tại trong suốt thời gian đơn vị thuộc nó."))
def parent_not_then(r: Register) -> Iterator[Finding]:
    for held in r.held:
        parent = r.places[held.parent].life
        outlives = parent.until is not None and (held.life.until is None or held.life.until > parent.until)
        if held.life.first < parent.first or outlives:
            yield Finding("parent-not-then", held.area, held.parent, day=held.life.first if held.life.first < parent.first else parent.until)


@check("vanished", Weight.FAULT, _("Đơn vị đã kết thúc mà không ghi trở thành đơn vị nào."))
def vanished(r: Register) -> Iterator[Finding]:
    for place in r.places.values():
        if place.tree == Tree.CIVIL and place.life.until is not None and not r.lineage.heirs.get(place.id):
            yield Finding("vanished", place.id, day=place.life.until)


@check("from-nothing", Weight.FAULT, _("Đơn vị mới không ghi lập từ đơn vị nào."))
def from_nothing(r: Register) -> Iterator[Finding]:
    for place in r.places.values():
        if place.tree == Tree.CIVIL and place.life.first > BEFORE_ALL and place.level in _REFORMED and not r.lineage.sources.get(place.id):
            yield Finding("from-nothing", place.id, day=place.life.first)


@check("gap", Weight.FAULT, _("Ngày kết thúc của đơn vị cũ, ngày kế thừa và ngày bắt đầu của đơn vị mới không khớp nhau."))
def gap(r: Register) -> Iterator[Finding]:
    for step in r.steps:
        old = r.places[step.old].life
        if old.until != step.day:
            yield Finding("gap", step.old, step.new, value=(step.day - old.until).days if old.until else None, day=step.day)
        elif step.new is not None and (days := (r.places[step.new].life.first - step.day).days) > 0:
            yield Finding("gap", step.old, step.new, value=days, day=step.day)


@check("shares", Weight.FAULT, _("Các tỷ lệ chia của một đơn vị cộng lại không đủ 100%."))
def shares(r: Register) -> Iterator[Finding]:
    for old, steps in r.lineage.heirs.items():
        declared = [step.share for step in steps if step.share is not None]
        if declared and (len(declared) < len(steps) or sum(declared) != 1_000_000):
            yield Finding("shares", old, value=sum(declared), day=steps[0].day)


# -- doubts ----------------------------------------------------------------------------------------------------------


@check("far", Weight.DOUBT, _("Đơn vị mới nằm quá xa nơi đơn vị cũ (km): có thể ghi nhầm đơn vị trùng tên."))
def far(r: Register) -> Iterator[Finding]:
    distant = _distant(r)
    astray = _astray(r, distant)
    for (old, new), km in distant.items():
        if new not in astray:
            yield Finding("far", old, new, round(km))


@check("same-name", Weight.DOUBT, _("Hai đơn vị cũ trùng tên trong một tỉnh mới cùng được ghi chia vào một đơn vị mới."))
def same_name(r: Register) -> Iterator[Finding]:
    by_heir: dict[tuple[int, str, str], list[int]] = {}
    for step in r.steps:
        if step.new is not None and r.places[step.old].level == Level.COMMUNE:
            old = r.places[step.old]
            by_heir.setdefault((step.new, old.kind, old.folded), []).append(step.old)
    for (new, __, __), olds in by_heir.items():
        if len(olds) > 1 and any(len(r.lineage.heirs[old]) > 1 for old in olds):
            yield from (Finding("same-name", old, new) for old in olds)


@check("centre", Weight.DOUBT, _("Tâm của đơn vị nằm quá xa các đơn vị mà nó phải ở gần (km)."))
def centre(r: Register) -> Iterator[Finding]:
    for new, km in _astray(r, _distant(r)).items():
        yield Finding("centre", new, value=round(km))
    for area, home in r.homes.items():
        place = r.places[area]
        if r.is_island(area) or place.lat is None or place.lon is None:
            continue
        if (km := kilometres(*home, place.lat, place.lon)) > reach(place):
            yield Finding("centre", area, value=round(km))


@check("large-group", Weight.DOUBT, _("Quá nhiều xã bị buộc vào nhau vì các đơn vị chia không có tỷ lệ."))
def large_group(r: Register) -> Iterator[Finding]:
    for day in sorted({step.day for step in r.steps}):
        for group in split_groups(r.lineage, day):
            if len(group) > LARGE_GROUP:
                yield Finding("large-group", min(group), value=len(group), day=day)


@check("split-without-shares", Weight.DOUBT, _("Đơn vị bị chia mà chưa công bố tỷ lệ: số liệu cũ chỉ quy đổi được theo nhóm xã."))
def split_without_shares(r: Register) -> Iterator[Finding]:
    for old, steps in r.lineage.heirs.items():
        if steps[0].kind == SuccessionKind.SPLIT and any(step.share is None for step in steps):
            yield Finding("split-without-shares", old, value=len(steps), day=steps[0].day)


# -- notes -----------------------------------------------------------------------------------------------------------


@check("reused-code", Weight.NOTE, _("Mã từ ngày này chỉ một đơn vị khác tên hoặc khác loại với ngày hôm trước."))
def reused_code(r: Register) -> Iterator[Finding]:
    ended = {(p.tree, p.code, p.life.until): p for p in r.places.values() if p.life.until is not None}
    for place in r.places.values():
        before = ended.get((place.tree, place.code, place.life.first))
        if before and place.level == Level.COMMUNE and (before.kind, before.name) != (place.kind, place.name):
            yield Finding("reused-code", place.id, before.id, day=place.life.first)


def _civil_parents(r: Register, place: Place) -> Iterable[Held]:
    """Parents in its own tree; a group stands under a civil area."""
    return (h for h in r.parents.get(place.id, ()) if place.tree != Tree.CIVIL or r.places[h.parent].tree == Tree.CIVIL)


def _distant(r: Register) -> dict[tuple[int, int], float]:
    """Successions whose heir lies out of reach of the old unit's district, with the kilometres."""
    found = {}
    for step in r.steps:
        if step.new is None or (home := r.homes.get(step.old)) is None:
            continue
        new = r.places[step.new]
        if new.lat is not None and new.lon is not None and (km := kilometres(*home, new.lat, new.lon)) > reach(new):
            found[step.old, step.new] = km
    return found


def _astray(r: Register, distant: Mapping[tuple[int, int], float]) -> dict[int, float]:
    """New communes out of reach of all they were made of and of those next to them in the list: their centre is wrong.

    Codes run on from neighbour to neighbour.
    """
    found = {}
    for new in {new for __, new in distant}:
        place = r.places[new]
        if not r.is_island(new) and all((step.old, new) in distant for step in r.lineage.sources[new]):
            km = _from_neighbours(r, place)
            if km > reach(place):
                found[new] = km
    return found


def _from_neighbours(r: Register, place: Place) -> float:
    """Kilometres from the middle of the eight that come before and after an area in the list of its parent."""
    near = [p for p in r.siblings(place) if p.lat is not None and p.lon is not None]
    at = near.index(place)
    around = near[max(0, at - 4) : at] + near[at + 1 : at + 5]
    if not around or place.lat is None or place.lon is None:
        return 0.0
    return kilometres(median(p.lat for p in around if p.lat), median(p.lon for p in around if p.lon), place.lat, place.lon)


def doubts(r: Register) -> dict[tuple[int, int], str]:
    """The codes to keep with each doubtful succession."""
    found: dict[tuple[int, int], set[str]] = {}
    for finding in (*far(r), *same_name(r)):
        if finding.area is not None and finding.other is not None:
            found.setdefault((finding.area, finding.other), set()).add(finding.check)
    return {pair: " ".join(sorted(codes)) for pair, codes in found.items()}
