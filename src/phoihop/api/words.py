"""Docstrings as people read them in a description."""

from __future__ import annotations

import inspect
from typing import Any


def first_and_rest(documented: Any) -> tuple[str, str | None]:
    """The first sentence of a docstring, and what follows it."""
    text = " ".join(inspect.cleandoc(documented.__doc__ or "").replace("``", "`").split())
    first, stop, rest = text.partition(". ")
    return first + (stop.strip()), rest or None
