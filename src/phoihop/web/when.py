"""The time picker of the top bar: what it says, one step back and forth, and what may be chosen. All of it is links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from phoihop.kernel.period import ONE_DAY

from . import moments
from .scope import DAY, TERM, Scope, changed
from .terms import Term, term_of

Kind = Literal["day", "term", "none"]


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """``choices`` are the lines of the menu; ``ask_day`` adds a field for any day; ``short`` is for narrow screens."""

    label: str
    short: str
    before: str
    after: str
    choices: tuple[Choice, ...]
    ask_day: date | None = None

    @classmethod
    def of_day(cls, request: HttpRequest, scope: Scope) -> When:
        def to(day: date) -> str:
            return changed(request, **{DAY: None if day == scope.today else day.isoformat(), TERM: None})

        offered = ((_("Hôm nay"), scope.today), (_("Hôm qua"), scope.today - ONE_DAY), (_("Ngày mai"), scope.today + ONE_DAY))
        choices = tuple(Choice(label, to(day), day == scope.day) for label, day in offered)
        short = f"{moments.SHORT_WEEKDAYS[scope.day.weekday()]} {moments.short_day(scope.day, scope.today)}"
        return cls(moments.long_day(scope.day), short, to(scope.day - ONE_DAY), to(scope.day + ONE_DAY), choices, scope.day)

    @classmethod
    def of_term(cls, request: HttpRequest, scope: Scope) -> When:
        """Months of the year around the chosen term, then its quarters, halves and the year itself."""

        def choice(term: Term) -> Choice:
            return Choice(term.label, changed(request, **{TERM: str(term), DAY: None}), term == scope.term)

        year = scope.term.year
        months = [term_of(scope.today).shifted(-n) for n in range(6)] if year == scope.today.year else [Term(year, "T", n) for n in range(12, 0, -1)]
        rest = [*(Term(year, "Q", n) for n in range(4, 0, -1)), Term(year, "H", 2), Term(year, "H", 1), Term(year, "N", 1), Term(year - 1, "N", 1)]
        before, after = choice(scope.term.shifted(-1)), choice(scope.term.shifted(1))
        return cls(scope.term.label, scope.term.short, before.url, after.url, tuple(choice(t) for t in [*months, *rest]))
