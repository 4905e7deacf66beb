"""Text as it is indexed and asked for: folded words, so that *tuan tra* finds *Tuần tra* on both databases alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phoihop.kernel.text import fold

LONGEST = 400_000
"""Characters of one document's part that are indexed: some two hundred pages."""
_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]?")
_MOST_TERMS = 12


def words(text: str) -> list[str]:
    """The words of a text, folded: no diacritics, no capitals, nothing but letters and digits."""
    return _WORD.findall(fold(text))


def indexed(text: str) -> str:
    """A text as the index holds it."""
    return " ".join(words(text[:LONGEST]))


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side (one word: anywhere). ``begins``: the last word may go on, for it is still being typed."""

    words: tuple[str, ...]
    begins: bool = False


def terms(typed: str) -> list[Term]:
    """What somebody looks for: every word, what stands in quotation marks as one phrase; the last word as a beginning."""
    found = [Term(tuple(said)) for phrase in _PHRASE.findall(typed) if (said := words(phrase))]
    loose = words(_PHRASE.sub(" ", typed))
    unfinished = bool(loose) and not typed.endswith((" ", '"', "”"))
    found += [Term((word,), unfinished and n == len(loose) - 1) for n, word in enumerate(loose)]
    return found[:_MOST_TERMS]


def for_sqlite(wanted: list[Term], columns: tuple[str, ...]) -> str:
    """A query of FTS5. Words are letters and digits only, so that quoting them is enough."""
    said = " AND ".join(f'"{" ".join(term.words)}"{" *" if term.begins else ""}' for term in wanted)
    return f"{{{' '.join(columns)}}} : ({said})"


def for_postgres(wanted: list[Term]) -> str:
    """The same as a tsquery."""
    return " & ".join(f"({' <-> '.join(map(repr, term.words))}{':*' if term.begins else ''})" for term in wanted)


def matches(wanted: list[Term], text: str) -> int:
    """How many of the terms stand in a text."""
    said = f" {indexed(text)} "
    return sum(f" {' '.join(term.words)}{'' if term.begins else ' '}" in said for term in wanted)
