"""What must be looked at before a report is signed. Findings of fact and of arithmetic; nothing is judged good or bad."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from phoihop.domain.figures.models import Method
from phoihop.domain.figures.rules.figure import Figure, added

from .cells import Cell
from .lines import Line, communes_in
from .report import Report

LEAST = 10
"""Fewer than this in both years are too few for their ratio to say anything."""
FACTOR = 2
"""A commune that has more than twice last year's, or less than half, is asked for an explanation."""


class Check(StrEnum):
    UNFILED = "unfiled"
    WAITING = "waiting"
    MISSING = "missing"
    DISPUTED = "disputed"
    SUMS = "sums"
    OUTLIER = "outlier"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Finding:
    """``mend``: to be mended before signing; else to be known. ``n``: how many; ``lines``: where; ``cell``: of an outlier."""

    check: Check
    mend: bool
    n: int
    of: int = 0
    lines: tuple[Line, ...] = ()
    cell: Cell | None = None


def findings(report: Report) -> tuple[Finding, ...]:
    """What needs mending first, then what is in order."""
    found = [_unfiled(report), *_unsettled(report), _sums(report), *outliers(report), *_estimated(report)]
    return tuple(sorted(found, key=lambda f: not f.mend))


def _unfiled(report: Report) -> Finding:
    silent = tuple(line for line in report.rows if line.is_missing)
    return Finding(Check.UNFILED, bool(silent), communes_in(silent), communes_in(report.rows), silent)


def _unsettled(report: Report) -> list[Finding]:
    if report.unsettled is None:
        return []
    joint = report.of("TR.01")
    held, left = joint.figure.count if joint else 0, report.open_patrols
    found = [Finding(Check.WAITING, left.waiting > 0, left.waiting, held)]
    if left.missing:
        found.append(Finding(Check.MISSING, True, left.missing))
    if left.disputed:
        found.append(Finding(Check.DISPUTED, True, left.disputed))
    return found


def _sums(report: Report) -> Finding:
    """In how many measures that add up the rows and the rest make the total, to the last digit."""
    adding = [n for n, c in enumerate(report.columns) if c.adds_up]
    equal = [n for n in adding if _adds_up(report, n)]
    return Finding(Check.SUMS, len(equal) < len(adding), len(equal), len(adding))


def _adds_up(report: Report, n: int) -> bool:
    parts = [line.cells[n].figure.value for line in (*report.rows, *([report.rest] if report.rest else []))]
    whole = report.total.cells[n].figure.value
    told = [v for v in parts if v is not None]
    return (added(told) == whole) if whole is not None else not told


def outliers(report: Report) -> tuple[Finding, ...]:
    """Communes whose first sum is far from last year's, the widest apart first."""
    first = next((n for n, c in enumerate(report.columns) if c.method == Method.FLOW), None)
    if first is None:
        return ()
    far = [(line, line.cells[first]) for line in report.rows if is_far(line.cells[first].figure, line.cells[first].then)]
    far.sort(key=lambda pair: abs(pair[1].change or Fraction(0)), reverse=True)
    return tuple(Finding(Check.OUTLIER, True, 1, 0, (line,), c) for line, c in far)


def is_far(now: Figure, then: Figure) -> bool:
    """Whether a figure asks for an explanation beside the same period of the year before."""
    if now.value is None or then.value is None or max(now.value, then.value) < LEAST:
        return False
    return now.value > FACTOR * then.value or then.value > FACTOR * now.value


def _estimated(report: Report) -> list[Finding]:
    lines = tuple(line for line in report.rows if any(not c.figure.exact for c in line.cells))
    return [Finding(Check.ESTIMATED, False, len(lines), 0, lines)] if lines else []
