"""Everything that changes an agreement."""

from . import succession

__all__ = ["succession"]
