"""Flows and stocks: what the ledger adds up, from balances and facts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..models import Method
from ..rules.figure import Figure, scaled
from ..rules.terms import Term
from . import catalogue
from .amounts import Amounts, Question, amounts
from .asked import Asked, Cell, Reach
from .catalogue import Known
from .places import Place

_WHOLE = 1_000_000


def summed(wanted: Sequence[Known], asked: Asked) -> dict[tuple[str, Cell], Figure]:
    """The figures of measures of one method: all flows or all stocks."""
    so_far = wanted[0].method == Method.STOCK
    places = asked.places(Reach.SO_FAR if so_far else Reach.PERIOD)
    terms, spans = laid_out(places)
    lone = len(wanted) == 1
    sums = amounts(
        Question(
            tuple(sorted({k.source for k in wanted})), terms, asked.line, wanted[0].items if lone else (),
            not lone and any(k.items for k in wanted), asked.as_of,
        )
    )  # fmt: skip
    parts = [(k, k.items if k.items and not lone else (0,)) for k in wanted]
    return {(k.code, cell): _figure(k, items, place, terms, spans[cell], sums) for cell, place in places.items() for k, items in parts}


def laid_out(places: dict[Cell, Place]) -> tuple[tuple[Term, ...], dict[Cell, range]]:
    """All terms in a row, and which of them belong to each cell."""
    terms: list[Term] = []
    spans = {}
    for cell, place in places.items():
        spans[cell] = range(len(terms), len(terms) + len(place.terms))
        terms += place.terms
    return tuple(terms), spans


def _figure(k: Known, items: tuple[int, ...], place: Place, terms: Sequence[Term], span: range, sums: Amounts) -> Figure:
    if len(span) == 1 and terms[span[0]].share is None:  # a table has thousands of these
        amount, records = sums.get(span[0], k.source, items)
        return Figure(k.code, scaled(amount, k.scale), records, group=place.group)
    value: int | Fraction = 0
    count = 0
    for n in span:
        amount, records = sums.get(n, k.source, items)
        share = terms[n].share
        value += amount if share is None else Fraction(amount * share, _WHOLE)
        count += records
    return Figure(k.code, scaled(value, k.scale), count, place.exact, place.group)


def recorded(families: Sequence[Known], cells: Sequence[Cell], asked: Asked) -> set[tuple[str, Cell]]:
    """Of these (family, cell) pairs, those in which anything of the family stands: what is not there is then zero, not missing."""
    chosen = set(cells)
    places = {cell: place for cell, place in asked.places().items() if cell in chosen}
    terms, spans = laid_out(places)
    members = {k.family: catalogue.family(k) for k in families}
    sums = amounts(Question(tuple(sorted({m for family in members.values() for m in family})), terms, as_of=asked.as_of))
    return {(family, cell) for family, measures in members.items() for cell, span in spans.items() if sums.stands(span, measures)}
