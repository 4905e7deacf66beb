"""What forces are called and how they are drawn on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from phoihop.kernel.memo import Memo

from ..models import ForceFace

_faces: Memo[dict[str, Face]] = Memo("force.defined")


class Face(NamedTuple):
    """A force as it is shown: a coloured square beside a monogram, never a background (ux.md)."""

    code: str
    order: int
    name: str
    name_en: str
    monogram: str
    colour: str
    colour_dark: str


def faces(on: date) -> dict[str, Face]:
    """The faces of all forces on a day by code, in their order. Kept in the process until forces are defined anew."""
    return _faces.get(on, lambda: _shown(on))


def _shown(on: date) -> dict[str, Face]:
    rows = ForceFace.objects.filter(valid_from__lte=on).select_related("force").order_by("force__order", "valid_from")
    return {row.force.code: Face(row.force.code, row.force.order, row.name, row.name_en, row.monogram, row.colour, row.colour_dark) for row in rows}
