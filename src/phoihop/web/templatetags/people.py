"""Periods as people say them: half open in the records, with their last day on the page."""

from __future__ import annotations

from datetime import date

from django import template

from phoihop.kernel.period import ONE_DAY

register = template.Library()


@register.filter
def last_of(until: date | None) -> date | None:
    """The last day of a period that ends where ``until`` begins."""
    return until - ONE_DAY if until else None
