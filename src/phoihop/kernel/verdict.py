"""The answer a rule gives: yes, or no with a reason a person can read."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

# A refusal is a sentence in the reader's language: plain, or a lazy translation.
Sentence = Any


# What the caller of the running action is sure of (kernel/action.py): answers to questions, never to refusals.
SURE: ContextVar[frozenset[str]] = ContextVar("sure", default=frozenset())


class Refused(Exception):
    """An action the rules forbid. Every surface knows how to show one."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes (no code), or no.

    ``code`` is what machines and tests rely on, ``reason`` what the person reads, ``field`` the argument that is wrong
    (dotted for parts: ``rows.3.note``). ``offer`` is a mended value the person may take over. With ``asks`` the
    refusal is a question: the same act goes through when the caller repeats it with ``answer`` among what is ``sure``.
    ``permission``: what somebody's role lacks, so that a page can say whose has it. ``of_day``: the day on which the area or unit at ``field`` is
    not there, so that a surface can offer what is there then.
    """

    code: str = ""
    reason: Sentence = ""
    field: str | None = None
    offer: str | None = None
    asks: bool = False
    answer: str = ""
    permission: str = ""
    of_day: date | None = None

    def __bool__(self) -> bool:
        return not self.code

    def enforce(self) -> None:
        """Raise :class:`Refused` unless the answer is yes, or this is a question that the caller has answered."""
        if self.stands:
            raise Refused(self)

    @property
    def stands(self) -> bool:
        """Whether it holds the act back: a refusal does, a question until it is answered."""
        return bool(self.code) and not (self.asks and self.answer in SURE.get())

    def at(self, field: str | None) -> Verdict:
        """The same answer, said of another field."""
        return replace(self, field=field)


YES = Verdict()


def no_unless(condition: object, code: str, reason: Sentence, field: str | None = None, offer: str | None = None, of_day: date | None = None) -> Verdict:
    return YES if condition else Verdict(code, reason, field, offer, of_day=of_day)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first refusal; else the first question that is not answered yet; else yes."""
    standing = [v for v in verdicts if v.stands]
    return next((v for v in standing if not v.asks), standing[0] if standing else YES)


def of_row(verdict: Verdict, name: str, n: int, count: int) -> Verdict:
    """The same answer, said of one of several: ``drafts.3.end``. Alone it keeps its field."""
    if count == 1:
        return verdict
    return verdict.at(f"{name}.{n}.{verdict.field}" if verdict.field else f"{name}.{n}")
