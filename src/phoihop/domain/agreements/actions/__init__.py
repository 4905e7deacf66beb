"""Everything that changes an agreement."""

from . import drafting, succession

__all__ = ["drafting", "succession"]
