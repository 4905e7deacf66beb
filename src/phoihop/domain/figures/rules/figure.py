"""A figure: a number that knows its unit of count, how sure it is, and that missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm

from ..models import Qualifier

SMALL = 5
"""Counts of persons below this in a residential area are shown as "<5" (ground rule 2)."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A total taken over from a document: never added to facts. ``key``: of the SourcedTotal."""

    key: int
    area: int
    first: date
    until: date
    value: Fraction
    qualifier: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` None is missing ("–"): nobody responsible recorded or planned anything there; 0 means that they did, and none came of it.

    ``value`` is in the unit of count (hours, per cent), exact. ``count``: how many records stand behind it. ``exact`` False: an
    estimate ("≈"), by declared shares of a divided area. ``group``: the areas of the asked day for which alone it can be said, when
    they are more than the one asked for. ``part``, ``whole``: of a ratio. ``stated``: totals from documents whose days lie within the
    asked ones; ``beside``: those that reach beyond them.
    """

    measure: str
    value: Fraction | None
    count: int = 0
    exact: bool = True
    group: frozenset[int] = frozenset()
    part: Fraction | None = None
    whole: Fraction | None = None
    stated: tuple[Stated, ...] = ()
    beside: tuple[Stated, ...] = ()

    def rounded(self, places: int = 0) -> Decimal | None:
        """The value to so many places, halves away from zero."""
        return None if self.value is None else rounded(self.value, places)

    @property
    def told(self) -> Figure:
        """What is shown in this figure's place: itself, or, where nothing was recorded, what documents state."""
        if self.value is not None or not self.stated:
            return self
        return replace(self, value=sum((s.value for s in self.stated), Fraction(0)))

    @property
    def qualifier(self) -> str:
        """How exact the shown value is: as exact as the least exact of the totals that stand in its place."""
        if self.value is not None:
            return str(Qualifier.EXACT)
        found = {s.qualifier for s in self.stated}
        return str(next((q for q in (Qualifier.ABOUT, Qualifier.OVER) if q in found), Qualifier.EXACT))


def added(values: Iterable[Fraction]) -> Fraction:
    """The exact sum; over one common denominator, which is many times faster than one fraction after another."""
    given = list(values)
    common = lcm(*{v.denominator for v in given})
    if common == 1:
        return Fraction(sum(v.numerator for v in given))
    return Fraction(sum(v.numerator * (common // v.denominator) for v in given), common)


def missing(measure: str, group: frozenset[int] = frozenset()) -> Figure:
    return Figure(measure, None, group=group)


def scaled(amount: Fraction | int, scale: int) -> Fraction:
    """An amount as the ledger keeps it (an integer times ten to the ``scale``) in its unit of count."""
    return Fraction(amount, 10**-scale) if scale < 0 else Fraction(amount * 10**scale)


def ratio(measure: str, part: Figure, whole: Figure, scale: int) -> Figure:
    """One figure over another, in units of ten to the ``scale`` (−2: per cent). Missing when the whole is missing or zero."""
    known = part.value is not None and whole.value
    value = scaled(Fraction(part.value or 0) / whole.value, -scale) if known and whole.value else None
    return Figure(measure, value, part.count, part.exact and whole.exact, part.group | whole.group, part.value, whole.value)


def median(values: Sequence[int]) -> Fraction | None:
    """The middle value; of an even number, the mean of the two in the middle. None of none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half]) if len(values) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def rounded(value: Fraction, places: int = 0) -> Decimal:
    """Rounded as an accountant does: halves away from zero."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def apportioned(values: Iterable[Fraction]) -> list[int]:
    """Whole numbers for values that are not, adding up to their rounded sum: the largest remainders are rounded up (then the first)."""
    given = list(values)
    floors = [v.numerator // v.denominator for v in given]
    total = int(rounded(sum(given, Fraction(0))))
    by_rest = sorted(range(len(given)), key=lambda n: (floors[n] - given[n], n))
    for n in by_rest[: max(total - sum(floors), 0)]:
        floors[n] += 1
    return floors


def is_few(figure: Figure, *, of_persons: bool, residential: bool) -> bool:
    """Whether the figure must be shown as "<5": a small count of persons in a residential area."""
    return of_persons and residential and figure.value is not None and 0 < figure.value < SMALL
