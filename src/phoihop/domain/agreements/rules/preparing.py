"""What is to be ready by a new text of a plan, beside what the text before asked for: the same, changed, or new.

What was ticked off stays so where it is the same; what was changed is asked anew, and is told from what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """``unit``: the key of who prepares it."""

    what: str
    unit: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """``former``: the place of the item of the text before that an item takes up; None: it is new. ``same``: nothing of it was changed."""

    former: int | None
    same: bool = False


def matched(before: Sequence[Item], after: Sequence[Item]) -> list[Match]:
    """What each item of the new text takes up: one that is the same, else one of the same words, else one that its unit had for the same hour."""
    found: dict[int, Match] = {}
    free = list(range(len(before)))
    for like in _LIKE:
        for n, item in enumerate(after):
            place = None if n in found else next((m for m in free if like(before[m], item)), None)
            if place is not None:
                free.remove(place)
                found[n] = Match(place, before[place] == item)
    return [found.get(n, Match(None)) for n in range(len(after))]


_LIKE: tuple[Callable[[Item, Item], bool], ...] = (
    lambda was, now: was == now,
    lambda was, now: was.what == now.what,
    lambda was, now: (was.unit, was.due_at) == (now.unit, now.due_at),
)
