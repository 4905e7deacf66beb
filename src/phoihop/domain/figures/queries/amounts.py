"""Adding up the ledger: the one place that reads facts and balances for a sum, always in a single statement.

A statement sees the database as of one moment on both engines, so what it adds up is consistent. Areas above the commune are read
from balances up to event S, and from the facts after S; communes and hamlets are read from their facts, which lie side by side
in the index ``fact_by_cell``. The statement is given S, so that the planner knows how few facts come after it, and returns what
the head really was and whether anything comes after it; if that is not what was expected, the question is asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection

from phoihop.kernel.memo import Memo

from ...territory.models import AreaClosure
from ...territory.queries.maps import CHANGES
from ..rules.calendars import split
from ..rules.terms import LOW_LEVELS, Term
from . import statements
from .statements import Shape, Sources

_TRIES = 20
_WHOLE, _NOTHING = (0,), (0, 0)
_last_head, _last_fresh = 0, True  # what the previous statement found: the next will most likely find the same


class Unsettled(RuntimeError):
    """The balances' head moved during every try."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be added up: measures over terms. ``line``: a reporting line's key. ``as_of``: the last event that counts.

    ``items``: only these categories. ``by_item``: each category besides the whole.
    """

    measures: tuple[int, ...]
    terms: tuple[Term, ...]
    line: int | None = None
    items: tuple[int, ...] = ()
    by_item: bool = False
    as_of: int | None = None


@dataclass(slots=True)
class Amounts:
    """Sums and numbers of standing facts, by (term, measure, item); item 0 is the whole."""

    sums: dict[tuple[int, int, int], tuple[int, int]] = field(default_factory=dict)

    def get(self, term: int, measure: int, items: Iterable[int] = (0,)) -> tuple[int, int]:
        """Value and count of a measure's items in a term; (0, 0) where nothing stands."""
        if items == _WHOLE:
            return self.sums.get((term, measure, 0), _NOTHING)
        found = [self.sums.get((term, measure, item), _NOTHING) for item in items]
        return sum(v for v, _ in found), sum(c for _, c in found)

    def stands(self, terms: Iterable[int], measures: Collection[int]) -> bool:
        """Whether any fact of these measures stands in any of the terms."""
        return any(self.sums.get((n, m, 0), _NOTHING)[1] > 0 for n in terms for m in measures)

    def add(self, key: tuple[int, int, int], value: int, count: int) -> None:
        before = self.sums.get(key)
        self.sums[key] = (value, count) if before is None else (before[0] + value, before[1] + count)


def amounts(q: Question) -> Amounts:
    """Answer a question from one consistent read."""
    global _last_head, _last_fresh
    sources = _sources(q)
    if not any(sources):
        return Amounts()
    upper, below, own = [min(len(terms), 2) for terms in sources]
    shape = Shape(upper, below, own, len(q.measures), len(q.items), q.by_item, q.line is not None, q.as_of is not None, fresh=False)
    for _ in range(_TRIES):
        head, fresh = _last_head, _last_fresh
        rows = _asked(q, shape._replace(fresh=fresh and bool(upper)), sources, head)
        found, _last_head, _last_fresh = _gathered(q, rows) if upper else (_gathered(q, rows)[0], head, fresh)
        if head == _last_head and (fresh or not _last_fresh):
            return found
    raise Unsettled


def _asked(q: Question, shape: Shape, sources: Sources, head: int) -> list[tuple[int, int, int, int, int | None, int]]:
    text, given = statements.written(shape, sources, connection.vendor)
    given |= {"line": q.line or 0, "bit": 1 << (q.line or 0), "as_of": q.as_of, "head": head}
    given |= statements.named("m", q.measures) | statements.named("i", q.items)
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())


def _sources(q: Question) -> Sources:
    """Terms by where they are read: whole granules of upper areas from balances, everything else from facts."""
    found = Sources([], [], [])
    divided = _with_something_below() if any(term.level in LOW_LEVELS for term in q.terms) else frozenset()
    for n, term in enumerate(q.terms):
        if term.level in LOW_LEVELS:
            (found.below if term.area in divided else found.own).append((n, term))
        elif q.as_of is not None:
            found.below.append((n, term))
        else:
            core, fringes = split(term.days)
            if len(core):
                found.upper.append((n, term.over(core)))
            for fringe in fringes:
                found.below.append((n, term.over(fringe)))
    return found


_low_parents: Memo[frozenset[int]] = Memo(*CHANGES, most=1)


def _with_something_below() -> frozenset[int]:
    """The communes and hamlets that are divided further: few or none, and known to the process."""
    return _low_parents.get("", lambda: frozenset(AreaClosure.objects.filter(depth__gt=0, ancestor__level__in=LOW_LEVELS).values_list("ancestor", flat=True)))


def _gathered(q: Question, rows: Iterable[tuple[int, int, int, int, int | None, int]]) -> tuple[Amounts, int, bool]:
    """The sums; the head of the balances; whether anything comes after it. Without a head nothing was rolled yet."""
    found, head, fresh = Amounts(), 0, True
    for source, n, measure, item, value, count in rows:
        if source == statements.HEAD:
            head, fresh = measure, bool(item)
        elif value is None:  # nothing was added up
            continue
        elif source == statements.BALANCES:
            found.add((n, measure, 0 if q.items else item), value, count)
        else:
            found.add((n, measure, 0), value, count)
            if item:
                found.add((n, measure, item), value, count)
    return found, head, fresh
