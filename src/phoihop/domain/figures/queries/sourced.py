"""Totals from documents, in their place: beside the facts, never among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from phoihop.kernel.memo import Memo
from phoihop.kernel.period import Period

from ...territory.models import AreaClosure
from ...territory.queries.maps import CHANGES
from ..models import SourcedTotal
from ..rules.figure import Stated, scaled
from .asked import Asked, Cell
from .catalogue import Known

Totals = tuple[Stated, ...]


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
_lived: Memo[dict[int, list[tuple[int, date, date]]]] = Memo("figure.sourced", *CHANGES, most=1)


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


def _above() -> dict[int, list[tuple[int, date, date]]]:
    """For the area of every total, itself and what it lay below, each with its days; kept like the totals, for tables ask in every cell."""
    return _lived.get("", _read_above)


def _read_above() -> dict[int, list[tuple[int, date, date]]]:
    found: dict[int, list[tuple[int, date, date]]] = {row.area: [] for row in rows()}
    closure = AreaClosure.objects.filter(area__in=SourcedTotal.objects.values("area"))
    for area, above, first, until in closure.values_list("area", "ancestor", "valid_from", "valid_until"):
        found.setdefault(area, []).append((above, first, until))
    return found


def _standing(as_of: int | None) -> list[_Row]:
    """Those that no later one replaced, as of an event."""
    known = [r for r in rows() if as_of is None or r.seq <= as_of]
    replaced = {r.replaces for r in known}
    return [r for r in known if r.key not in replaced]


def stated(wanted: Sequence[Known], asked: Asked) -> Iterator[tuple[str, Cell, Totals, Totals]]:
    """Measure by measure and place by place, where there are any: the totals whose days lie within the asked ones, and those that reach beyond.

    Of a total and one that it contains (a province's year, a commune's month of it) only the larger is told.
    """
    standing, places = _standing(asked.as_of), asked.places()
    for known in wanted:
        of_measure = [r for r in standing if r.measure == known.pk and r.item == _item(known)]
        for p, days in enumerate(asked.periods):
            if not (by_area := _by_area([r for r in of_measure if r.first < days.until and days.first < r.until])):
                continue
            for a in range(len(asked.areas)):
                if here := {r for term in places[a, p].terms if term.share is None for r in by_area.get(term.area, ())}:
                    within, beyond = _divided(sorted(here), days)
                    yield known.code, (a, p), tuple(_told(r, known.scale) for r in within), tuple(_told(r, known.scale) for r in beyond)


def _by_area(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    """The totals by every area that theirs was, or stood below, on one of their days."""
    found: dict[int, list[_Row]] = {}
    for row in rows:
        for area in {above for above, first, until in _above().get(row.area, ()) if first < row.until and row.first < until}:
            found.setdefault(area, []).append(row)
    return found


def _divided(rows: Sequence[_Row], asked: Period) -> tuple[list[_Row], list[_Row]]:
    """Those that lie within the asked days, without what larger ones contain; the others."""
    within = [r for r in rows if asked.first <= r.first and r.until <= asked.until]
    return _largest(within), [r for r in rows if r not in within]


def _item(known: Known) -> int | None:
    """The one category that is asked for; a view's own categories are part of what it is."""
    return known.items[0] if not known.base and len(known.items) == 1 else None


def _largest(found: list[_Row]) -> list[_Row]:
    def contains(outer: _Row, inner: _Row) -> bool:
        days = outer.first <= inner.first and inner.until <= outer.until
        same = (outer.area, outer.first, outer.until) == (inner.area, inner.first, inner.until)
        return (
            outer.key != inner.key and days and (not same or outer.key > inner.key) and any(above == outer.area for above, _, _ in _above().get(inner.area, ()))
        )

    return [r for r in found if not any(contains(other, r) for other in found)]


def _told(r: _Row, scale: int) -> Stated:
    return Stated(r.key, r.area, r.first, r.until, scaled(r.value, scale), r.qualifier, r.source)
