"""Figures: a cell, a series, a grid. Every method of a measure, missing told from zero, sourced totals in their place.

A figure is **missing** when its area recorded nothing of the indicator's family (all that begins with TR) in the period and planned
nothing; it is **zero** when something of the family stands there, only not this. A commune that planned three patrols and held none has
0 patrols; one that planned none and held none has "–". Answers of a register (units, tasks) are missing when the register knows
nothing of the area. A median of nothing, a ratio to nothing, a stock of which nothing was ever recorded are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from phoihop.kernel.period import Period

from ...territory.models import Area
from ..models import Method
from ..rules.figure import Figure, missing, ratio
from . import catalogue, registers, singles, sourced, sums
from .asked import Asked, Cell
from .catalogue import Known

Found = dict[tuple[str, Cell], Figure]


class NotInLines(ValueError):
    """A register's answer was asked for one reporting line, or as of a past event."""


def cell(
    measure: str, area: Area, period: Period, *, line: int | None = None, items: Collection[str] = (), on: date | None = None, as_of: int | None = None
) -> Figure:
    """One figure. ``items``: only these categories of it. Raises Measure.DoesNotExist, Item.DoesNotExist, NotInLines."""
    known = catalogue.measure(measure)
    if items:
        known = replace(known, items=tuple(catalogue.item(code) for code in items))
    return figures([known], Asked((area,), (period,), on, line, as_of))[measure, (0, 0)]


def series(measure: str, area: Area, periods: Sequence[Period], *, line: int | None = None, on: date | None = None, as_of: int | None = None) -> list[Figure]:
    """A measure over several periods."""
    found = figures([catalogue.measure(measure)], Asked((area,), tuple(periods), on, line, as_of))
    return [found[measure, (0, p)] for p in range(len(periods))]


def grid(measures: Sequence[str], asked: Asked) -> Found:
    """Several measures of many areas over many periods, by (measure, (area, period)); as few reads as there are kinds of sum."""
    return figures(catalogue.measures(measures), asked)


def figures(wanted: Sequence[Known], asked: Asked) -> Found:
    needed = list({k.code: k for w in wanted for k in _with_parts(w)}.values())
    found: Found = {}
    for method in (Method.FLOW, Method.STOCK):
        if of_method := [k for k in needed if k.method == method]:
            summed = sums.summed(of_method, asked)
            found |= _told_from_zero(summed, of_method, asked) if method == Method.FLOW else _never_counted(summed)
            _state(found, of_method, asked)
    for k in needed:
        if one_by_one := _ONE_BY_ONE.get(k.method):
            answered = {(k.code, at): figure for at, figure in one_by_one(k, asked).items()}
            found |= _told_from_zero(answered, [k], asked) if k.method == Method.DISTINCT else answered
        elif k.method == Method.DATED:
            found |= _registered(k, asked)
        elif k.base and k.over:
            found |= {(k.code, at): ratio(k.code, found[k.base.code, at], found[k.over.code, at], k.scale) for at in asked.cells()}
    return {(k.code, at): found[k.code, at] for k in wanted for at in asked.cells()}


_ONE_BY_ONE: dict[str, Callable[[Known, Asked], dict[Cell, Figure]]] = {
    Method.DISTINCT: singles.distinct,
    Method.MEDIAN: singles.medians,
    Method.ENTERED: singles.entered,
}


def _with_parts(known: Known) -> Iterable[Known]:
    """The measure; before a ratio, its two."""
    if known.method == Method.RATIO and known.base and known.over:
        yield from (*_with_parts(known.base), *_with_parts(known.over))
    yield known


def _registered(k: Known, asked: Asked) -> Found:
    if asked.line is not None or asked.as_of is not None:
        raise NotInLines(k.code)
    answered = {(k.code, at): figure for at, figure in registers.dated(k, asked).items()}
    unknown = [at for (_, at), figure in answered.items() if figure.value is None]
    if unknown and catalogue.family(k):
        for _, at in sums.recorded([k], unknown, asked):
            answered[k.code, at] = replace(answered[k.code, at], value=Fraction(0))
    return answered


def _told_from_zero(found: Found, wanted: Sequence[Known], asked: Asked) -> Found:
    """Where no record stands behind a figure: zero if the family recorded anything there, else missing."""
    family = {k.code: k.family for k in wanted}
    there = {(family[code], at) for (code, at), figure in found.items() if figure.count}
    empty = {(family[code], at) for code, at in found} - there
    if empty:
        asked_of = {k.family: k for k in wanted if any(k.family == name for name, _ in empty)}
        there |= sums.recorded(list(asked_of.values()), sorted({at for _, at in empty}), asked)
    return {key: figure if figure.count or (family[key[0]], key[1]) in there else missing(key[0], figure.group) for key, figure in found.items()}


def _never_counted(found: Found) -> Found:
    """A stock of which nothing was ever recorded is missing."""
    return {key: figure if figure.count else missing(figure.measure, figure.group) for key, figure in found.items()}


def _state(found: Found, wanted: Sequence[Known], asked: Asked) -> None:
    """Put what documents state beside the figures."""
    for code, at, within, beyond in sourced.stated([k for k in wanted if k.pk in sourced.measures()], asked):
        found[code, at] = replace(found[code, at], stated=within, beside=beyond)
