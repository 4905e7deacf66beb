"""Drafts that a query proposes, told as a request takes them: look them through, change them, send them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from .asking import NAMES


def told(value: Any) -> Any:
    """A draft with the names of its records in their place."""
    if isinstance(value, models.Model):
        return NAMES[type(value)].of(value)
    if dataclasses.is_dataclass(value):
        return {f.name: told(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: told(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [told(one) for one in value]
    return value
