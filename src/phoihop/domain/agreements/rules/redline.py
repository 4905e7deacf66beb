"""What changed between two versions, clause by clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Written:
    """A clause as it reads: its number, its heading, its words."""

    label: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (SAME), came (ADDED) or went (REMOVED)."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One clause: as it is called now (or was, if it went), and its heading and text in pieces."""

    label: str
    change: Change
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One of several beside the clauses: a party, an area, a basis, a post, a step. ``key``: by what it is known again in another text."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class HeadWritten:
    """What stands above the clauses, as it reads; and what a plan lays down beneath them: posts, preparations, steps, needs."""

    kind: str = ""
    title: str = ""
    areas: Sequence[Line] = ()
    parties: Sequence[Line] = ()
    bases: Sequence[Line] = ()
    valid_from: str = ""
    valid_until: str = ""
    review_months: str = ""
    posts: Sequence[Line] = ()
    checks: Sequence[Line] = ()
    steps: Sequence[Line] = ()
    needs: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class HeadChange:
    """What reads otherwise beside the clauses: what it is called, and each line of it in pieces."""

    name: Any
    lines: tuple[tuple[Piece, ...], ...]


HEAD_NAMES: dict[str, Any] = {
    "kind": _("Loại văn bản"), "title": _("Trích yếu"), "areas": _("Địa bàn"), "parties": _("Các bên"), "bases": _("Căn cứ"),
    "valid_from": _("Có hiệu lực từ"), "valid_until": _("Đến trước ngày"), "review_months": _("Rà soát mỗi số tháng"),
    "posts": _("Chốt, tổ"), "checks": _("Chuẩn bị"), "steps": _("Các bước xử lý"), "needs": _("Nhu cầu"),
}  # fmt: skip

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
LONGEST = 6000
"""Words of a clause that are compared one by one; a longer one is shown as gone and come."""


def redline(before: Sequence[Written], after: Sequence[Written]) -> list[Difference]:
    """Every clause of both, in the order of the new text; removed ones where they stood. Clauses are matched by their number."""
    found: list[Difference] = []
    for i, j in paired([c.label for c in before], [c.label for c in after]):
        if i is not None and j is not None:
            found.append(_compared(before[i], after[j]))
        elif i is not None:
            found.append(_whole(before[i], Change.REMOVED))
        elif j is not None:
            found.append(_whole(after[j], Change.ADDED))
    return found


def paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which place in one text is which in the other, by the labels of their clauses; None where there is none."""
    for _kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[i:j] == after[k:m]:
            yield from zip(range(i, j), range(k, m), strict=True)
        else:
            yield from ((n, None) for n in range(i, j))
            yield from ((None, n) for n in range(k, m))


def head_changes(before: HeadWritten, after: HeadWritten) -> list[HeadChange]:
    """What changed beside the clauses. A day or a number goes and comes whole; of the title, words; of parties, areas, bases, posts, preparations,
    steps and needs, each that came, went or reads otherwise.
    """
    found = [HeadChange(said, tuple(_changes(name, getattr(before, name), getattr(after, name)))) for name, said in HEAD_NAMES.items()]
    return [one for one in found if one.lines]


def _changes(name: str, was: Any, now: Any) -> list[tuple[Piece, ...]]:
    if was == now:
        return []
    if isinstance(was, str):
        return [pieces(was, now) if name == "title" else whole(was, now)]
    return line_changes(was, now)


def line_changes(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[Piece, ...]]:
    """The lines that came or read otherwise, in the order of the new text, then those that went; and where only the order is another, that."""
    was, now = {line.key: line.words for line in before}, {line.key: line.words for line in after}
    found = [pieces(was.get(key, ""), words) for key, words in now.items() if was.get(key) != words]
    found += [whole(words, "") for key, words in was.items() if key not in now]
    if not found and list(was) != list(now):
        return [whole("; ".join(was.values()), "; ".join(now.values()))]
    return found


def whole(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(Piece(kind, words) for kind, words in ((Change.REMOVED, before), (Change.ADDED, after)) if words)


def changed(differences: Sequence[Difference]) -> list[Difference]:
    return [d for d in differences if d.change != Change.SAME]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, told apart. Equal neighbours are joined."""
    if before == after:
        return (Piece(Change.SAME, after),) if after else ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return whole(before, after)
    made: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Piece(Change.SAME, "".join(new[k:m])))
            continue
        for change, words in ((Change.REMOVED, "".join(old[i:j])), (Change.ADDED, "".join(new[k:m]))):
            if words:
                made.append(Piece(change, words))
    return _joined(made)


def _joined(made: Sequence[Piece]) -> tuple[Piece, ...]:
    """A single space between two changed words is changed with them: a redline of every other word cannot be read."""
    gone, come, out = "", "", []
    for n, piece in enumerate(made):
        if piece.change == Change.REMOVED:
            gone += piece.words
        elif piece.change == Change.ADDED:
            come += piece.words
        elif piece.words.isspace() and n + 1 < len(made) and (gone or come):
            gone, come = gone + piece.words, come + piece.words
        else:
            out += _flushed(gone, come)
            gone, come = "", ""
            out.append(piece)
    return tuple(out + _flushed(gone, come))


def _flushed(gone: str, come: str) -> list[Piece]:
    return [Piece(change, words) for change, words in ((Change.REMOVED, gone), (Change.ADDED, come)) if words]


def _compared(old: Written, new: Written) -> Difference:
    same = (old.heading, old.text) == (new.heading, new.text)
    return Difference(new.label, Change.SAME if same else Change.CHANGED, pieces(old.heading, new.heading), pieces(old.text, new.text))


def _whole(clause: Written, change: Change) -> Difference:
    return Difference(clause.label, change, (Piece(change, clause.heading),) if clause.heading else (), (Piece(change, clause.text),) if clause.text else ())
