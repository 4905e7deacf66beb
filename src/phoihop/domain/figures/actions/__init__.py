"""Posting facts, everything that is defined about figures, and the balances that make them fast."""
