"""The text of a clause for the left column: sentences that were used, in them the words that were read, and everywhere the words that could not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from phoihop.domain.agreements.rules.reading import ClauseRead, DutyRead

PLAIN, READ, UNREAD = "", "read", "unread"


@dataclass(slots=True)
class Stretch:
    """A stretch of the text. ``used``: the numbers of the duties that were read from it; ``parts``: its words, each plain, read or not to be read."""

    used: list[int] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)


def stretches(clause: ClauseRead) -> list[Stretch]:
    found: list[Stretch] = []
    at, until = clause.text_start, clause.text_start + len(clause.text)
    for start, end, numbers in _sentences(clause.duties):
        start, end = max(start, at), min(end, until)
        if start >= end:
            continue
        if start > at:
            found.append(Stretch([], _parts(clause, at, start, [])))
        found.append(Stretch(numbers, _parts(clause, start, end, [clause.duties[n - 1] for n in numbers])))
        at = end
    if at < until:
        found.append(Stretch([], _parts(clause, at, until, [])))
    return found


def _sentences(duties: Sequence[DutyRead]) -> list[tuple[int, int, list[int]]]:
    """Each sentence once, with the numbers of its duties."""
    spans: dict[tuple[int, int], list[int]] = {}
    for n, d in enumerate(duties, 1):
        spans.setdefault((d.start, d.until), []).append(n)
    return [(start, end, numbers) for (start, end), numbers in sorted(spans.items())]


def _parts(clause: ClauseRead, start: int, end: int, duties: list[DutyRead]) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    at = start
    for first, last, kind in _marked(clause, duties):
        if at <= first < last <= end:
            parts += [(_shown(clause, at, first), PLAIN), (_shown(clause, first, last), kind)]
            at = last
    return [part for part in [*parts, (_shown(clause, at, end), PLAIN)] if part[0]]


def _marked(clause: ClauseRead, duties: list[DutyRead]) -> Iterator[tuple[int, int, str]]:
    """What was read and what could not be, in the order of the text; of two that overlap what could not be, else the first."""
    unread = {(m.start, m.until, UNREAD) for m in clause.unread}
    read = {(m.start, m.until, READ) for d in duties for m in d.marks if m.rule != "by-hand"}
    return iter(sorted(unread | {one for one in read if not any(u[0] < one[1] and one[0] < u[1] for u in unread)}))


def _shown(clause: ClauseRead, start: int, end: int) -> str:
    return clause.text[start - clause.text_start : end - clause.text_start].replace("\t", " | ")
