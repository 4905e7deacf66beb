"""What a process keeps at hand of tables that hardly change: names of areas, faces of forces, registered numbers.

A memo names the events after which it may be wrong. The process that writes such an event forgets at once; every other
process sees it within a second, when it next asks the journal for the last of them. (Sequence and hash: after a restore or
a rollback the same sequence is another event.)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from . import journal

V = TypeVar("V")

FRESH_FOR = 1.0  # seconds without asking again

_all: WeakSet[Memo[Any]] = WeakSet()


class Memo(Generic[V]):
    """Values by key, good until one of ``events`` happens."""

    def __init__(self, *events: str, most: int = 64) -> None:
        self._events, self._most = frozenset(events), most
        self._kept: dict[Hashable, V] = {}
        self._stamp: object = None
        self._asked = float("-inf")
        self._lock = Lock()
        _all.add(self)

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The kept value, or what ``make`` makes."""
        self._refresh()
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        value = make()
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = value
        return value

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self._asked = float("-inf")

    def depends_on(self, event: str) -> bool:
        return event in self._events

    def _refresh(self) -> None:
        if time.monotonic() - self._asked < FRESH_FOR:
            return
        stamp = journal.latest(self._events)
        with self._lock:
            if stamp != self._stamp:
                self._kept.clear()
            self._stamp, self._asked = stamp, time.monotonic()


def forget(event: str) -> None:
    """An event was written here: forget whatever it may have changed."""
    for memo in list(_all):
        if memo.depends_on(event):
            memo.forget()


journal.on_write(forget)


def forget_all() -> None:
    """Start anew: for tests, whose transactions are rolled back without an event."""
    for memo in list(_all):
        memo.forget()
