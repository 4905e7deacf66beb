"""Which records make up an area over a period: as recorded, or everything that an area of a given day was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.kernel.memo import Memo
from phoihop.kernel.period import Period

from ...territory.models import Area
from ...territory.queries import pieces_of_each
from ...territory.queries.maps import CHANGES
from ...territory.rules.lineage import Composition
from ..rules.terms import Term


@dataclass(frozen=True, slots=True)
class Place:
    """The terms that add up to an area over some days. ``group``: the areas for which alone they can be told, when more than one."""

    terms: tuple[Term, ...]
    group: frozenset[int] = frozenset()

    @property
    def exact(self) -> bool:
        return all(term.share is None for term in self.terms)


def placed(areas: Sequence[Area], periods: Sequence[Period], on: date | None = None, *, shares: bool = True) -> dict[tuple[int, int], Place]:
    """The place of each (area, period), both by position.

    ``on`` None: the unit as it was recorded. With a day, ``areas`` are areas of that day and everything that became them belongs.
    ``shares`` False: a divided area is never estimated, the group grows instead (what cannot be added up cannot be weighed either).
    """
    found = {(a, p): Place((Term(area.pk, area.level, days),)) for a, area in enumerate(areas) for p, days in enumerate(periods) if _lives_through(area, days)}
    for p, days in enumerate(periods):
        others = [a for a in range(len(areas)) if (a, p) not in found]
        if others:
            made = _composed([areas[a] for a in others], days, on, shares)
            found |= {(a, p): made[areas[a].pk] for a in others}
    return found


_made: Memo[dict[int, Place]] = Memo(*CHANGES, most=32)


def _composed(areas: Sequence[Area], days: Period, on: date | None, shares: bool) -> dict[int, Place]:
    """The places of areas that did not live through the days; kept in the process, for a map is asked for again and again."""

    def compose() -> dict[int, Place]:
        compositions = pieces_of_each(areas, days.first, days.until, on, shares=shares)
        levels = _levels(compositions.values())
        return {area.pk: _place(compositions[area.pk], area, levels) for area in areas}

    return _made.get((tuple(area.pk for area in areas), days, on, shares), compose)


def _lives_through(area: Area, days: Period) -> bool:
    return area.valid_from <= days.first and (area.valid_until is None or days.until <= area.valid_until)


def _levels(compositions: Iterable[Composition]) -> dict[int, str]:
    return dict(Area.objects.filter(pk__in={piece.area for c in compositions for piece in c.pieces}).values_list("pk", "level"))


def _place(composition: Composition, area: Area, levels: dict[int, str]) -> Place:
    terms = tuple(Term(p.area, levels[p.area], Period(p.first, p.until), p.share) for p in composition.pieces)
    return Place(terms, frozenset() if composition.group == {area.pk} else composition.group)
