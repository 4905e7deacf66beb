"""Measures with their words, as reports head their columns with them; kept in the process until definitions change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from phoihop.domain.figures.models import Item, Measure, Method
from phoihop.domain.figures.rules.definitions import matches
from phoihop.kernel.memo import Memo

_DECIMALS = {"%": 1}


@dataclass(frozen=True)
class Column:
    """A measure in words. ``places``: decimals shown (hours two, so that shown rows add up; per cents one)."""

    code: str
    name: str
    name_en: str
    unit: str
    unit_en: str
    method: str
    scale: int
    items: tuple[str, ...] = ()
    items_en: tuple[str, ...] = ()
    base: str = ""
    over: str = ""
    question: str = ""

    @cached_property
    def places(self) -> int:
        return _DECIMALS.get(self.unit, max(-self.scale, 0))

    @cached_property
    def percent(self) -> bool:
        return self.unit == "%"

    @cached_property
    def adds_up(self) -> bool:
        return self.method in (Method.FLOW, Method.STOCK, Method.DATED, Method.ENTERED)

    def called(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name

    def counted_in(self, language: str) -> str:
        return self.unit_en if language.startswith("en") else self.unit

    def counts(self, language: str) -> tuple[str, ...]:
        """The items it is about; none: all."""
        return self.items_en if language.startswith("en") else self.items


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator with its measures: what counts, by which method, in which unit, from which law, since when."""

    code: str
    version: int
    valid_from: date
    name: str
    name_en: str
    basis: str
    measures: tuple[Column, ...]

    def called(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name


_kept: Memo[tuple[Definition, ...]] = Memo("figure.defined", most=1)


def definitions() -> tuple[Definition, ...]:
    """Every indicator in the order of reports."""
    return _kept.get("", _read)


def columns(codes: Sequence[str]) -> tuple[Column, ...]:
    """The measures of these codes. Raises KeyError."""
    known = {m.code: m for d in definitions() for m in d.measures}
    return tuple(known[code] for code in codes)


def column(code: str) -> Column:
    return columns([code])[0]


def _read() -> tuple[Definition, ...]:
    items = list(Item.objects.order_by("pk"))
    found: dict[int, list[Column]] = {}
    rows = Measure.objects.select_related("indicator", "base", "over").order_by("indicator__order", "indicator__code", "indicator__version", "order")
    indicators = {}
    for m in rows:
        indicators[m.indicator_id] = m.indicator
        of = [item for item in items if m.items and matches(m.items, item.code)]
        found.setdefault(m.indicator_id, []).append(
            Column(
                m.code, m.name, m.name_en, m.counted_in, m.counted_in_en, m.method, m.scale,
                tuple(item.name for item in of), tuple(item.name_en for item in of),
                m.base.code if m.base else "", m.over.code if m.over else "", m.question,
            )
        )  # fmt: skip
    return tuple(Definition(i.code, i.version, i.valid_from, i.name, i.name_en, i.basis, tuple(found[pk])) for pk, i in indicators.items())
