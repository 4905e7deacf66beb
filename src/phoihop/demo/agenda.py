"""What is to be done, in order of time: a day of the province is its acts, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

Act = Callable[[datetime], None]


@dataclass(slots=True)
class Agenda:
    """Acts with their moments. Acts of one moment keep the order in which they were noted."""

    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def add(self, at: datetime, act: Act) -> None:
        self.acts.append((at, len(self.acts), act))

    def run(self, until: datetime) -> Iterator[datetime]:
        """Do what is due up to a moment, earliest first; yields the moment of each act when it is done. What comes later is left out."""
        for at, _, act in sorted(self.acts, key=lambda row: row[:2]):
            if at > until:
                return
            act(at)
            yield at
