"""A duty day, and what is said of it: figures and lateness only, never a judgement (ground rule 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from phoihop.kernel.period import HOME, ONE_DAY

from .state import State

DUTY_FROM = time(6)
"""The hour in Vietnam at which a duty day begins; it ends at the same hour of the next day, so that a night is never cut."""


def duty_day(now: datetime) -> date:
    """The day whose duty runs at a moment: before six in the morning it is still the day before."""
    return (now.astimezone(HOME) - timedelta(hours=DUTY_FROM.hour)).date()


def duty_hours(day: date) -> tuple[datetime, datetime]:
    """From when to before when the duty of a day runs."""
    return datetime.combine(day, DUTY_FROM, HOME), datetime.combine(day + ONE_DAY, DUTY_FROM, HOME)


class Told(StrEnum):
    """What the sentence about a duty day counts, in its order."""

    ALL = "all"
    RECORDED = "recorded"
    UNDER_WAY = "under-way"
    TO_COME = "to-come"
    LATE = "late"
    MISSING = "missing"
    OFF = "off"


STATES_OF: dict[Told, frozenset[State]] = {
    Told.ALL: frozenset(State) - {State.CANCELLED, State.NOT_HELD},
    Told.RECORDED: frozenset({State.HELD, State.WAITING, State.DISPUTED}),
    Told.UNDER_WAY: frozenset({State.UNDER_WAY}),
    Told.TO_COME: frozenset({State.PLANNED, State.READY}),
    Told.LATE: frozenset({State.LATE}),
    Told.MISSING: frozenset({State.MISSING}),
    Told.OFF: frozenset({State.CANCELLED, State.NOT_HELD}),
}
"""Recorded says that the lead wrote a result, not that it is confirmed. What fell away is told by itself and is not in the whole."""

OVERDUE = (Told.LATE, Told.MISSING)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence: how many of what."""

    told: Told
    n: int

    @property
    def overdue(self) -> bool:
        return self.told in OVERDUE


def clauses(states: Iterable[State]) -> list[Clause]:
    """What is to be said of patrols in these states: the whole first, then its parts; a part that is empty is not said."""
    found = Counter(states)
    counted = [Clause(told, sum(found[state] for state in STATES_OF[told])) for told in Told]
    return [clause for clause in counted if clause.n or clause.told is Told.ALL]
