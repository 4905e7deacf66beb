"""The names of what can happen. A topic declares its events; nothing else may be written into the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EVENTS: dict[str, EventKind] = {}


@dataclass(frozen=True, slots=True)
class EventKind:
    """``name``: topic and past tense (``patrol.held``). ``says``: one sentence for a timeline, lazily translated."""

    name: str
    says: Any


def events(topic: str, **kinds: Any) -> None:
    """Declare events of a topic: ``events("task", given=_("giao nhiệm vụ"))`` declares ``task.given``."""
    for verb, says in kinds.items():
        name = f"{topic}.{verb}"
        if name in EVENTS:
            raise ValueError(f"the event {name} is declared twice")
        EVENTS[name] = EventKind(name, says)
