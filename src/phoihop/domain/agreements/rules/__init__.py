"""What may be done with an agreement, and what its text lays down."""

from . import events, succession

__all__ = ["events", "succession"]
