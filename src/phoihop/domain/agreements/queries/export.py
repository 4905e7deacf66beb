"""Which version an operator exports, by its spoken code."""

from __future__ import annotations

from ..models import Version


def version_of(code: str, number: int | None = None) -> Version | None:
    """A version of the agreement with this code, the newest if none is named. For whoever runs the machine: no viewer is asked."""
    rows = Version.objects.select_related("agreement__matter", "title").filter(agreement__matter__code=code)
    return (rows.filter(number=number) if number else rows.order_by("-number")).first()
