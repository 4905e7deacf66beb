"""Asking for figures, and opening them."""

from .asked import Asked
from .cells import cell, grid, series
from .comparing import Comparison, compare
from .holidays import due, working_days
from .lines import ByLine, by_line, of_unit
from .records import Opened, Record, records
from .tables import Row, Table, communes_of, table, tables

__all__ = [
    "Asked", "ByLine", "Comparison", "Opened", "Record", "Row", "Table",
    "by_line", "cell", "communes_of", "compare", "due", "grid", "of_unit", "records", "series", "table", "tables", "working_days",
]  # fmt: skip
