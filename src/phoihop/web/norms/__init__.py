"""Cadences, deadlines, criteria and contents as they hold in a place, and where places differ."""
