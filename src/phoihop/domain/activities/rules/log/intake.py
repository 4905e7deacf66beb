"""A file on its way in: its lines, each cell judged by the gates before any of it is kept.

What a gate refuses never reaches the records: the cell keeps the mended text that the gate offers, or nothing, and the
line is marked. What a gate only asks stays, with the question.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from phoihop.kernel.gates.files import as_title
from phoihop.kernel.verdict import Refused, Sentence, Verdict

from ....people.rules.accounts import LANGUAGES
from ..importing import MOST_LINES
from .bounds import said_beside
from .cells import Cell, shown
from .grid import Sheet, sheets_of
from .layout import Layout, layout_of
from .lines import Line, Passed, lines_of
from .means import Means

Judge = Callable[[str], Verdict]
_SHORTEST_TEXT, _SHORTEST_NUMBER = 3, 9  # no number of a person is shorter than nine digits
_MOST_PASSED = 40
_SECRET = "secret-"


@dataclass(slots=True)
class Held:
    """What a gate said of a cell: its code, the sentence by language, the mended text, and the answer that a question takes."""

    n: int
    code: str
    sentence: dict[str, str]
    offer: str = ""
    answer: str = ""
    reason: Sentence = ""

    def as_json(self) -> list[Any]:
        return [self.n, self.code, self.sentence, self.offer, self.answer]


@dataclass(slots=True)
class Taken:
    """``sheets``: layout of each, with the rows that are no patrol by kind. ``lines``: sheet, row, cells and what the gates held."""

    sheets: list[dict[str, Any]] = field(default_factory=list)
    lines: list[list[Any]] = field(default_factory=list)

    def packed(self) -> bytes:
        return zlib.compress(json.dumps(self.lines, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpacked(packed: bytes) -> list[list[Any]]:
    return json.loads(zlib.decompress(packed))


def take(content: bytes, file_name: str, judge: Judge) -> Taken:
    """The lines of a file; stops one line behind the most that a run may have.

    Raises Refused when the file cannot be read, and when its name, any of its cells or what stands beside them marks it as secret.
    """
    judged = cache(lambda text: _held(judge(text)))
    sheets = sheets_of(content)
    for text in (as_title(file_name), *(sheet.name for sheet in sheets), *said_beside(content)):
        if (held := judged(text)) is not None and held.code.startswith(_SECRET):
            raise Refused(Verdict(held.code, held.reason, "upload"))
    for sheet in sheets:
        _refuse_secrets(sheet, judged)
    taken = Taken()
    for sheet, layout in _tables(sheets, file_name):
        passed: dict[str, list[int]] = {}
        number = len(taken.sheets)
        for found in islice(lines_of(sheet, layout), MOST_LINES + 1):
            if isinstance(found, Passed):
                _pass(passed, found)
            elif len(taken.lines) <= MOST_LINES:
                taken.lines.append(_line(number, found, layout, judged))
        taken.sheets.append(layout.as_json() | {"passed": passed})
    return taken


def spoken_in_all(sentence: Any) -> dict[str, str]:
    """A sentence in every language in which somebody may read it."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(sentence)
    return said


def _refuse_secrets(sheet: Sheet, judged: Callable[[str], Held | None]) -> None:
    for n, row in sheet.rows():
        for cell in row:
            held = judged(shown(cell)) if isinstance(cell, str) and _could_hold(cell) else None
            if held is not None and held.code.startswith(_SECRET):
                place = format_lazy(_("Trang “{sheet}”, dòng {n}"), sheet=sheet.name, n=n + 1) if sheet.name else format_lazy(_("Dòng {n}"), n=n + 1)
                raise Refused(Verdict(held.code, format_lazy("{place}: {reason}", place=place, reason=held.reason), "upload"))


def _tables(sheets: Sequence[Sheet], file_name: str) -> Iterable[tuple[Sheet, Layout]]:
    """The sheets that have a table of patrols; when none is recognised, the first, for the officer to map."""
    found = [(sheet, layout_of(sheet, file_name)) for sheet in sheets]
    return [pair for pair in found if pair[1].found] or found[:1]


def _pass(passed: dict[str, list[int]], found: Passed) -> None:
    rows = passed.setdefault(found.kind, [])
    if found.kind != "blank" and len(rows) < _MOST_PASSED:
        rows.append(found.n)


def _line(sheet: int, line: Line, layout: Layout, judged: Callable[[str], Held | None]) -> list[Any]:
    """The line with every refused cell masked. Columns that nothing is read from lose such a cell without a word."""
    read = {str(c.n) for c in layout.columns if c.meaning.means is not Means.SKIP}
    cells: dict[str, Cell] = {}
    held = []
    for key, cell in line.cells.items():
        said = judged(shown(cell)) if _could_hold(cell) else None
        if said is None:
            cells[key] = cell
            continue
        if said.answer:
            cells[key] = cell
        elif said.offer and key.lstrip("^") in read:
            cells[key] = said.offer
        if key.lstrip("^") in read:
            held.append(Held(int(key.lstrip("^")), said.code, said.sentence, said.offer, said.answer).as_json())
    return [sheet, line.n, cells, held]


def _could_hold(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) >= _SHORTEST_TEXT and (any(c.isalpha() for c in cell) or sum(c.isdecimal() for c in cell) >= _SHORTEST_NUMBER)
    return cell is not None and abs(cell) >= 10 ** (_SHORTEST_NUMBER - 1)


def _held(verdict: Verdict) -> Held | None:
    if verdict:
        return None
    return Held(0, verdict.code, spoken_in_all(verdict.reason), verdict.offer or "", verdict.answer if verdict.asks else "", verdict.reason)
