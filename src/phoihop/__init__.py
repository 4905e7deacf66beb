"""Phối Hợp: what forces without a common command do together, recorded once, confirmed by each, counted once."""

__version__ = "0.1.0"
