"""Data that ships with a package: tables with a heading, tabs between cells. Lines that begin with # explain."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv`` in a package, each by the names in its heading."""
    text = (files(package) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    heading, *lines = (line for line in text.splitlines() if not line.startswith("#"))
    columns = heading.split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines)
