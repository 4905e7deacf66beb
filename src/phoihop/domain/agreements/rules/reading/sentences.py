"""A text cut into sentences, each with where it stands; and a sentence cut at its semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .plain import UPPER, Line

_END = re.compile(rf"(?<=[^\W\d_][\w)\"%])[.]\s+(?=[{UPPER}\"])|(?<=\d\d)[.]\s+(?=[{UPPER}])")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|TT|TX|TM|KT|TL|Th|Ts|PGS|GS)|\b[A-ZĐ])$")


def sentences(text: str, at: int) -> Iterator[Line]:
    """``text`` may have several lines; each ends a sentence."""
    for line in text.split("\n"):
        first = 0
        for m in _END.finditer(line):
            if not _ABBREVIATED.search(line[: m.start()]):
                yield Line(line[first : m.start() + 1], at + first)
                first = m.end()
        if line[first:].strip():
            yield Line(line[first:], at + first)
        at += len(line) + 1


def segments(sentence: str) -> Iterator[tuple[str, int]]:
    """The parts between semicolons and where each starts."""
    at = 0
    for part in sentence.split(";"):
        lead = len(part) - len(part.lstrip())
        if part.strip():
            yield part[lead:], at + lead
        at += len(part) + 1
