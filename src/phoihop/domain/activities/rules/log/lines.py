"""The lines of a log under its headings: patrols are kept; titles, totals, signatures and repeated headings are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .cells import Cell, shown, words
from .counts import count_of
from .days import day_of, hint_of
from .grid import Range, Sheet
from .layout import Layout, is_numbering
from .means import Means

_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|tong hop|luy ke|cong (?:thang|trang|don|ky|ngay|tuan)|mang sang|chuyen sang|tong \d+ cuoc|tong so \d+ cuoc)\b"
)
_DIVIDER = re.compile(r"^(?:thang|tuan|quy|ky|dot|nam|ngay|t)\s*(?:thu )?(?:\d|[ivx]+\b|hai|ba|tu)")
_SIGNATURE = re.compile(
    r"\b(?:nguoi (?:lap|ghi|tong hop|bao cao)|chi huy truong|thu truong|truong cong an|pho truong cong an|chinh tri vien|noi nhan|ky ten|ky ghi ro|ghi ro ho ten|xac nhan cua"
    r"|(?:dai|trung|thuong|thieu) (?:uy|ta)|chu tich|luu vt|can bo tong hop|chi huy don vi|truong don vi)\b|^(?:tm|kt|tl|tuq) |\bngay\W*\w* thang\W*\w* nam\b"
)
_FEW = 4
_CARRIED = "^"
MONTH = "@month"
_WITHIN_ONE = {Means.PARTIES, Means.TOTAL, Means.PEOPLE, Means.NOTE, Means.RESULT, Means.SKIP, Means.PERSON, Means.TEAMS, Means.VEHICLES, Means.OUTCOME}


@dataclass(frozen=True, slots=True)
class Line:
    """One patrol as the file has it: its row as people count (from 1), and its cells by column. ``^3``: carried into column 3 from above."""

    n: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no patrol, and what it is instead: ``blank``, ``heading``, ``title``, ``total``, ``signature`` or ``stray``."""

    n: int
    kind: str


@dataclass(slots=True)
class _Flow:
    """What earlier rows say for later ones."""

    layout: Layout
    merged: dict[int, list[Range]]
    active: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    days: dict[int, Cell] = field(default_factory=dict)
    month: str = ""
    ended: bool = False

    @property
    def day_columns(self) -> list[int]:
        return [c.n for c in self.layout.by_meaning(Means.DAY)]


def lines_of(sheet: Sheet, layout: Layout) -> Iterator[Line | Passed]:
    """Every row below the headings, in order: a patrol (its rows put together when they were merged), or what it is instead."""
    by_row: dict[int, list[Range]] = {}
    for cells in sheet.merged:
        by_row.setdefault(cells[0][0], []).append(cells)
    flow, waiting = _Flow(layout, by_row), None
    for n, row in sheet.rows():
        _follow_merges(flow, n, row)
        if n < layout.first:
            continue
        kind = _kind_of(flow, row)
        if kind:
            if kind != "blank":
                yield from [waiting] if waiting else []
                waiting = None
            yield Passed(n + 1, kind)
            continue
        line = _line(flow, n, row)
        if waiting is not None and _continues(flow, row, line):
            waiting = _joined(flow.layout, waiting, line)
            continue
        yield from [waiting] if waiting else []
        waiting = line
    yield from [waiting] if waiting else []


def _follow_merges(flow: _Flow, n: int, row: Sequence[Cell]) -> None:
    for column in [c for c, (bottom, _) in flow.active.items() if bottom < n]:
        del flow.active[column]
    for (top, left), (bottom, _) in flow.merged.get(n, ()):
        if bottom > top and left < len(row):
            flow.active[left] = (bottom, row[left])


def _kind_of(flow: _Flow, row: Sequence[Cell]) -> str:
    """What a row is when it is no patrol; empty for a patrol."""
    there = {n: words(cell) for n, cell in enumerate(row) if words(cell)}
    if not there:
        return "blank"
    heading = flow.layout.heading
    if is_numbering(row) or (len(there) > 1 and heading and all(n < len(heading) and heading[n] and said in heading[n] for n, said in there.items())):
        return "heading"
    own_day = any(n in there and day_of(row[n], flow.layout.hint).value for n in flow.day_columns)
    said = " ".join(dict.fromkeys(there.values()))
    if own_day and len(there) > 2:
        flow.ended = False
        return ""
    if any(_TOTAL.match(text) for text in list(there.values())[:3]) and not own_day:
        return "total"
    alone = len(set(there.values())) == 1
    if (alone or len(there) <= 2) and _DIVIDER.match(said) and len(said) < 60 and not own_day:
        hint = hint_of(said)
        flow.month = f"{hint.year or flow.layout.hint.year or ''}-{hint.month}" if hint.month else flow.month
        return "title"
    if len(there) <= _FEW and (flow.ended or _SIGNATURE.search(said)) and not _says_patrol(flow, there, row):
        flow.ended = True
        return "signature"
    return "stray" if alone and not own_day and not flow.active else ""


def _says_patrol(flow: _Flow, there: dict[int, str], row: Sequence[Cell]) -> bool:
    """Numbers of people beside a place or hours: not a signature."""
    counted = [c.n for c in flow.layout.by_meaning(Means.PEOPLE, Means.TOTAL) if c.n in there and count_of(row[c.n]).value is not None]
    told = [c.n for c in flow.layout.by_meaning(Means.TIME, Means.START, Means.AREA, Means.ROUTE) if c.n in there]
    return bool(counted and told)


def _line(flow: _Flow, n: int, row: Sequence[Cell]) -> Line:
    cells: dict[str, Cell] = {}
    for column in flow.layout.columns:
        cell = row[column.n] if column.n < len(row) else None
        if column.meaning.means is Means.PERSON:
            continue
        if cell is not None:
            cells[str(column.n)] = cell
        elif column.n in flow.active and flow.active[column.n][1] is not None:
            cells[f"{_CARRIED}{column.n}"] = flow.active[column.n][1]
        elif column.meaning.means is Means.DAY and column.n in flow.days:
            cells[f"{_CARRIED}{column.n}"] = flow.days[column.n]
        if column.meaning.means is Means.DAY and cell is not None:
            flow.days[column.n] = cell
    if flow.month:
        cells[MONTH] = flow.month
    return Line(n + 1, cells)


def _continues(flow: _Flow, row: Sequence[Cell], line: Line) -> bool:
    """Whether a row only adds a force to the patrol above: its day and hours are merged from there."""
    own = {c.meaning.means for c in flow.layout.columns if str(c.n) in line.cells}
    carried = {c.meaning.means for c in flow.layout.columns if c.n in flow.active and f"{_CARRIED}{c.n}" in line.cells}
    return bool(own & {Means.PARTIES, Means.PEOPLE}) and own <= _WITHIN_ONE and bool(carried & {Means.TIME, Means.START})


def _joined(layout: Layout, above: Line, below: Line) -> Line:
    """Two rows of one patrol: what the second says goes behind what the first said, headcounts beside their units."""
    totals, parties = layout.by_meaning(Means.TOTAL), layout.by_meaning(Means.PARTIES)
    cells = dict(above.cells)
    for column in layout.columns:
        key = str(column.n)
        if column.meaning.means in (Means.PARTIES, Means.TOTAL) and parties and totals:
            continue
        if key in below.cells:
            cells[key] = below.cells[key] if key not in cells else f"{shown(cells[key])}; {shown(below.cells[key])}"
    if parties and totals:
        party, total = str(parties[0].n), str(totals[0].n)
        cells[party] = f"{_with_number(above.cells, party, total)}; {_with_number(below.cells, party, total)}"
        cells.pop(total, None)
    return Line(above.n, cells)


def _with_number(cells: dict[str, Any], party: str, total: str) -> str:
    """ "Công an xã" beside 3 as "Công an xã: 3"; what was put together before stays."""
    number = cells.get(total)
    return f"{shown(cells.get(party))}: {shown(number)}" if number is not None else shown(cells.get(party))
