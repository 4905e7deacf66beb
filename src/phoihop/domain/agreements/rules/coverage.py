"""Which communes have an agreement in force for which content: pure sets, so that a test can say them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..models import ContentArea


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement in force holds in an area and speaks of a content."""

    agreement: int
    area: int
    content: str


def coverage(communes: Iterable[int], above: Mapping[int, Iterable[int]], held: Iterable[Held]) -> dict[int, dict[str, frozenset[int]]]:
    """For each commune and content the agreements that hold there. ``above``: of each commune, itself and every area above it."""
    by_area: dict[int, dict[str, set[int]]] = {}
    for one in held:
        by_area.setdefault(one.area, {}).setdefault(one.content, set()).add(one.agreement)
    found: dict[int, dict[str, frozenset[int]]] = {}
    for commune in communes:
        contents: dict[str, set[int]] = {}
        for area in above.get(commune, ()):
            for content, agreements in by_area.get(area, {}).items():
                contents.setdefault(content, set()).update(agreements)
        found[commune] = {content: frozenset(agreements) for content, agreements in contents.items()}
    return found


def gaps(covered: Mapping[int, Mapping[str, frozenset[int]]], wanted: Mapping[int, Collection[str]] | None = None) -> dict[str, list[int]]:
    """For each content the communes without an agreement in force for it, in their order.

    ``wanted``: of a commune the contents that it has to cover, where it need not cover all.
    """
    asked = wanted or {}
    return {
        content: [commune for commune, there in covered.items() if content in asked.get(commune, ContentArea.values) and not there.get(content)]
        for content in ContentArea.values
    }
