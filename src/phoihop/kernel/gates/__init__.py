"""What may not enter: state secrets, private persons. (Being built.)"""
from __future__ import annotations

from typing import Any


def inspect(arguments: dict[str, Any], sure: frozenset[str]) -> None:
    return None
