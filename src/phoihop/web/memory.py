"""What every page shows and hardly ever changes: the node, the faces of forces, how many communes an area has, days off.

All of it hangs on one memo of the kernel, so that a page costs at most one question a second to the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from phoihop.domain.territory.queries.maps import CHANGES
from phoihop.kernel.memo import Memo

T = TypeVar("T")

_EVENTS = (*CHANGES, "node.founded", "force.defined", "holiday.filled", "holiday.set")
_known: Memo[Any] = Memo(*_EVENTS, most=4096)
_large: Memo[Any] = Memo(*_EVENTS, most=32)


def known(key: Hashable, load: Callable[[], T]) -> T:
    """What ``load`` answered for the key, until something happened on which it may depend. A few kilobytes at most."""
    found: T = _known.get(key, load)
    return found


def known_large(key: Hashable, load: Callable[[], T]) -> T:
    """The same for what takes more, such as all communes of a province: a few at once, however many days are looked at."""
    found: T = _large.get(key, load)
    return found
