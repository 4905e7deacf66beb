"""Chapters, articles, paragraphs and points (NĐ 30/2020, Annex I), and the I., 1., a), dash of plans; where the text ends and the signatures begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .plain import Line

CHAPTER, ARTICLE, PARAGRAPH, POINT = range(4)

_PART = re.compile(r"(?:Phần|PHẦN)\s+(?:thứ\s+)?([IVXLC]+|[A-ZĐ]|\d+|nhất|hai|ba|bốn)\b[.:]?\s*(.*)")
_CHAPTER = re.compile(r"(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d+)\b[.:]?\s*(.*)")
_ANNEX = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?([IVX]+|\d+))?[.:]?")
_SECTION = re.compile(r"(?:Mục|MỤC)\s+([IVXLC]+|\d+)\b[.:]?\s*(.*)")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?)\s*[.:]\s*(.*)")
_ROMAN = re.compile(r"([IVX]{1,6})\s*[.)/]\s*(?=\S)(.*)")
_DECIMAL = re.compile(r"(\d{1,2}\.\d{1,2})[.)]?\s+(.*)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s*(?=\D)(.*)")
_LETTER = re.compile(r"([a-zđ])[.)]\s+(.*)")
_DASH = re.compile(r"([-+*•●])\s*(?=[^\s-])(.*)")
_OPENS_LIST = re.compile(r"chủ trì|phối hợp với|có trách nhiệm|tham mưu", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:Nơi nhận\b|(?:TM|T/M|KT|TL|TUQ|Q)\s*[.:]?\s*[A-ZĐÀ-Ỹ]{2}|(?:CÔNG AN|BỘ CHỈ HUY|BAN CHỈ HUY|BAN CHQS|ĐỒN BIÊN PHÒNG|LIÊN ĐOÀN|ỦY BAN|UBND|ĐẢNG ỦY)[A-ZĐÀ-Ỹ ]*$)"
)


@dataclass(slots=True)
class Node:
    """A numbered part of the text. ``title``: the words after its number, on the same line; ``lines``: what follows until the next part.

    ``end``: where the last of the parts in it ends. ``plan``: of a text without articles.
    """

    label: str
    depth: int
    title: Line
    start: int
    lines: list[Line] = field(default_factory=list)
    parent: Node | None = None
    plan: bool = False
    end: int = 0
    has_below: bool = False

    @property
    def until(self) -> int:
        return self.lines[-1].until if self.lines else max(self.title.until, self.start)


def numbered(lines: Sequence[Line]) -> tuple[int, list[Line], Sequence[Line]]:
    """At which line the numbered text begins; its lines, with those of the annexes; and the lines of signatures and recipients between them.

    No line begins it where nothing is numbered; then there are no lines either.
    """
    first = next((n for n, line in enumerate(lines) if _opens(line.text)), None)
    if first is None:
        return len(lines), [], ()
    annex = next((n for n in range(first, len(lines)) if _ANNEX.fullmatch(lines[n].text)), len(lines))
    last = next((n for n in range(first, annex) if lines[n].text.startswith("Nơi nhận")), annex)
    while last > first + 1 and (_TAIL.match(lines[last - 1].text) or _is_office(lines[last - 1].text)):
        last -= 1
    return first, [*lines[first:last], *lines[annex:]], lines[last:annex]


def _opens(text: str) -> bool:
    """Where the numbered text begins; a heading in capitals counts, so that *1.* within a preamble does not."""
    return any(p.match(text) for p in (_PART, _CHAPTER, _ARTICLE)) or bool((m := _ROMAN.match(text)) and _is_capitals(m[2])) or text.startswith("1. ")


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _is_office(text: str) -> bool:
    """A line of a signature: *GIÁM ĐỐC*, *TM. ỦY BAN NHÂN DÂN*."""
    return _is_capitals(text) and not any(p.match(text) for p in (_PART, _CHAPTER, _SECTION, _ARTICLE, _ROMAN)) and len(text) < 80


def nodes(lines: Sequence[Line]) -> list[Node]:
    """The numbered parts in the order of the text; lines before the first are left out."""
    articles = any(_ARTICLE.match(line.text) for line in lines)
    found: list[Node] = []
    open_: dict[int, Node] = {}
    for line in lines:
        if line.is_row or (told := _told(line.text, articles, open_)) is None:
            if found:
                _continue(found[-1], line)
            continue
        label, depth, title = told
        node = Node(label, depth, Line(title, line.until - len(title)), line.start, plan=not articles)
        node.parent = next((open_[d] for d in range(depth - 1, -1, -1) if d in open_), None)
        open_ = {d: n for d, n in open_.items() if d < depth} | {depth: node}
        found.append(node)
    for node in reversed(found):
        node.end = max(node.end, node.until)
        if node.parent is not None:
            node.parent.end, node.parent.has_below = max(node.parent.end, node.end), True
    return found


def _continue(node: Node, line: Line) -> None:
    """A chapter's or article's name may stand on its own line below the number."""
    if line.is_row:
        node.lines.append(line)
    elif not node.title.text and not node.lines and node.depth == CHAPTER:
        node.title = line
    elif node.depth == CHAPTER and not node.lines and _is_capitals(line.text) and _is_capitals(node.title.text):
        node.title = Line(f"{node.title.text} {line.text}", node.title.start)
    else:
        node.lines.append(line)


def _told(text: str, articles: bool, open_: dict[int, Node]) -> tuple[str, int, str] | None:
    for pattern, word in ((_PART, "Phần"), (_CHAPTER, "Chương")):
        if m := pattern.match(text):
            return f"{word} {m[1]}", CHAPTER, m[2]
    if m := _ANNEX.fullmatch(text):
        return f"Phụ lục {m[1] or ''}".strip(), CHAPTER, ""
    if m := _ARTICLE.match(text):
        return f"Điều {m[1]}", ARTICLE, m[2]
    if (m := _SECTION.match(text)) and len(text) < 160:
        return f"Mục {m[1]}", CHAPTER, m[2]
    return _in_article(text) if articles else _in_plan(text, open_)


def _in_article(text: str) -> tuple[str, int, str] | None:
    if m := _DECIMAL.match(text):
        return f"điểm {m[1]}", POINT, m[2]
    if m := _NUMBER.match(text):
        return f"khoản {m[1]}", PARAGRAPH, m[2]
    if m := _LETTER.match(text):
        return f"điểm {m[1]}", POINT, m[2]
    return None


def _in_plan(text: str, open_: dict[int, Node]) -> tuple[str, int, str] | None:
    """A plan counts I., 1., then a) or 1.1.; a dash is a point of its own."""
    if (m := _ROMAN.match(text)) and (_is_capitals(m[2]) or CHAPTER not in open_ or open_[CHAPTER].label.startswith("mục")):
        return f"mục {m[1]}", CHAPTER, m[2]
    if m := _DECIMAL.match(text):
        return f"tiểu mục {m[1]}", PARAGRAPH, m[2]
    if m := _NUMBER.match(text):
        return f"mục {m[1]}", ARTICLE, m[2]
    if m := _LETTER.match(text):
        return f"điểm {m[1]}", POINT if PARAGRAPH in open_ and open_[PARAGRAPH].label.startswith("tiểu") else PARAGRAPH, m[2]
    if m := _DASH.match(text):
        return "gạch đầu dòng", POINT, m[2]
    return None


def above(node: Node) -> Iterator[Node]:
    """The parts that it stands in, nearest first."""
    up = node.parent
    while up is not None:
        yield up
        up = up.parent


def is_heading(node: Node) -> bool:
    """Whether the words after the number are a name, not a rule: of a chapter, of an article, of a plan's part that has points or a table below it.

    *Công an tỉnh chủ trì, phối hợp với …:* is no name: it opens a list and says who does what.
    """
    if node.depth == CHAPTER or (node.depth == ARTICLE and not node.plan):
        return True
    below = node.has_below or bool(node.lines)
    if node.title.text.rstrip().endswith(":") and _OPENS_LIST.search(node.title.text):
        return False
    return below and len(node.title.text) < 120 and not node.title.text.rstrip().endswith((".", ";"))


__all__ = ["ARTICLE", "CHAPTER", "PARAGRAPH", "POINT", "Node", "above", "is_heading", "nodes", "numbered"]
