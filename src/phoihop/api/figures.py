"""Figures: what is counted, a cell, a table, the records behind a figure, totals from documents."""

from __future__ import annotations

from typing import Any

from ninja import Router

router = Router()
