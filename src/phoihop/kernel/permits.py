"""The door to the table of permissions for topics that stand below it.

Territory and forces come before people in the order of topics, yet their actions ask who may. They ask through this
port; ``domain/apps.py`` connects it to ``people.rules.allowed`` when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from .verdict import Verdict


class Acting(Protocol):
    """Whoever acts: a post of the topic *people*, of which the topics below know no more than this."""

    unit_id: int

    @property
    def pk(self) -> Any: ...


_allowed: Callable[[Any, str, date], Verdict] | None = None


def connect(allowed: Callable[[Any, str, date], Verdict]) -> None:
    global _allowed
    _allowed = allowed


def allowed(by: Acting, permission: str, on: date) -> Verdict:
    """Yes if the post is held on the day and its role carries the permission."""
    if _allowed is None:
        raise RuntimeError("the table of permissions is not connected yet: Django's apps are not ready")
    return _allowed(by, permission, on)
