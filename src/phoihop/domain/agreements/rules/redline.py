"""What changed between two versions, clause by clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


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


_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
LONGEST = 6000
"""Words of a clause that are compared one by one; a longer one is shown as gone and come."""


def redline(before: Sequence[Written], after: Sequence[Written]) -> list[Difference]:
    """Every clause of both, in the order of the new text; removed ones where they stood. Clauses are matched by their number."""
    labels = SequenceMatcher(None, [c.label for c in before], [c.label for c in after], autojunk=False)
    found: list[Difference] = []
    for _kind, i, j, k, m in labels.get_opcodes():
        olds, news = before[i:j], after[k:m]
        if [c.label for c in olds] == [c.label for c in news]:
            found += [_compared(old, new) for old, new in zip(olds, news, strict=True)]
        else:
            found += [_whole(old, Change.REMOVED) for old in olds] + [_whole(new, Change.ADDED) for new in news]
    return found


def changed(differences: Sequence[Difference]) -> list[Difference]:
    return [d for d in differences if d.change != Change.SAME]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, told apart. Equal neighbours are joined."""
    if before == after:
        return (Piece(Change.SAME, after),) if after else ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return tuple(Piece(kind, words) for kind, words in ((Change.REMOVED, before), (Change.ADDED, after)) if words)
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
