"""The data that ships with the topic: calendars, deadlines, holidays, definitions."""

from __future__ import annotations

from phoihop.kernel import packaged


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a packaged table, each by the names in its heading."""
    return packaged.rows("phoihop.domain.figures", name)
