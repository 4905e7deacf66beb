"""The data that ships with the topic: calendars, deadlines, holidays, definitions. Tables with a heading, tabs between cells."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_HOME = files("phoihop.domain.figures") / "data"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a packaged table, each by the names in its heading."""
    heading, *lines = (_HOME / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = heading.split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines)
