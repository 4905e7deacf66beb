"""A whole document: its head, then its clauses one after the other, each with what it is about and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...models import AgreementKind
from .areas import area_of
from .columns import columns_of, is_group, words_of
from .duties import duties_of, level_of
from .ending import persons
from .head import read_head
from .plain import Line, lines_of
from .proposal import ClauseRead, DutyRead, HeadRead, Mark, Proposal, RoleRead
from .roles import body_of_heading, doings, inherited
from .rows import duties_of_row, unread_of_row
from .sentences import sentences
from .structure import ARTICLE, POINT, Node, above, is_heading, nodes, numbered
from .unread import unread_of

# Below these headings nothing is laid down to be done.
_NO_DUTIES = re.compile(
    r"^(?:NHỮNG )?(?:QUY ĐỊNH CHUNG$|phạm vi|đối tượng áp dụng|phạm vi, đối tượng|nguyên tắc|giải thích từ ngữ|mục đích|yêu cầu|mục tiêu|đặc điểm|quan điểm)",
    re.IGNORECASE,
)
_MILITIA_LAW = re.compile(r"02/2020/NĐ-CP|48/2019/QH14|133/2015/NĐ-CP", re.IGNORECASE)


def read(text: str) -> Proposal:
    """``text`` in the form of ``plain.plain``. A document without numbered parts gives a head and no clauses."""
    *_others, proposal = steps(text)
    assert isinstance(proposal, Proposal)
    return proposal


def steps(text: str) -> Iterator[tuple[int, int] | Proposal]:
    """The same, saying after each clause how many of how many are read; the proposal comes last."""
    lines = list(lines_of(text))
    first, body, tail = numbered(lines)
    head = read_head(lines, first, text, tail)
    document = _Document(text, head, nodes(body))
    clauses: list[ClauseRead] = []
    for n, node in enumerate(document.nodes, 1):
        clauses += document.clauses_of(node)
        yield n, len(document.nodes)
    yield Proposal(head, clauses)


def without_names(text: str) -> str:
    """The text with dots where persons signed: what is kept of it has its places, and no name."""
    _first, _body, tail = numbered(list(lines_of(text)))
    for start, until in (place for line in tail for place in persons(line)):
        text = f"{text[:start]}{'…' * (until - start)}{text[until:]}"
    return text


class _Document:
    def __init__(self, text: str, head: HeadRead, found: Sequence[Node]) -> None:
        self.text, self.head, self.nodes = text, head, found
        about = re.search(r"\bnăm (20\d\d)\b", head.subject.value) if head.subject else None
        lasting = head.kind is not None and head.kind.value == AgreementKind.REGULATION  # its days recur; those of a plan are of its year
        self.year = int(about[1]) if about else head.day.year if head.day and not lasting else None
        self.level = next((level for m in head.issuers if (level := level_of(m.value))), "")
        self.militia = bool(_MILITIA_LAW.search(" ".join(m.value for m in head.bases))) and "dân quân" in (head.subject.value.lower() if head.subject else "")
        self._areas: dict[int, Mark | None] = {}
        self._headings = {id(n): is_heading(n) for n in found}

    def clauses_of(self, node: Node) -> Iterator[ClauseRead]:
        """The clause of a part, and one for each row of a table in it."""
        heading = self._headings[id(node)]
        table = next((n for n, line in enumerate(node.lines) if line.is_row), len(node.lines))
        prose = node.lines[:table]
        start = prose[0].start if heading and prose else node.title.start
        until = prose[-1].until if prose else (node.title.start if heading else node.title.until)
        text = self.text[start:until] if until > start else ""
        title = node.title if heading else Line("", node.title.start)
        content = self._content(node, title, text, start)
        duties, unread = ((), ()) if self._lays_nothing(node) else self._laid_down(node, text, start)
        yield ClauseRead(node.label, node.depth, title.text, text, node.start, max(until, node.title.until), start, content, duties, unread=unread)
        yield from self._rows(node, node.lines[table:])

    def _rows(self, node: Node, lines: Sequence[Line]) -> Iterator[ClauseRead]:
        """Each row of a table is a clause, and each paragraph behind it."""
        columns: dict[str, int] = {}
        depth, n = min(node.depth + 1, POINT), 0
        for line in lines:
            if line.is_row and (found := columns_of(line)):
                columns = found
                continue
            if line.is_row and not list(words_of(line)):
                continue
            n += 1
            if not line.is_row:
                duties, unread = self._laid_down(node, line.text, line.start)
                yield ClauseRead(f"đoạn {n}", depth, "", line.text, line.start, line.until, line.start, self._above(node), duties, unread=unread)
            elif columns and is_group(line, columns):
                name = list(words_of(line))[-1]
                yield ClauseRead(f"dòng {n}", depth, name.text, "", line.start, line.until, line.until)
            else:
                rows = duties_of_row(line, columns, self.year, self.level) if columns else []
                unread = unread_of_row(line, columns, rows) if columns else ()
                content = area_of(Line("", line.start), line.text, line.start, self.militia) or self._above(node)
                yield ClauseRead(f"dòng {n}", depth, "", line.text, line.start, line.until, line.start, content, rows, unread=unread)

    def _lays_nothing(self, node: Node) -> bool:
        return any(_NO_DUTIES.match(n.title.text) for n in (node, *above(node)) if self._headings[id(n)])

    def _laid_down(self, node: Node, text: str, start: int) -> tuple[Sequence[DutyRead], Sequence[Mark]]:
        """The duties of a text, and the words in it that ask for what no duty holds."""
        given = self._given(node)
        implied = () if given else self._implied(node)
        duties: list[DutyRead] = []
        unread: list[Mark] = []
        for sentence in sentences(text, start):
            opens = sentence.text.rstrip().endswith(":") and node.has_below
            if not opens:
                found = duties_of(sentence, implied, given, self.year, self.level)
                duties += found
                unread += unread_of(sentence, found)
        return duties, unread

    def _implied(self, node: Node) -> Sequence[Mark]:
        """The bodies that the nearest heading names as those whose duties follow."""
        for n in (node, *above(node)):
            if self._headings[id(n)] and (found := body_of_heading(n.title.text, n.title.start)):
                return found
        return ()

    def _given(self, node: Node) -> Sequence[RoleRead]:
        up = node.parent
        if up is None or self._headings[id(up)]:
            return ()
        last = list(sentences(self.text[up.title.start : up.until], up.title.start))
        if not last or not last[-1].text.rstrip().endswith(":"):
            return ()
        return list(inherited(doings(last[-1].text, last[-1].start, self._implied(up))))

    def _content(self, node: Node, title: Line, text: str, start: int) -> Mark | None:
        if node.depth < ARTICLE or body_of_heading(title.text, title.start):
            return None
        own = area_of(title, text if not title.text else self._whole(node), title.start if title.text else start, self.militia)
        if own or title.text:
            return own
        return self._above(node)

    def _whole(self, node: Node) -> str:
        """The text of a part with all that stands below it."""
        return self.text[node.title.until : node.end]

    def _above(self, node: Node) -> Mark | None:
        for n in (node, *above(node)):
            if n.depth >= ARTICLE and self._headings[id(n)] and (found := self._of_heading(n)):
                return Mark(found.value, found.start, found.until, "area-above", found.sure)
        return None

    def _of_heading(self, node: Node) -> Mark | None:
        if id(node) not in self._areas:
            self._areas[id(node)] = area_of(node.title, self._whole(node), node.title.start, self.militia)
        return self._areas[id(node)]
