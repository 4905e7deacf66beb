"""A table by area: a row for each, one for what lies in none of them, and a sum, so that the rows add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from phoihop.kernel.memo import Memo
from phoihop.kernel.period import Period

from ...territory.models import Area, AreaClosure, Level, Tree
from ...territory.queries.maps import CHANGES
from ..models import Method
from ..rules.figure import Figure, added, apportioned, missing
from . import catalogue
from .asked import Asked
from .catalogue import Known
from .cells import grid

_ADD_UP = (Method.FLOW, Method.STOCK, Method.DATED, Method.ENTERED)


@dataclass(frozen=True, slots=True)
class Row:
    """``areas``: one, or several that can only be told together. ``figures``: by code of measure.

    ``shown``: whole numbers for estimates, adding up over the rows.
    """

    areas: tuple[Area, ...]
    figures: dict[str, Figure]
    shown: dict[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """``rest``: what was recorded for the whole but in none of the rows (*cấp tỉnh / ngoài xã*); None if nothing was."""

    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    rest: Row | None
    total: Row


def table(
    measures: Sequence[str], over: Area, period: Period, *, rows: Sequence[Area] | None = None, line: int | None = None, on: date | None = None,
    as_of: int | None = None,
) -> Table:  # fmt: skip
    """Measures of an area over a period, by the communes in it (or by ``rows``).

    ``on`` None: as recorded, with every commune that existed in the period; else on the areas of that day, to which ``over`` belongs.
    """
    return tables(measures, over, [period], rows=rows, line=line, on=on, as_of=as_of)[0]


def tables(
    measures: Sequence[str], over: Area, periods: Sequence[Period], *, rows: Sequence[Area] | None = None, line: int | None = None, on: date | None = None,
    as_of: int | None = None,
) -> tuple[Table, ...]:  # fmt: skip
    """The same for several periods, read at once: all by the communes of the first."""
    below = list(rows) if rows is not None else communes_of(over, periods[0], on)
    found = grid(measures, Asked((over, *below), tuple(periods), on, line, as_of))
    known = catalogue.measures(measures)
    return tuple(_laid_out(known, over, below, [{k.code: found[k.code, (a, p)] for k in known} for a in range(len(below) + 1)]) for p in range(len(periods)))


def _laid_out(known: Sequence[Known], over: Area, below: Sequence[Area], found: Sequence[dict[str, Figure]]) -> Table:
    """One period's table; ``found``: by code of measure, of the whole, then of each area below."""
    total = Row((over,), found[0], {})
    by_group: dict[frozenset[int], Row] = {}
    for area, figures in zip(below, found[1:], strict=True):
        group = frozenset({area.pk}).union(*{f.group for f in figures.values()})
        there = by_group.get(group)
        by_group[group] = replace(there, areas=(*there.areas, area)) if there else Row((area,), figures, {})
    rest = _rest(known, total, list(by_group.values()))
    return _rounded(Table(tuple(k.code for k in known), tuple(by_group.values()), rest, total), known)


def communes_of(over: Area, period: Period, on: date | None = None) -> list[Area]:
    """The communes of an area: of a day, or every one that it had in a period; by code, then by when they began."""
    lived = (on, on) if on is not None else (period.last, period.first)
    return list(_communes.get((over.pk, lived), lambda: _read_communes(over, *lived)))


_communes: Memo[tuple[Area, ...]] = Memo(*CHANGES, most=32)


def _read_communes(over: Area, last: date, first: date) -> tuple[Area, ...]:
    below = AreaClosure.objects.filter(ancestor=over, valid_from__lte=last, valid_until__gt=first).values("area")
    return tuple(Area.objects.filter(pk__in=below, level=Level.COMMUNE, tree=Tree.CIVIL).order_by("code", "valid_from"))


def _rest(known: Sequence[Known], total: Row, rows: Sequence[Row]) -> Row | None:
    """What remains of the total; a measure that does not add up (a ratio, a median, different areas) has no rest."""
    figures = {}
    for k in known:
        whole, parts = total.figures[k.code], [row.figures[k.code] for row in rows]
        figures[k.code] = missing(k.code)
        if k.method in _ADD_UP and whole.value is not None:
            told = [f for f in parts if f.value is not None]
            value = whole.value - added(f.value for f in told if f.value is not None)
            count = whole.count - sum(f.count for f in told)
            if value or count > 0:  # estimates count the records of a divided area more than once
                exact = whole.exact and all(f.exact for f in told)
                figures[k.code] = Figure(k.code, value, max(count, 0), exact)
    return Row((), figures, {}) if any(f.value is not None for f in figures.values()) else None


def _rounded(t: Table, known: Sequence[Known]) -> Table:
    """Whole numbers for columns that hold estimates: rounded so that the rows add up to the rounded sum."""
    every = [*t.rows, *([t.rest] if t.rest else [])]
    shown: list[dict[str, int]] = [{} for _ in every]
    for k in known:
        column = [(n, row.figures[k.code].value) for n, row in enumerate(every)]
        told = [(n, value) for n, value in column if value is not None]
        if k.method in _ADD_UP and any(not row.figures[k.code].exact for row in every):
            for (n, _), whole in zip(told, apportioned(value for _, value in told), strict=True):
                shown[n][k.code] = whole
    mended = [replace(row, shown=numbers) for row, numbers in zip(every, shown, strict=True)]
    return replace(t, rows=tuple(mended[: len(t.rows)]), rest=mended[-1] if t.rest else None)
