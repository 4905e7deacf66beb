"""Totals from documents, in their place: beside the facts, never among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from phoihop.kernel.memo import Memo
from phoihop.kernel.period import Period

from ...territory.models import AreaClosure
from ..models import SourcedTotal
from ..rules.figure import Stated, scaled
from .catalogue import Known
from .places import Place


class _Row(NamedTuple):
    key: int
    seq: int
    measure: int
    item: int | None
    area: int
    first: date
    until: date
    value: int
    qualifier: str
    source: str
    replaces: int | None


_kept: Memo[list[_Row]] = Memo("figure.sourced", most=1)


def rows() -> list[_Row]:
    """Every sourced total, kept in the process until another is entered."""
    return _kept.get("", _read)


def measures() -> frozenset[int]:
    """The measures of which any document states a total."""
    return frozenset(row.measure for row in rows())


def _read() -> list[_Row]:
    found = SourcedTotal.objects.order_by("pk").values_list(
        "pk", "seq", "measure", "item", "area", "first", "until", "value", "qualifier", "source", "replaces"
    )
    return [_Row(*row) for row in found]


def _standing(as_of: int | None) -> list[_Row]:
    """Those that no later one replaced, as of an event."""
    known = [r for r in rows() if as_of is None or r.seq <= as_of]
    replaced = {r.replaces for r in known}
    return [r for r in known if r.key not in replaced]


def stated(known: Known, place: Place, asked: Period, as_of: int | None = None) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    """The totals of a measure for a place: those whose days lie within the asked ones, and those that reach beyond.

    Of a total and one that it contains (a province's year, a commune's month of it) only the larger is told.
    """
    near = [r for r in _standing(as_of) if r.measure == known.pk and r.item == _item(known) and r.first < asked.until and asked.first < r.until]
    if not near:
        return (), ()
    below = _below({term.area for term in place.terms if term.share is None}, near)
    here = [r for r in near if r.key in below]
    within = _largest([r for r in here if asked.first <= r.first and r.until <= asked.until])
    beyond = [r for r in here if not (asked.first <= r.first and r.until <= asked.until)]
    return tuple(_told(r, known.scale) for r in within), tuple(_told(r, known.scale) for r in beyond)


def _item(known: Known) -> int | None:
    """The one category that is asked for; a view's own categories are part of what it is."""
    return known.items[0] if not known.base and len(known.items) == 1 else None


def _below(areas: Iterable[int], candidates: Sequence[_Row]) -> set[int]:
    """The candidates whose area is one of these or stood below it in the total's days."""
    over = AreaClosure.objects.filter(ancestor__in=list(areas), area__in=[r.area for r in candidates])
    lived = list(over.values_list("area", "valid_from", "valid_until"))
    return {r.key for r in candidates for area, first, until in lived if area == r.area and first < r.until and r.first < until}


def _largest(found: list[_Row]) -> list[_Row]:
    if len(found) < 2:
        return found
    pks = [r.area for r in found]
    under = set(AreaClosure.objects.filter(ancestor__in=pks, area__in=pks).values_list("area", "ancestor"))

    def contains(outer: _Row, inner: _Row) -> bool:
        days = outer.first <= inner.first and inner.until <= outer.until
        same = (outer.area, outer.first, outer.until) == (inner.area, inner.first, inner.until)
        return outer.key != inner.key and days and (inner.area, outer.area) in under and (not same or outer.key > inner.key)

    return [r for r in found if not any(contains(other, r) for other in found)]


def _told(r: _Row, scale: int) -> Stated:
    return Stated(r.key, r.area, r.first, r.until, scaled(r.value, scale), r.qualifier, r.source)
