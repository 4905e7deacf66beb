"""Which records make up an area over a period: as recorded, or everything that an area of a given day was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.kernel.period import Period

from ...territory.models import Area
from ...territory.queries import pieces_of_each
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
            compositions = pieces_of_each([areas[a] for a in others], days.first, days.until, on, shares=shares)
            levels = _levels(compositions.values())
            found |= {(a, p): _place(compositions[areas[a].pk], areas[a], levels) for a in others}
    return found


def _lives_through(area: Area, days: Period) -> bool:
    return area.valid_from <= days.first and (area.valid_until is None or days.until <= area.valid_until)


def _levels(compositions: Iterable[Composition]) -> dict[int, str]:
    return dict(Area.objects.filter(pk__in={piece.area for c in compositions for piece in c.pieces}).values_list("pk", "level"))


def _place(composition: Composition, area: Area, levels: dict[int, str]) -> Place:
    terms = tuple(Term(p.area, levels[p.area], Period(p.first, p.until), p.share) for p in composition.pieces)
    return Place(terms, frozenset() if composition.group == {area.pk} else composition.group)
