"""Chapters, articles, paragraphs and points (NĐ 30/2020, Annex I), and the I., 1., a), dash of plans; where the text ends and the signatures begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .columns import columns_of
from .ending import RECIPIENTS, ends_at, is_capitals
from .plain import Line

CHAPTER, ARTICLE, PARAGRAPH, POINT = range(4)

_PART = re.compile(r"(?:Phần|PHẦN)\s+(?:thứ\s+)?([IVXLC]+|[A-ZĐ]|\d+|nhất|hai|ba|bốn)\b[.:]?\s*(.*)")
_CHAPTER = re.compile(r"(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d+)\b[.:]?\s*(.*)")
_ANNEX = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?([IVX]+|\d+|[A-Z]))?\s*(?:[.:]?|[.:-]\s*(\S.{0,150}))")
_SECTION = re.compile(r"(?:Mục|MỤC)\s+([IVXLC]+|\d+)\b[.:]?\s*(.*)")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?)\s*[.:]\s*(.*)")
_ROMAN = re.compile(r"([IVX]{1,6})\s*[.)/]\s*(?=\S)(.*)")
_DECIMAL = re.compile(r"(\d{1,2}\.\d{1,2})[.)]?\s+(.*)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s*(?=\D)(.*)")
_LETTER = re.compile(r"([a-zđ])[.)]\s+(.*)")
_DASH = re.compile(r"([-+*•●])\s*(?=[^\s-])(.*)")
_OPENS_LIST = re.compile(r"chủ trì|phối hợp với|có trách nhiệm|tham mưu", re.IGNORECASE)
_LISTS = re.compile(r"(?:BẢNG|BIỂU|DANH MỤC|LỊCH|TIẾN ĐỘ|PHÂN CÔNG|NỘI DUNG, NHIỆM VỤ)\b")


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


_NOTHING = Node("", CHAPTER, Line("", 0), 0)


def numbered(lines: Sequence[Line]) -> tuple[int, list[Line], Sequence[Line]]:
    """At which line the numbered text begins; its lines, with those of the annexes; and the lines of signatures and recipients between them.

    No line begins it where nothing is numbered; then there are no lines either.
    """
    first = next((n for n, line in enumerate(lines) if _opens(line.text)), None)
    if first is None:
        return len(lines), [], ()
    annex = _annex(lines, first)
    last = ends_at(lines, first, annex)
    return first, [*lines[first:last], *lines[annex:]], lines[last:annex]


def _annex(lines: Sequence[Line], first: int) -> int:
    """Where the annexes begin: at their word; behind the recipients also at the name of a list in capitals, or at a table with a heading of duties."""
    named = next((n for n in range(first, len(lines)) if _ANNEX.fullmatch(lines[n].text)), len(lines))
    recipients = next((n for n in range(first, named) if any(RECIPIENTS.match(cell.text) for cell in lines[n].cells)), named)
    for n in range(recipients + 1, named):
        if (_LISTS.match(lines[n].text) and is_capitals(lines[n].text)) or (lines[n].is_row and columns_of(lines[n])):
            return n
    return named


def _opens(text: str) -> bool:
    """Where the numbered text begins; a heading in capitals counts, so that *1.* within a preamble does not."""
    return any(p.match(text) for p in (_PART, _CHAPTER, _ARTICLE)) or bool((m := _ROMAN.match(text)) and is_capitals(m[2])) or text.startswith("1. ")


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
    elif node.depth == CHAPTER and not node.lines and is_capitals(line.text) and is_capitals(node.title.text):
        node.title = Line(f"{node.title.text} {line.text}", node.title.start)
    else:
        node.lines.append(line)


def _told(text: str, articles: bool, open_: dict[int, Node]) -> tuple[str, int, str] | None:
    for pattern, word in ((_PART, "Phần"), (_CHAPTER, "Chương")):
        if m := pattern.match(text):
            return f"{word} {m[1]}", CHAPTER, m[2]
    if m := _ANNEX.fullmatch(text):
        return f"Phụ lục {m[1] or ''}".strip(), CHAPTER, m[2] or ""
    if _LISTS.match(text) and is_capitals(text) and not open_.get(CHAPTER, _NOTHING).label.startswith("Phụ lục"):
        return "Bảng", CHAPTER, text
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
    if (m := _ROMAN.match(text)) and (is_capitals(m[2]) or CHAPTER not in open_ or open_[CHAPTER].label.startswith("mục")):
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
