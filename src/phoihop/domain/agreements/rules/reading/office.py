"""The text of a .docx as a reader sees it: numbers that Word counts by itself, tables row by row, the two-column head flattened, textboxes behind the paragraph on which they hang. After the gates only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

import docx
from docx.oxml import parse_xml

from .columns import columns_of
from .ending import bands, is_signed_off
from .plain import CELL, Line, row_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]|^\s*Số\s*:", re.MULTILINE)
_RECIPIENTS = re.compile(r"^\s*Nơi nhận", re.MULTILINE | re.IGNORECASE)
_MOST_LEVELS = 9
_TAB = "\v"
_GAP = re.compile(rf"{_TAB}+|[ \u00a0]{{3,}}")


def of_docx(content: bytes) -> str:
    """One line a paragraph and a row; raises whatever python-docx raises of a damaged file."""
    document = docx.Document(io.BytesIO(content))
    counting = _Numbers(document)
    return "\n".join(_set_below("\n".join(_blocks(document.element.body, counting)).split("\n"))).replace(_TAB, " ")


def _set_below(lines: Iterable[str]) -> Iterator[str]:
    """Signatures that were put side by side by tabs or blanks, one below another; every other line as it is."""
    beside: list[list[str]] = []
    kept: list[str] = []
    for line in [*lines, None]:
        cells = _cells(line) if line is not None else []
        if len(cells) > 1 or (beside and line is not None and not cells):
            beside.append(cells)
            kept.append(line or "")
            continue
        yield from _column_by_column(beside) if is_signed_off([cell for row in beside for cell in row]) else kept
        beside, kept = [], []
        if line is not None:
            yield line


def _cells(line: str) -> list[str]:
    return [part.strip() for part in _GAP.split(line) if part.strip()] if CELL not in line else [line]


def _column_by_column(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for band in bands(rows):
        for column in range(max(map(len, band), default=0)):
            yield from (row[column] for row in band if column < len(row))


def _blocks(parent: Any, counting: _Numbers) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield counting.before(element) + _text(element)
            for box in _boxes(element):
                yield from _blocks(box, counting)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, counting)
        elif element.tag == f"{_W}sdt":
            for inner in element.findall(f"{_W}sdtContent"):
                yield from _blocks(inner, counting)
        elif element.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(element, counting)


def _text(paragraph: Any) -> str:
    """The letters of a paragraph; what was struck out in revision is not in it."""
    parts: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        within = list(takewhile(lambda up: up is not paragraph, element.iterancestors()))
        if any(up.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent") for up in within):
            continue
        name = element.tag[len(_W) :]
        parts.append(element.text or "" if name == "t" else "-" if name == "noBreakHyphen" else _TAB if name == "tab" else "\n")
    return "".join(parts)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The textboxes that hang on a paragraph, each once: Word writes what it draws a second time for older readers."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        up = list(box.iterancestors())
        copied = any(one.tag == f"{_MC}Fallback" for one in up)
        if not copied and next(one for one in up if one.tag == f"{_W}p") is paragraph:
            yield box


def _table(table: Any, counting: _Numbers) -> Iterator[str]:
    rows = [[(cell, "\n".join(_blocks(cell, counting))) for cell in row.iter(f"{_W}tc") if _row_of(cell) is row] for row in table.findall(f"{_W}tr")]
    texts_of = [[text for _cell, text in row] for row in rows]
    if _only_lays_out(texts_of):
        yield from _column_by_column(texts_of)
        return
    above: dict[int, str] = {}
    for row in rows:
        texts: list[str] = []
        at = 0
        for cell, text in row:
            shown = above.get(at, "") if _is_continued(cell) else text
            above[at] = shown
            at += _span(cell)
            texts += [shown] + [""] * (_span(cell) - 1)
        line = row_of(texts)
        yield line if CELL in line else line + CELL


def _only_lays_out(rows: Sequence[Sequence[str]]) -> bool:
    """A table that only puts the head of the page, the signatures or one frame side by side; never one whose first row is a heading of duties."""
    if not rows or columns_of(Line(row_of(rows[0]), 0)):
        return False
    whole = "\n".join(text for row in rows for text in row)
    return bool(_HEAD.search(whole) or _RECIPIENTS.search(whole)) or all(len(row) == 1 for row in rows) or is_signed_off([text for row in rows for text in row])


def _row_of(cell: Any) -> Any:
    return next(up for up in cell.iterancestors() if up.tag == f"{_W}tr")


def _is_continued(cell: Any) -> bool:
    """Whether a cell continues the one above it."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val") != "restart"


def _span(cell: Any) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return int(found.get(f"{_W}val")) if found is not None else 1


class _Numbers:
    """What Word writes before a numbered paragraph, counted as Word does."""

    def __init__(self, document: Any) -> None:
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype == _NUMBERING), None)
        root = parse_xml(part.blob) if part is not None else None
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._styles = {s.get(f"{_W}styleId"): s for s in document.styles.element.iter(f"{_W}style")}
        if root is not None:
            self._learn(root)

    def _learn(self, root: Any) -> None:
        abstract = {a.get(f"{_W}abstractNumId"): a for a in root.findall(f"{_W}abstractNum")}
        for num in root.findall(f"{_W}num"):
            base = num.find(f"{_W}abstractNumId")
            levels = abstract.get(base.get(f"{_W}val")) if base is not None else None
            if levels is not None:
                self._levels[num.get(f"{_W}numId")] = {int(one.get(f"{_W}ilvl")): _level(one) for one in levels.findall(f"{_W}lvl")}

    def before(self, paragraph: Any) -> str:
        numbered = self._of(paragraph.find(f"{_W}pPr"))
        if numbered is None or numbered[0] not in self._levels:
            return ""
        key, depth = numbered
        levels = self._levels[key]
        counts = self._counts.setdefault(key, [0] * _MOST_LEVELS)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_MOST_LEVELS - depth - 1)
        kind, shape, _start = levels.get(depth, ("decimal", "%1.", 1))
        if kind == "bullet":
            return "- "
        said = re.sub(r"%(\d)", lambda m: _written(levels.get(int(m[1]) - 1), counts[int(m[1]) - 1]), shape)
        return f"{said} " if said.strip() else ""

    def _of(self, properties: Any) -> tuple[str, int] | None:
        """Which list and level a paragraph has, by itself or by its style."""
        seen = 0
        while properties is not None and seen < 10:
            number = properties.find(f"{_W}numPr/{_W}numId")
            if number is not None:
                level = properties.find(f"{_W}numPr/{_W}ilvl")
                return number.get(f"{_W}val"), min(int(level.get(f"{_W}val")) if level is not None else 0, _MOST_LEVELS - 1)
            style = properties.find(f"{_W}pStyle") if seen == 0 else None
            named = self._styles.get(style.get(f"{_W}val")) if style is not None else None
            properties = named.find(f"{_W}pPr") if named is not None else None
            seen += 1
        return None


def _level(level: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = level.find(f"{_W}{name}")
        return found.get(f"{_W}val") or default if found is not None else default

    return value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1"))


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _written(level: tuple[str, str, int] | None, count: int) -> str:
    kind, _shape, start = level or ("decimal", "", 1)
    n = max(count, 1) + start - 1
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("upperRoman", "lowerRoman"):
        said = ""
        for worth, letters in _ROMAN:
            while n >= worth:
                said, n = said + letters, n - worth
        return said if kind == "upperRoman" else said.lower()
    return f"{n:02d}" if kind == "decimalZero" else str(n)
