"""What the tests of activities share."""

import pytest

from phoihop.domain.activities.actions import import_steps


@pytest.fixture(autouse=True)
def _even_steps(monkeypatch):
    """An import goes on in even steps, however busy the machine is, and each test begins with an empty desk."""
    monkeypatch.setattr(import_steps.rules, "FIRST_BATCH", 200)
    monkeypatch.setattr(import_steps.rules, "next_batch", lambda batch, seconds: batch)
    monkeypatch.setattr(import_steps, "_desk", import_steps._Desk())
