"""What stories share: the named world, pages of several people, and a clock that the story turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from phoihop.config import node
from phoihop.domain import models as m
from tests.web.conftest import as_post, w

__all__ = ["as_post", "w"]


@pytest.fixture(autouse=True)
def _own_key(w: SimpleNamespace) -> None:
    """The node signs its journal with the key that its folder holds."""
    m.Node.objects.filter(own=True).update(public_key=node.public_key())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[datetime], None]:
    """``clock(at(2, 20))``: it is now the evening of 2 June 2026, for every page. Sign-ins last as long as the story."""
    settings.SESSION_COOKIE_AGE = 365 * 24 * 3600

    def turn(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: to)

    return turn
