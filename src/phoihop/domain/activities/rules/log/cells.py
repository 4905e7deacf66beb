"""One cell of a log: what spreadsheets store, brought to texts and numbers that can be kept as JSON and read again."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import Any

from phoihop.kernel.text import fold, nfc

Cell = str | int | float | None
LONGEST_CELL = 4_000
_MARKS = re.compile(r"[^\w%]+")


def plain(value: Any) -> Cell:
    """A stored cell as text or number. A day is written 2026-03-05, an hour 19:30, so that a machine's date stays unmistakable."""
    if value is None or isinstance(value, bool):
        return "x" if value else None
    if isinstance(value, str):
        return nfc(value).strip()[:LONGEST_CELL] or None
    if isinstance(value, float):
        if not isfinite(value):  # a file may hold 1e999; JSON cannot, and no count or day is one
            return str(value)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}" if value.year > 1900 else f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return value if isinstance(value, int) else str(value)[:LONGEST_CELL]


def shown(cell: Cell) -> str:
    """The cell as a person reads it."""
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    return "" if cell is None else str(cell)


def words(cell: Cell) -> str:
    """Folded, without punctuation: what headings and names are compared by."""
    return "" if cell is None else str(cell) if isinstance(cell, int) else _words(shown(cell))


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    return _MARKS.sub(" ", fold(text)).strip()
