"""What page tests share: nothing remembered from the test before, one small world, a browser."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from phoihop.kernel import memo
from tests.web.browser import browser_page, chromium

__all__ = ["browser_page", "chromium"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    memo.forget_all()
    yield
    memo.forget_all()


@pytest.fixture
def w(db: None) -> SimpleNamespace:
    from tests.world import songdat

    return songdat()
