"""Asking for figures, and opening them."""
