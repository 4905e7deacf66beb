"""The door to the journal for topics that stand below it.

Territory, forces and people come before matters in the order of topics, yet their actions leave events too. They write
through this port; ``domain/apps.py`` connects it to ``matters.actions.journal`` when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_write: Callable[..., Any] | None = None


def connect(write: Callable[..., Any]) -> None:
    global _write
    _write = write


def write(**event: Any) -> Any:
    """Append one event: ``by, what, at`` and facts (codes, integers, days). Raises what the journal raises."""
    if _write is None:
        raise RuntimeError("the journal is not connected yet: Django's apps are not ready")
    return _write(**event)
