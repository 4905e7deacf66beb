"""The granules of sixty years are laid once for all tests of figures; everything else is each test's own."""

from __future__ import annotations

from typing import Any

import pytest

from phoihop.domain.figures.actions.projection import lay_granules


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        lay_granules()
