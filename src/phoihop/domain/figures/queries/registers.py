"""Answers that registers give as of a day: the dated method."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import Sum

from phoihop.kernel.period import Period

from ..rules.figure import Figure
from .asked import Asked, Cell, Reach
from .catalogue import Known
from .places import Place
from .questions import QUESTIONS, Question

_WHOLE = 1_000_000


def dated(known: Known, asked: Asked) -> dict[Cell, Figure]:
    """How many records a register finds; missing where it knows nothing of the area. A register has no reporting lines and no past events."""
    question = QUESTIONS[known.question]
    return {cell: _answer(known, question, place, asked.periods[cell[1]]) for cell, place in asked.places(question.reach).items()}


def _answer(known: Known, question: Question, place: Place, days: Period) -> Figure:
    value, count, any_known = Fraction(0), 0, False
    for term in place.terms:
        span = asked_of(question, term.days, days)
        rows = question.counted(term.area, span)
        found = rows.count()
        count += found
        amount = found if not question.amount else rows.aggregate(n=Sum(question.amount))["n"] or 0
        value += amount if term.share is None else Fraction(amount * term.share, _WHOLE)
        any_known = any_known or found > 0 or question.known(term.area, span).exists()
    return Figure(known.code, value if any_known else None, count, place.exact, place.group)


def asked_of(question: Question, lived: Period, days: Period) -> Period:
    """The days that a register is asked about: an area that ended is still asked how its old tasks stood at the end."""
    return Period(lived.first, days.until) if question.reach == Reach.SO_FAR else lived
