"""Posting facts, and everything that is defined about figures."""
