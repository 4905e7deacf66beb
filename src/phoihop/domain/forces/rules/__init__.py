"""What forces and units are, how units are named and found, and what each relation allows. No clock, no table."""

from . import events

__all__ = ["events"]
