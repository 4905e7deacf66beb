"""What areas are, how lists of them hold together, and how one becomes another. Nothing here reads a clock or a table."""

from . import events
from .lineage import WHOLE, Composition, Piece
from .lists import BEFORE_ALL, TWO_TIERS, AreaKey, AreaRow, Lists, SuccessionRow

__all__ = ["BEFORE_ALL", "TWO_TIERS", "WHOLE", "AreaKey", "AreaRow", "Composition", "Lists", "Piece", "SuccessionRow", "events"]
