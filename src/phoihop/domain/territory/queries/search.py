"""Finding areas by name or code, old and new, with and without diacritics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Area, AreaClosure, Level, Tree
from ..rules import names
from .tree import exists_on

_LEVELS = list(Level.values)
MOST = 3000  # rows of one name
_Ranked = tuple[int, bool, Area]  # how well it answers, whether its diacritics are others, and the area


@dataclass(frozen=True, slots=True)
class Hit:
    """An area that answers a search. ``rank``: 0 the name itself, the higher the looser. ``above``: what it stands under, nearest first."""

    area: Area
    rank: int
    above: tuple[Area, ...] = ()

    @property
    def where(self) -> str:
        """What it stands under, in words: "Huyện Ba Tri, Tỉnh Bến Tre"."""
        return ", ".join(str(area) for area in self.above)


def looked_for(text: str, on: date | None = None, level: str | None = None, within: Area | None = None) -> QuerySet[Area]:
    """The areas among which :func:`by_name` looks first: those of the code, or in whose names the words stand."""
    scope = _scope(on, level, within)
    if text.strip().isdecimal():
        return scope.filter(code__startswith=text.strip())
    parts = names.pieces(text)
    return scope.filter(_says(parts[0], "")) if parts else Area.objects.none()


def formerly(text: str, on: date) -> QuerySet[Area]:
    """The areas that had ended by that day and whose code, or whole name, is just this."""
    ended = _scope(None, None, None).filter(valid_until__lte=on)
    if text.strip().isdecimal():
        return ended.filter(code=text.strip())
    parts = names.pieces(text)
    return ended.filter(folded__in=[reading.folded for reading in names.readings(parts[0])]) if parts else Area.objects.none()


def by_name(
    text: str, on: date | None = None, level: str | None = None, within: Area | None = None, limit: int = 20, among: Sequence[Area] | None = None
) -> list[Hit]:
    """Areas whose name answers ``text``, best first; ``on`` None: of any day, today's before former ones.

    "xã Bảo Thuận", "bao thuan", "thuan bao", "Bảo Thuận, Ba Tri", "bao thuan ba tri" and a code all find it. ``among``: what :func:`looked_for`
    gave, where that was asked along with other things.
    """
    is_code = text.strip().isdecimal()
    rows = among if among is not None else looked_for(text, on, level, within)[: limit if is_code else MOST]
    if is_code:
        return _hits([(0 if area.code == text.strip() else 1, False, area) for area in rows], [], limit)
    parts = names.pieces(text)
    if not parts:
        return []
    if hits := _hits(_ranked(rows, parts[0]), parts[1:], limit):
        return hits
    return _name_and_place(_scope(on, level, within), parts[0], limit) if len(parts) == 1 else []


def _scope(on: date | None, level: str | None, within: Area | None) -> QuerySet[Area]:
    areas = Area.objects.filter(tree=Tree.CIVIL).exclude(level=Level.NATION)
    if on is not None:
        areas = areas.filter(exists_on(on))
    if level:
        areas = areas.filter(level=level)
    if within is not None:
        below = AreaClosure.objects.filter(ancestor=within)
        areas = areas.filter(pk__in=(below.filter(valid_from__lte=on, valid_until__gt=on) if on else below).values("area"))
    return areas


def _named(scope: QuerySet[Area], *asked: tuple[str, str]) -> list[list[_Ranked]]:
    """For each name, below each place ("" for anywhere), every area that some reading of it fits, with its best rank; one query for all of them."""
    says = [_says(piece, place) for piece, place in asked]
    rows = list(scope.filter(reduce(or_, says))[: MOST * len(asked)]) if says else []
    return [_ranked(rows, piece) for piece, _place in asked]


def _says(piece: str, place: str) -> Q:
    """The words of a reading stand in the name; of a place also that an area above it may be the one named."""
    says = Q(pk__in=[])
    for reading in names.readings(piece):
        words = [Q(folded__contains=token) for token in sorted(reading.folded.split(), key=len)[-3:]]
        says |= reduce(and_, [*words, Q(kind=reading.kind)] if reading.kind else words)
    if not place:
        return says
    called = [Q(ancestor__folded=r.folded) | Q(ancestor__folded__startswith=f"{r.folded} ") for r in names.readings(place)]
    return says & Q(Exists(AreaClosure.objects.filter(reduce(or_, called, Q(pk__in=[])), area=OuterRef("pk"), depth__gt=0)))


def _ranked(rows: Iterable[Area], piece: str) -> list[_Ranked]:
    """Those of the rows that a reading of the name fits; the rank of a reading begins where the one before may end."""
    best: dict[int, _Ranked] = {}
    readings = names.readings(piece)
    for area in rows:
        ranks = [n + rank for n, r in enumerate(readings) if r.kind in ("", area.kind) and (rank := names.rank(area.folded, r.folded)) >= 0]
        if ranks:
            best[area.pk] = (min(ranks), not names.agrees(area.name, piece), area)
    return list(best.values())


def _name_and_place(scope: QuerySet[Area], text: str, limit: int) -> list[Hit]:
    """ "bao thuan ba tri": the last words may name what it stands under; the longest name for which that is so."""
    words = text.split()
    asked = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(len(words) - 1, 0, -1)]
    named = _named(scope, *asked)
    above = above_of([area for found in named for _rank, _marks, area in found])
    return next((hits for found, (_name, place) in zip(named, asked, strict=True) if (hits := _under(sorted(found, key=_order), above, [place], limit))), [])


def _hits(found: Iterable[_Ranked], places: Sequence[str], limit: int) -> list[Hit]:
    ordered = sorted(found, key=_order)
    if not places:
        ordered = ordered[:limit]
    return _under(ordered, above_of([area for _rank, _marks, area in ordered]), places, limit)


def _under(ordered: Iterable[_Ranked], above: Mapping[int, tuple[Area, ...]], places: Sequence[str], limit: int) -> list[Hit]:
    hits = [Hit(area, rank, above[area.pk]) for rank, _marks, area in ordered]
    return [hit for hit in hits if all(_stands_under(hit.above, place) for place in places)][:limit]


def _order(ranked: _Ranked) -> tuple[object, ...]:
    rank, other_marks, area = ranked
    return (rank, other_marks, area.valid_until is not None, _LEVELS.index(area.level), area.name, area.code, area.pk)


def _stands_under(above: Iterable[Area], place: str) -> bool:
    readings = names.readings(place)
    return any(names.rank(area.folded, r.folded) in (0, 1) and r.kind in ("", area.kind) for area in above for r in readings)


def above_of(areas: Sequence[Area]) -> dict[int, tuple[Area, ...]]:
    """For each area, the civil areas above it (the nation left out) as its life began, nearest first; one query."""
    found: dict[int, list[Area]] = {area.pk: [] for area in areas}
    rows = AreaClosure.objects.filter(area__in=found, depth__gt=0, ancestor__tree=Tree.CIVIL).exclude(ancestor__level=Level.NATION)
    for row in rows.select_related("ancestor").order_by("depth", "-valid_from"):
        levels = {area.level for area in found[row.area_id]}
        if row.ancestor.level not in levels:
            found[row.area_id].append(row.ancestor)
    return {pk: tuple(above) for pk, above in found.items()}
