"""The world of the import's tests, with a reform in it; Lan takes the logs of her unit in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.domain.activities.importing_world import world


@pytest.fixture
def w(db: None) -> SimpleNamespace:
    return world()
