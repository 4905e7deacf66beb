"""What changed between two versions, clause by clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
class HeadChange:
    """A line above the clauses that reads otherwise now: what it is called, its words in pieces."""

    name: Any
    words: tuple[Piece, ...]


HEAD_NAMES: dict[str, Any] = {
    "title": _("Trích yếu"), "valid_from": _("Có hiệu lực từ"), "valid_until": _("Đến trước ngày"), "review_months": _("Rà soát mỗi số tháng")
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


def head_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[HeadChange]:
    """What changed above the clauses. A day or a number goes and comes whole; of the title, words."""
    return [HeadChange(said, pieces(before[key], after[key]) if key == "title" else whole(before[key], after[key]))
            for key, said in HEAD_NAMES.items() if before[key] != after[key]]  # fmt: skip


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
