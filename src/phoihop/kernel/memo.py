"""What a process keeps at hand of tables that hardly change: names of areas, faces of forces, registered numbers.

A memo names the events after which it may be wrong. The process that writes such an event forgets at once; every other
process sees it within a second, when it next asks the journal for the last of them: one question for all memos together,
so that a page with many of them costs no more. (Sequence and hash: after a restore or a rollback the same sequence is
another event.)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
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

    @property
    def events(self) -> frozenset[str]:
        return self._events

    def _refresh(self) -> None:
        last = _last.events(self._events)
        stamp = tuple(last.get(event) for event in sorted(self._events))
        with self._lock:
            if stamp != self._stamp:
                self._kept.clear()
            self._stamp = stamp


class _Last:
    """The last event of every name that any memo minds, not asked for again within a second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self._stamps: Mapping[str, object] = {}
        self._names: frozenset[str] = frozenset()
        self._asked = float("-inf")

    def events(self, wanted: frozenset[str]) -> Mapping[str, object]:
        with self._lock:
            if time.monotonic() - self._asked >= FRESH_FOR or not wanted <= self._names:
                names = wanted.union(*(memo.events for memo in list(_all)))
                self._stamps, self._names, self._asked = journal.latest(names), names, time.monotonic()
            return self._stamps


_last = _Last()


def forget(event: str) -> None:
    """An event was written here: forget whatever it may have changed."""
    minding = [memo for memo in list(_all) if event in memo.events]
    if minding:
        _last.forget()
    for memo in minding:
        memo.forget()


journal.on_write(forget)


def forget_all() -> None:
    """Start anew: for tests, whose transactions are rolled back without an event."""
    _last.forget()
    for memo in list(_all):
        memo.forget()
