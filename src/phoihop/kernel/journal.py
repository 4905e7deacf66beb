"""The door to the journal for topics that stand below it.

Territory, forces and people come before matters in the order of topics, yet their actions leave events too. They write
through this port; ``domain/apps.py`` connects it to ``matters`` when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

_write: Callable[..., Any] | None = None
_write_same: Callable[..., Sequence[Any]] | None = None
_latest: Callable[[Collection[str]], Mapping[str, object]] | None = None
_heard: list[Callable[[str], None]] = []


def on_write(hear: Callable[[str], None]) -> None:
    """Call ``hear`` with the name of every event that is written through this port in this process."""
    _heard.append(hear)


def connect(write: Callable[..., Any], write_same: Callable[..., Sequence[Any]], latest: Callable[[Collection[str]], Mapping[str, object]]) -> None:
    global _write, _write_same, _latest
    _write, _write_same, _latest = write, write_same, latest


def write(**event: Any) -> Any:
    """Append one event: ``by, what, at`` and facts (codes, integers, days). Raises what the journal raises."""
    if _write is None:
        raise RuntimeError("the journal is not connected yet: Django's apps are not ready")
    written = _write(**event)
    for hear in _heard:
        hear(event["what"])
    return written


def write_same(*, by: Any, what: str, at: datetime, each: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    """Append many events of one name in order, each with its own facts. Raises what the journal raises."""
    if _write_same is None:
        raise RuntimeError("the journal is not connected yet: Django's apps are not ready")
    written = _write_same(by=by, what=what, at=at, each=each)
    for hear in _heard:
        hear(what)
    return written


def latest(events: Collection[str]) -> Mapping[str, object]:
    """By name, something that differs whenever another event of that name was written last."""
    if _latest is None:
        raise RuntimeError("the journal is not connected yet: Django's apps are not ready")
    return _latest(events)
