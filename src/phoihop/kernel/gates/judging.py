"""One text before all the gates."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ..verdict import YES, Verdict
from .digits import numbers
from .marks import secrets
from .persons import persons
from .plain import Text
from .plates import plates
from .refusals import REFUSALS, Finding, verdict
from .scope import out_of_scope

SHORTEST = 3
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIGIT = re.compile("[0-9]")


def nobody() -> Collection[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is to be read: which telephone numbers are on duty, whether it is a title, whether it comes from a table."""

    known: Callable[[], Collection[str]] = nobody
    title: bool = False
    spread: bool = False


PLAINLY = Reading()


def findings(t: Text, reading: Reading) -> Iterator[Finding]:
    """What the gates would hold back, the gravest first."""
    yield from secrets(t)
    yield from out_of_scope(t, reading.title)
    if _DIGIT.search(t.flat):
        yield from numbers(t, reading.known, reading.spread)
        yield from plates(t)
    yield from persons(t)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was found in a text: what is refused, and what is asked and not answered yet."""

    text: str
    refused: list[Finding]
    asked: list[Finding]

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(f.answer for f in self.asked))


NOTHING = Sifted("", [], [])


def sift(text: str, sure: frozenset[str] = frozenset(), reading: Reading = PLAINLY) -> Sifted:
    """``sure``: what ``answered`` made of the answers."""
    t = Text(text)
    found = list(findings(t, reading))
    if not found:
        return NOTHING
    return Sifted(
        t.text,
        [f for f in found if not REFUSALS[f.code].asks],
        [f for f in found if REFUSALS[f.code].asks and _same(f.answer) not in sure],
    )


def judge(text: str, sure: frozenset[str] = frozenset(), reading: Reading = PLAINLY) -> Verdict:
    """Yes, or why a text may not enter, with a mended one where there is one."""
    if not text.isprintable() and _CONTROLS.search(text):
        return verdict("broken-text")
    if len(text) < SHORTEST:
        return YES
    found = sift(text, sure, reading)
    if found.refused:
        return verdict(found.refused[0].code, found.refused[0].shown, offer=mended(found.text, found.refused + found.asked))
    if found.asked:
        return verdict("person-name", ", ".join(found.names), offer=mended(found.text, found.asked), answer=";".join(found.names))
    return YES


def answered(sure: Collection[str]) -> frozenset[str]:
    """The names somebody has answered for, in a form to compare; one answer may hold several, apart by semicolons."""
    return frozenset(_same(part) for answer in sure for part in answer.split(";"))


def _same(name: str) -> str:
    return " ".join(Text(name).low.split())


def mended(text: str, found: list[Finding]) -> str | None:
    """The text with each find replaced; None if one cannot be, or nothing worth keeping is left."""
    if any(f.mend is None for f in found):
        return None
    kept: list[str] = []
    at = 0
    for f in sorted(found, key=lambda f: (f.start, -f.end)):
        if f.start >= at:
            kept += [text[at : f.start], f.mend or ""]
            at = f.end
    offer = "".join([*kept, text[at:]])
    return offer if any(c.isalpha() for c in offer) else None
