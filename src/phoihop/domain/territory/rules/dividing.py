"""Dividing the communes of a province into compact groups: proposals, which the province then makes its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import NamedTuple

LEAST, USUAL, MOST = 20, 31, 50
"""Communes of a regional defence command: 20 to 50 (the reform of 1 July 2025)."""


class Member(NamedTuple):
    """A commune with its centre; ``town``: a ward, after which a group is rather called."""

    id: int
    name: str
    lat: float
    lon: float
    town: bool


def divided(members: Sequence[Member], parts: int) -> list[list[Member]]:
    """Cut into ``parts`` groups of nearly equal size, each compact: again and again across the longer side."""
    if parts <= 1 or len(members) <= 1:
        return [list(members)]
    lats, lons = [m.lat for m in members], [m.lon for m in members]
    wide = (max(lons) - min(lons)) * cos(radians(sum(lats) / len(lats))) > max(lats) - min(lats)
    ordered = sorted(members, key=lambda m: (m.lon, m.lat, m.id) if wide else (-m.lat, m.lon, m.id))
    first = parts // 2
    cut = round(len(ordered) * first / parts)
    return divided(ordered[:cut], first) + divided(ordered[cut:], parts - first)


def how_many(members: int) -> int:
    """Into how many defence regions a province of so many communes is divided."""
    parts = max(1, round(members / USUAL))
    while members / parts > MOST:
        parts += 1
    while parts > 1 and members / parts < LEAST:
        parts -= 1
    return parts


def called_after(group: Sequence[Member]) -> Member:
    """The commune after which a group is called: the ward, if it has any, nearest to its middle."""
    lat, lon = sum(m.lat for m in group) / len(group), sum(m.lon for m in group) / len(group)
    towns = [m for m in group if m.town] or list(group)
    return min(towns, key=lambda m: ((m.lat - lat) ** 2 + (m.lon - lon) ** 2, m.id))
