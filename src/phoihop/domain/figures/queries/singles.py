"""What is not a sum: how many different, the middle one, what units entered for a period. Read from the facts one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from phoihop.kernel.period import Period

from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import became_all, pieces_of_each
from ..models import Fact, FactArea
from ..rules.definitions import COUNT_OF_AREAS
from ..rules.entering import period_of_key
from ..rules.figure import Figure, median, missing, scaled
from ..rules.terms import Term
from . import catalogue
from .asked import Asked, Cell
from .catalogue import Known
from .places import Place
from .standing import facts_in, standing

_WHOLE = 1_000_000


def distinct(known: Known, asked: Asked) -> dict[Cell, Figure]:
    """How many different areas or keys. What was divided cannot be weighed, so a group is told instead."""
    places = asked.places(shares=False)
    counted, _, also = known.question.partition("&")
    if counted != COUNT_OF_AREAS:
        return {cell: _keys(known, place, asked) for cell, place in places.items()}
    found = {}
    for cell, place in places.items():
        days = asked.periods[cell[1]]
        areas = _areas(known, place, asked)
        if also:
            areas &= _areas(catalogue.measure(also), place, asked)
        same = _as_one(areas, days, asked)
        found[cell] = Figure(known.code, Fraction(len(same)), len(areas), all(len(one) == 1 for one in same), place.group)
    return found


def medians(known: Known, asked: Asked) -> dict[Cell, Figure]:
    """The middle value of the records; missing where there is none."""
    found = {}
    for cell, place in asked.places(shares=False).items():
        values = list(facts_in(known, place.terms, line=asked.line, as_of=asked.as_of).values_list("value", flat=True))
        middle = median(values)
        value = None if middle is None else scaled(middle, known.scale)
        found[cell] = Figure(known.code, value, len(values), group=place.group)
    return found


def entered(known: Known, asked: Asked) -> dict[Cell, Figure]:
    """What units entered for periods that lie within the asked one; a quarter's value says nothing of its months."""
    return {cell: _entered(known, place, asked, asked.periods[cell[1]]) for cell, place in asked.places().items()}


def entries(known: Known, terms: Sequence[Term], asked: Asked, days: Period) -> list[Fact]:
    """The entered facts that stand and whose whole period lies within ``days``."""
    found = facts_in(known, terms, line=asked.line, as_of=asked.as_of)
    return [f for f in found if days.first <= period_of_key(f.key).first]


def _entered(known: Known, place: Place, asked: Asked, days: Period) -> Figure:
    value, count = Fraction(0), 0
    for term in place.terms:
        for fact in entries(known, [term], asked, days):
            value += Fraction(fact.value) if term.share is None else Fraction(fact.value * term.share, _WHOLE)
            count += 1
    if not count:
        return missing(known.code)
    return Figure(known.code, scaled(value, known.scale), count, place.exact, place.group)


def _keys(known: Known, place: Place, asked: Asked) -> Figure:
    facts = facts_in(known, place.terms, line=asked.line, as_of=asked.as_of).exclude(key="")
    keys = set(facts.values_list("key", flat=True))
    return Figure(known.code, Fraction(len(keys)), len(keys), group=place.group)


def _areas(known: Known, place: Place, asked: Asked) -> set[int]:
    """The communes that the facts lie in, and those below the place that facts from anywhere touched."""
    home = set(facts_in(known, place.terms, line=asked.line, as_of=asked.as_of).values_list("area", flat=True))
    touched: set[int] = set()
    for term in place.terms:
        below = AreaClosure.objects.filter(ancestor=term.area, valid_from__lt=term.days.until, valid_until__gt=term.days.first)
        facts = standing(known, asked.as_of).filter(day__gte=term.days.first, day__lt=term.days.until)
        touched |= set(FactArea.objects.filter(area__in=below.values("area"), fact__in=facts).values_list("area", flat=True))
    return set(AreaClosure.objects.filter(area__in=home | touched, ancestor__level=Level.COMMUNE).values_list("ancestor", flat=True))


def _as_one(areas: Iterable[int], days: Period, asked: Asked) -> set[frozenset[int]]:
    """Each commune as what it is on the asked day, or, as recorded, as its last name within the period: one unit is counted once."""
    loaded = list(Area.objects.filter(pk__in=list(areas)))
    if asked.on is not None:
        return {frozenset(heir.pk for heir in heirs) for heirs in became_all(loaded, asked.on).values()}
    chains = pieces_of_each(loaded, days.first, days.until)
    return {frozenset({max(c.pieces, key=lambda piece: piece.first).area}) for c in chains.values() if c.pieces}
