"""What may be done with an agreement, and what its text lays down."""

from . import succession

__all__ = ["succession"]
