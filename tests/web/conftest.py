"""What page tests share: one small world, a browser."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.web.browser import browser_page, chromium

__all__ = ["browser_page", "chromium"]


@pytest.fixture
def w(db: None) -> SimpleNamespace:
    from tests.world import songdat

    return songdat()
