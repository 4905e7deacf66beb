"""What becomes of a reference when the unit or the area behind it is succeeded by another.

Every foreign key to a unit or an area is named here, by the topic that owns it: it *stays* (history keeps the unit of
that day), or an heir function passes it on. A test fails for a key that is not named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

STAYS: dict[str, str] = {}
HEIRS: dict[str, Callable[..., int]] = {}


def stays(*keys: str, why: str) -> None:
    """``keys``: ``"Model.field"``; they go on naming the unit or area of their day."""
    for key in keys:
        STAYS[key] = why


def passes(*keys: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Mark the function that passes these keys on; it takes ``by, old, new, day, at`` and returns how many it passed."""

    def named(function: Callable[..., int]) -> Callable[..., int]:
        for key in keys:
            HEIRS[key] = function
        return function

    return named


def pass_on(**context: Any) -> dict[str, int]:
    """Run every heir function once; how many references each passed on, by function name."""
    unique = {id(f): f for f in HEIRS.values()}
    return {f"{f.__module__.rsplit('.', 2)[-2]}.{f.__name__}": f(**context) for f in unique.values()}
