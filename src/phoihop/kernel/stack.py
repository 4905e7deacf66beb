"""Room for calls within calls. Python keeps the calls of a thread in pieces of 16 KB. It takes a piece from the system when a call no longer fits into
the last, and gives it back as soon as that call returns: a loop that happens to run at the end of a piece goes to the system and back at every turn,
for memory that is emptied anew. The page of an agreement took 4,459 pages of memory that way, the list of patrols 581; with room they take 6 and 38.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_WORDS = 1 << 17


def roomy(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call it, with a piece of 2 MB beneath, of which it and what it calls have half. What no call reaches is never filled."""
    return call(*args, **kwargs)


roomy.__code__ = roomy.__code__.replace(co_stacksize=_WORDS)  # this call lays claim to 1 MB; pieces are powers of two
