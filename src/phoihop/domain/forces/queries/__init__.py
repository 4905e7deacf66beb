"""Asking about forces and units: their names, numbers and relations are open to everybody who works here."""

from .contacts import contacts_of, known_numbers
from .faces import Face, faces
from .relations import may_assign, relation_between
from .search import UnitCandidate, find_units, resolve_unit
from .units import Rank, chain_above, heirs_of, letterhead_of, means_of, unit_tree, units_below, units_of

__all__ = [
    "Face", "Rank", "UnitCandidate",
    "chain_above", "contacts_of", "faces", "find_units", "heirs_of", "known_numbers", "letterhead_of", "may_assign", "means_of",
    "relation_between", "resolve_unit", "unit_tree", "units_below", "units_of",
]  # fmt: skip
