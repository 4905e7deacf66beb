"""What every page shows and hardly ever changes: the node, the faces of forces, how many communes an area has, days off.

All of it hangs on one memo of the kernel, so that a page costs at most one question a second to the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from phoihop.domain.territory.queries.maps import CHANGES
from phoihop.kernel.memo import Memo

T = TypeVar("T")

_known: Memo[Any] = Memo(*CHANGES, "node.founded", "force.defined", "holiday.filled", "holiday.set", most=4096)


def known(key: Hashable, load: Callable[[], T]) -> T:
    """What ``load`` answered for the key, until something happened on which it may depend."""
    found: T = _known.get(key, load)
    return found
