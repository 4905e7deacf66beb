"""What is counted, as it ships with the program. A meaning never changes in place: a changed one is a new version with new measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..models import Item, Measure, Method
from .packaged import rows

COUNT_OF_AREAS, COUNT_OF_KEYS = "areas", "keys"
"""What a *distinct* measure counts: communes that facts lie in or touched, or keys of facts."""


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    code: str
    version: int
    valid_from: date
    order: int
    name: str
    name_en: str
    basis: str


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """``base``: the measure whose facts this one shows; ``items``: patterns of item codes; ``over``: of a ratio, what it is divided by."""

    indicator: str
    version: int
    code: str
    order: int
    method: str
    name: str
    name_en: str
    counted_in: str
    counted_in_en: str
    scale: int = 0
    base: str = ""
    items: str = ""
    over: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Measures in an order in which none comes before one that it refers to."""

    items: Sequence[ItemDefinition]
    indicators: Sequence[IndicatorDefinition]
    measures: Sequence[MeasureDefinition]


def packaged() -> Definitions:
    return Definitions(
        [ItemDefinition(**r) for r in rows("items")],
        [
            IndicatorDefinition(r["code"], int(r["version"]), date.fromisoformat(r["valid_from"]), int(r["order"]), r["name"], r["name_en"], r["basis"])
            for r in rows("indicators")
        ],
        [_measure(**r) for r in rows("measures")],
    )


def _measure(version: str, order: str, scale: str, **rest: Any) -> MeasureDefinition:
    return MeasureDefinition(version=int(version), order=int(order), scale=int(scale), **rest)


def matches(patterns: str, item: str) -> bool:
    """Whether an item's code is one of ``sea,border.*``; no patterns match every item."""
    return not patterns or any(fnmatchcase(item, p) for p in patterns.split(","))


def hold_together(d: Definitions) -> Verdict:
    """Whether every reference in the definitions leads somewhere, and each method has what it needs."""
    indicators = {(i.code, i.version) for i in d.indicators}
    seen: dict[str, MeasureDefinition] = {}
    verdicts = []
    for m in d.measures:
        verdicts += [
            no_unless((m.indicator, m.version) in indicators, "no-indicator", _("Số đo %(code)s thuộc một chỉ tiêu không có.") % {"code": m.code}),
            no_unless(m.code not in seen, "measure-twice", _("Số đo %(code)s được định nghĩa hai lần.") % {"code": m.code}),
            no_unless(all(r in seen for r in (m.base, m.over) if r), "no-base", _("Số đo %(code)s dựa trên số đo chưa định nghĩa.") % {"code": m.code}),
            _has_what_it_needs(m, d.items),
        ]
        seen[m.code] = m
    return first_no(*verdicts)


def _has_what_it_needs(m: MeasureDefinition, items: Sequence[ItemDefinition]) -> Verdict:
    named = {"code": m.code}
    ratio, asks = m.method == Method.RATIO, m.method in (Method.DATED, Method.DISTINCT)
    patterns = m.items.split(",") if m.items else []
    return first_no(
        no_unless(m.method in Method.values, "no-such-method", _("Số đo %(code)s có cách tính không có trong danh mục.") % named),
        no_unless(ratio == bool(m.over) and (not ratio or m.base), "ratio-of-two", _("Tỷ lệ %(code)s cần đúng hai số đo.") % named),
        no_unless(asks == bool(m.question), "no-question", _("Số đo %(code)s cần nêu hỏi gì, đếm gì.") % named),
        no_unless(all(any(fnmatchcase(i.code, p) for i in items) for p in patterns), "no-such-item", _("Số đo %(code)s chỉ mục không có.") % named),
    )


def keeps_meaning(defined: Measure, said: MeasureDefinition) -> Verdict:
    """Names may be mended; what is counted, how and in which unit may not, for facts are already posted under it."""
    now = (defined.method, defined.counted_in, defined.scale, defined.base.code if defined.base else "", defined.items, defined.question)
    then = (said.method, said.counted_in, said.scale, said.base, said.items, said.question)
    over = (defined.over.code if defined.over else "") == said.over
    return no_unless(
        now == then and over,
        "meaning-changed",
        _("Cách tính của %(code)s đã đổi. Hãy định nghĩa phiên bản mới của chỉ tiêu với mã số đo mới.") % {"code": said.code},
    )


def item_ids(patterns: str, items: Sequence[Item]) -> tuple[int, ...]:
    """The keys of the items that patterns choose; empty where they choose no particular one."""
    return tuple(sorted(i.pk for i in items if matches(patterns, i.code))) if patterns else ()
