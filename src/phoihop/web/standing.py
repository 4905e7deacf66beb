"""What was counted of some topics stands while only others write: a topic knows those before it and none behind (ARCHITECTURE.md).

On a node that is at work something is written between almost any two pages, mostly about patrols. To count again all that waits, for each of these events,
takes a database longer to plan than to answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.stamps import Mark, Written, after
from phoihop.kernel.memo import Memo

V = TypeVar("V")

MOST = 512


class Tail:
    """The end of the journal as this process last read it: one query tells every page what was written since the page before."""

    def __init__(self) -> None:
        self._seen: deque[Written] = deque(maxlen=MOST)
        self._lock = Lock()

    @property
    def mark(self) -> Mark | None:
        """Where the journal stood when it was last read."""
        with self._lock:
            return self._seen[-1].mark if self._seen else None

    def read(self) -> Mark:
        """Where it stands now. One query; two where what was read before is in the journal no more, or far behind."""
        last = self.mark
        if last is None or (written := after(last)) is None:
            here = head()
            self._begin(here)
            return here
        self._go_on(written)
        return written[-1].mark if written else last

    def since(self, mark: Mark) -> list[Written] | None:
        """What was written after a mark, as far as it was read; None where it does not reach back so far."""
        with self._lock:
            seen = list(self._seen)
        marks = [one.mark for one in seen]
        return seen[marks.index(mark) + 1 :] if mark in marks else None

    def _begin(self, here: Mark) -> None:
        with self._lock:
            self._seen.clear()
            self._seen.append(Written(*here, "", None))

    def _go_on(self, written: Iterable[Written]) -> None:
        """Another thread may have read some of it meanwhile."""
        with self._lock:
            self._seen.extend(one for one in written if one.seq > self._seen[-1].seq)


tail = Tail()


class Marked(Generic[V]):
    """Values by key, each with where the journal stood before it was asked for; at most ``most``, then all are asked for anew."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._all: Memo[dict[Hashable, tuple[Mark, V]]] = Memo(most=1)

    def found(self, key: Hashable) -> tuple[Mark, V] | None:
        return self._kept().get(key)

    def keep(self, key: Hashable, at: Mark | None, value: V) -> None:
        """What was asked before anybody read the journal is not kept."""
        if at is None:
            return
        kept = self._kept()
        if len(kept) >= self._most:
            kept.clear()
        kept[key] = (at, value)

    def _kept(self) -> dict[Hashable, tuple[Mark, V]]:
        return self._all.get("", dict)


class Standing(Marked[V]):
    """Such values, each good until something is written that is not of the subjects that ``spare`` it.

    ``spare``: first parts of names of events (``patrol`` of ``patrol.held``). The tail is read by whoever asks (``shell.until_written``).
    """

    def __init__(self, *spare: str) -> None:
        super().__init__()
        self._spare = frozenset(spare)

    def still(self, key: Hashable) -> V | None:
        """The value if it stands."""
        kept = self.found(key)
        written = tail.since(kept[0]) if kept else None
        if kept is None or written is None or any(subject_of(one) not in self._spare for one in written):
            return None
        return kept[1]

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value, made anew unless it stands."""
        value, at = self.still(key), tail.mark
        if value is None:
            value = make()
            self.keep(key, at, value)
        return value


def subject_of(event: Written) -> str:
    return event.what.partition(".")[0]
