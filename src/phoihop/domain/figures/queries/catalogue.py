"""The definitions as sums need them: looked up once per process, for they are added to and never renumbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Item, Measure
from ..rules.definitions import item_ids


@dataclass(frozen=True, slots=True)
class Known:
    """A measure with its references followed. ``source``: the measure whose facts it adds up; ``items``: only these of them."""

    pk: int
    code: str
    family: str
    method: str
    scale: int
    counted_in: str
    source: int
    items: tuple[int, ...] = ()
    base: Known | None = None
    over: Known | None = None
    question: str = ""


_measures: dict[str, Known] = {}
_items: dict[str, int] = {}


def forget() -> None:
    """Look everything up again: definitions were added."""
    _measures.clear()
    _items.clear()


def measure(code: str) -> Known:
    """A measure by its code. Raises Measure.DoesNotExist."""
    if code not in _measures:
        _learn()
    if code not in _measures:
        raise Measure.DoesNotExist(code)
    return _measures[code]


def measures(codes: Iterable[str] = ()) -> list[Known]:
    """The measures of these codes, in their order; without codes all of them, in the order of reports."""
    return [measure(code) for code in codes] if codes else _learn()


def item(code: str) -> int:
    """The key of an item. Raises Item.DoesNotExist."""
    if code not in _items:
        _items.update(Item.objects.values_list("code", "pk"))
    if code not in _items:
        raise Item.DoesNotExist(code)
    return _items[code]


def item_codes() -> dict[int, str]:
    return dict(Item.objects.values_list("pk", "code"))


def family(known: Known) -> list[int]:
    """The measures with facts whose codes begin alike (TR., VB.): together they say whether an area recorded anything at all."""
    return sorted({m.source for m in _measures.values() if m.family == known.family and not m.question})


def _learn() -> list[Known]:
    rows = list(Measure.objects.select_related("indicator").order_by("indicator__order", "indicator__code", "order"))
    items = list(Item.objects.all())
    by_pk = {m.pk: m for m in rows}
    for m in rows:
        _measures[m.code] = _known(m, by_pk, items)
    return [_measures[m.code] for m in rows]


def _known(m: Measure, by_pk: dict[int, Measure], items: list[Item]) -> Known:
    base = _known(by_pk[m.base_id], by_pk, items) if m.base_id else None
    over = _known(by_pk[m.over_id], by_pk, items) if m.over_id else None
    return Known(
        m.pk, m.code, m.code.split(".")[0], m.method, m.scale, m.counted_in, base.source if base else m.pk,
        item_ids(m.items, items) if base else (), base, over, m.question,
    )  # fmt: skip
