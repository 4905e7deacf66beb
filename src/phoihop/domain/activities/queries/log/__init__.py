"""What the lines of a log mean among the records: which units and places, which routes, and whether a patrol is there already."""

from .names import Named, Names, reference, unclear_area, unclear_unit
from .sense import Sense, draft_of, result_of
from .senses import Senses
from .twins import Twins, twins_of

__all__ = ["Named", "Names", "Sense", "Senses", "Twins", "draft_of", "reference", "result_of", "twins_of", "unclear_area", "unclear_unit"]
