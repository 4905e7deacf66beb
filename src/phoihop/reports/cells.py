"""A figure as every report shows it: one conversion, so that page, workbook, .docx and PDF carry the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from phoihop.domain.figures.models import Qualifier
from phoihop.domain.figures.rules.figure import Figure, rounded
from phoihop.papers import cells as papers

from .columns import Column

STATED = "†"
"""Stands before a total that a document states, where nothing was recorded: it is no sum of records."""

ESTIMATED = "≈"


@dataclass(frozen=True)
class Printed(papers.Figure):
    """A figure on paper that knows its question, so that a preview can link it. ``line``: key of the line it stands in."""

    measure: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure in one line of a report: the figure with its records, and how it is shown, now and a year before.

    ``line``: its key. ``whole``, ``whole_then``: the numbers to show for estimates, rounded so that rows add up.
    """

    column: Column
    figure: Figure
    then: Figure
    line: str
    whole: int | None = None
    whole_then: int | None = None

    @property
    def shown(self) -> Printed:
        return printed(self.column, self.figure, self.line, self.whole)

    @property
    def shown_then(self) -> Printed:
        return printed(self.column, self.then, self.line, self.whole_then)

    @property
    def has_stated(self) -> bool:
        """Whether a document's total stands in its place, now or a year before."""
        return any(STATED in printed(self.column, f).mark for f in (self.figure, self.then) if f.value is None and f.stated)

    @property
    def change(self) -> Fraction | None:
        """Now less a year before; None where either is missing."""
        if self.figure.value is None or self.then.value is None:
            return None
        return self.figure.value - self.then.value

    @property
    def change_percent(self) -> Printed | None:
        """By how many per cent, one decimal; None where either is missing, or there was nothing before."""
        if self.change is None or not self.then.value:
            return None
        return Printed(_scaled(rounded(self.change * 100 / self.then.value, 1), 1), 1, True, "+" if self.change > 0 else "", self.column.code)


def printed(column: Column, figure: Figure, line: str = "", whole: int | None = None) -> Printed:
    """A figure as it is written: missing stays missing, an estimate is marked, a document's total too."""
    value, places = figure.told.value, column.places
    if value is None:
        return Printed(None, places, column.percent, "", column.code, line)
    if value.denominator == 1 and figure.exact and figure.value is not None:
        return Printed(value.numerator * 10**places, places, column.percent, "", column.code, line)
    if whole is not None and not figure.exact:
        return Printed(whole * 10**places, places, column.percent, ESTIMATED, column.code, line)
    return Printed(_scaled(rounded(value, places), places), places, column.percent, _mark(figure), column.code, line)


def _mark(figure: Figure) -> str:
    if figure.value is None:
        qualifier = figure.qualifier
        return STATED + (qualifier if qualifier != Qualifier.EXACT else "")
    return "" if figure.exact else ESTIMATED


def _scaled(value: Decimal, places: int) -> int:
    return int(value.scaleb(places))
