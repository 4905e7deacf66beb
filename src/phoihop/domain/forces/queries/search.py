"""Finding units as people name them, and which unit of a day a name in a file stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.at_once import at_once, first
from phoihop.kernel.text import fold

from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import exists_on, resolve_place
from ...territory.queries.places import REASONS as PLACE_REASONS
from ...territory.rules import names
from ..models import Unit
from ..rules.naming import Head, Told, has_own_name, is_of_here, told_by
from .units import heirs_of_each

REASONS: dict[str, tuple[int, Any]] = PLACE_REASONS | {
    "heir": (2, _("đơn vị kế thừa")),
    "covers": (2, _("đơn vị phụ trách địa bàn này")),
    "no-head": (3, _("không nói rõ lực lượng")),
}
_MOST = 200


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A unit that exists on the asked day, and why a written name may stand for it."""

    unit: Unit
    reasons: tuple[str, ...]

    @property
    def against(self) -> int:
        """How much speaks against it: 0 nothing."""
        return sum(REASONS[reason][0] for reason in self.reasons)

    @property
    def why(self) -> str:
        """The reasons as words."""
        return ", ".join(str(REASONS[reason][1]) for reason in self.reasons)


def units_looked_for(text: str, on: date) -> tuple[QuerySet[Unit], QuerySet[Unit]]:
    """The units among which :func:`find_units` looks first, as ``kernel.at_once`` can ask for them along with other things."""
    told = told_by(text)
    return _bearing(told), _alike(told, on)


def find_units(text: str, on: date, within: Area | None = None, limit: int = 20, among: Sequence[Sequence[Unit]] = ()) -> list[Unit]:
    """Units of a day whose name answers ``text``, best first: for search as one types. ``among``: what :func:`units_looked_for` gave."""
    told = told_by(text)
    bearing, alike = among or at_once(*units_looked_for(text, on))
    inside = _inside(within, on)
    own = list(_of_own_name(bearing, text, told, on, inside))
    found = {unit.pk: unit for unit in (*(c.unit for c in sorted(own, key=_order)), *_loosely(alike, told, inside))}
    return list(found.values())[:limit] or [c.unit for c in _resolved(told, own, on, within, limit)]


def resolve_unit(text: str, on: date, within: Area | None = None, limit: int = 6) -> list[UnitCandidate]:
    """The units of a day that a written name may stand for, best first. ``within``: only units in that area on that day.

    By place ("CA xã Bảo Thuận": the police of what Bảo Thuận is today) and by the unit's own name ("Đồn BP Hàm Luông").
    """
    told = told_by(text)
    [bearing] = at_once(_bearing(told))
    return _resolved(told, _of_own_name(bearing, text, told, on, _inside(within, on)), on, within, limit)


def _resolved(told: Told, own: Iterable[UnitCandidate], on: date, within: Area | None, limit: int) -> list[UnitCandidate]:
    """What bears the name, and where that is not clear what the place stands for."""
    found: dict[int, UnitCandidate] = {}
    candidates = list(own)
    if not any(candidate.against == 0 for candidate in candidates) and not (candidates and has_own_name(told.head)):
        candidates += _by_place(told.head, told.rest, on, within)
    for candidate in candidates:
        if candidate.unit.pk not in found or found[candidate.unit.pk].against > candidate.against:
            found[candidate.unit.pk] = candidate
    return sorted(found.values(), key=_order)[:limit]


def _order(c: UnitCandidate) -> tuple[object, ...]:
    return (c.against, c.unit.force.order, c.unit.name, c.unit.pk)


def _by_place(head: Head | None, rest: str, on: date, within: Area | None) -> Iterable[UnitCandidate]:
    places: list[tuple[Area, tuple[str, ...]]]
    if head and is_of_here(rest):
        places = [(area, ("same",)) for area in _provinces_of(within, on)] if within else []
    else:
        places = [(c.area, c.reasons) for c in resolve_place(rest, on, within)]
    why = {area.pk: (*reasons, *(() if head else ("no-head",))) for area, reasons in places}
    covering = _units(on, head).filter(exists_on(on, "covers__"), covers__area__in=why).annotate(covered=F("covers__area")).exclude(area=F("covered"))
    seated, covers = at_once(_units(on, head).filter(area__in=why), covering if head else Unit.objects.none())
    for unit in seated:
        yield UnitCandidate(unit, why[unit.area_id])
    for unit in covers:
        yield UnitCandidate(unit, (*why[unit.covered], "covers"))


def _bearing(told: Told) -> QuerySet[Unit]:
    """Units of any day in whose names the words stand."""
    if not (parts := names.pieces(told.rest)):
        return Unit.objects.none()
    rows = Unit.objects.select_related("force", "area")
    if told.head:
        rows = rows.filter(_of_head(told.head))
    for token in sorted(fold(names.bare(parts[0])).split(), key=len)[-3:]:
        rows = rows.filter(folded__contains=token)
    return first(rows, _MOST)


def _of_own_name(bearing: Iterable[Unit], text: str, told: Told, on: date, inside: set[int] | None) -> Iterable[UnitCandidate]:
    """Those of them whose name is the one that was written, or who took over from them since."""
    named = {unit: why for unit in bearing if unit.valid_from <= on and (why := _agreement(text, told.rest, told.head, unit))}
    heirs = heirs_of_each(named, on)
    for unit, why in named.items():
        for heir in heirs[unit.pk]:
            if inside is None or heir.area_id in inside:
                yield UnitCandidate(heir, why if heir.pk == unit.pk else (*why, "heir"))


def _agreement(text: str, rest: str, head: Head | None, unit: Unit) -> tuple[str, ...]:
    """How a written name agrees with the unit's own, or at least with the place in it; empty if it does not."""
    said = names.bare(names.pieces(rest)[0])
    typed = names.has_marks(said)
    if names.spelled(text) in (names.spelled(unit.name), names.spelled(unit.short)):
        return ("same",)
    if fold(text) in (fold(unit.name), fold(unit.short)):
        return ("other-marks" if typed else "plain",)
    if not any(reading.folded in _places_in(unit) for reading in names.readings(rest)):
        return ()
    same = names.spelled(said) in names.spelled(unit.name) if typed else said.isdecimal()
    spelling = "same" if same else "other-marks" if typed else "plain"
    kinds = _kinds_in(rest)
    other = ("other-kind",) if kinds and not kinds & _kinds_in(told_by(unit.name).rest) else ()
    return (spelling, *other) if head else (spelling, *other, "no-head")


def _places_in(unit: Unit) -> set[str]:
    """What follows the head of a unit's name, whole and in its parts, with and without the word of kind."""
    tails = {fold(told_by(name).rest) for name in (unit.name, unit.short)}
    parts = tails | {fold(piece) for tail in tails for piece in names.pieces(tail)}
    return parts | {reading.folded for part in parts for reading in names.readings(part)}


def _kinds_in(place: str) -> set[str]:
    return {reading.kind for reading in names.readings(place) if reading.kind}


def _units(on: date, head: Head | None) -> QuerySet[Unit]:
    rows = Unit.objects.filter(exists_on(on)).select_related("force", "area")
    return rows.filter(_of_head(head)) if head else rows


def _of_head(head: Head) -> Q:
    of_force = Q(force__code__in=head.forces)
    return of_force & Q(kind__in=head.kinds) if head.kinds else of_force


def _provinces_of(within: Area, on: date) -> Iterable[Area]:
    rows = AreaClosure.objects.filter(area=within, ancestor__level=Level.PROVINCE, valid_from__lte=on, valid_until__gt=on)
    return [row.ancestor for row in rows.select_related("ancestor")]


def _inside(within: Area | None, on: date) -> set[int] | None:
    if within is None:
        return None
    return set(AreaClosure.objects.filter(ancestor=within, valid_from__lte=on, valid_until__gt=on).values_list("area", flat=True))


def _alike(told: Told, on: date) -> QuerySet[Unit]:
    """Units of a day whose name holds the longest words."""
    rows = _units(on, told.head)
    for token in sorted(_asked(told).split(), key=len)[-2:]:
        rows = rows.filter(folded__contains=token)
    return first(rows.order_by("force__order", "name", "pk"), _MOST).order_by("force__order", "name", "pk")


def _asked(told: Told) -> str:
    return fold(names.bare(told.rest)) if told.rest else ""


def _loosely(alike: Iterable[Unit], told: Told, inside: set[int] | None) -> list[Unit]:
    """Those of them whose name goes on with the words, in any order, as far as they are typed."""
    asked = _asked(told)
    ranked = [(_rank(unit, asked), unit) for unit in alike if inside is None or unit.area_id in inside]
    return [unit for _found, unit in sorted(((r, u) for r, u in ranked if r >= 0), key=lambda pair: pair[0])]


def _rank(unit: Unit, asked: str) -> int:
    if not asked:
        return 0
    ranks = [names.rank(fold(name), asked) for name in (names.bare(told_by(unit.name).rest), unit.name, unit.short)]
    return min((rank for rank in ranks if rank >= 0), default=-1)
