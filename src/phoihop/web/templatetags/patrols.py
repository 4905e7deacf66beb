"""What patrol pages write that no other page does."""

from __future__ import annotations

from math import ceil

from django import template

register = template.Library()


_STEPS = ("s1", "s2", "s3", "s5")  # on each of them a number can be read, in both themes


@register.filter
def shade(n: int, most: int) -> str:
    """The step of the ramp for a count; nothing for none."""
    return _STEPS[ceil(len(_STEPS) * n / most) - 1] if n else ""
