"""The text of a clause for the left column: sentences that were used, and in them the words that were read, told by colour and by mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from phoihop.domain.agreements.rules.reading import ClauseRead, DutyRead


@dataclass(slots=True)
class Stretch:
    """A stretch of the text. ``used``: the numbers of the duties that were read from it; ``parts``: its words, and which of them were read."""

    used: list[int] = field(default_factory=list)
    parts: list[tuple[str, bool]] = field(default_factory=list)


def stretches(clause: ClauseRead) -> list[Stretch]:
    found: list[Stretch] = []
    at, until = clause.text_start, clause.text_start + len(clause.text)
    for start, end, numbers in _sentences(clause.duties):
        start, end = max(start, at), min(end, until)
        if start >= end:
            continue
        if start > at:
            found.append(Stretch([], [(_shown(clause, at, start), False)]))
        found.append(Stretch(numbers, _parts(clause, start, end, [clause.duties[n - 1] for n in numbers])))
        at = end
    if at < until:
        found.append(Stretch([], [(_shown(clause, at, until), False)]))
    return found


def _sentences(duties: Sequence[DutyRead]) -> list[tuple[int, int, list[int]]]:
    """Each sentence once, with the numbers of its duties."""
    spans: dict[tuple[int, int], list[int]] = {}
    for n, d in enumerate(duties, 1):
        spans.setdefault((d.start, d.until), []).append(n)
    return [(start, end, numbers) for (start, end), numbers in sorted(spans.items())]


def _parts(clause: ClauseRead, start: int, end: int, duties: list[DutyRead]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    at = start
    for first, last in sorted({(m.start, m.until) for d in duties for m in d.marks if m.rule != "by-hand"}):
        if at <= first < last <= end:
            parts += [(_shown(clause, at, first), False), (_shown(clause, first, last), True)]
            at = last
    return [*(p for p in parts if p[0]), *([(_shown(clause, at, end), False)] if at < end else [])]


def _shown(clause: ClauseRead, start: int, end: int) -> str:
    return clause.text[start - clause.text_start : end - clause.text_start].replace("\t", " | ")
