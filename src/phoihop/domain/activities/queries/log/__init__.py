"""What the lines of a log mean among the records: which units and places, which routes, and whether a patrol is there already."""

from .names import Named, Names
from .sense import Sense, Senses
from .twins import Twins, twins_of

__all__ = ["Named", "Names", "Sense", "Senses", "Twins", "twins_of"]
