"""Facts as they stand: what is posted and not taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.memo import Memo

from ...forces.models import LineMember, LineNeed
from ..models import Fact
from ..rules import Decree, Lines

_tables: Memo[tuple[list[Any], list[Any]]] = Memo("force.defined", most=1)
_of_day: Memo[Lines] = Memo("force.defined", most=1024)


def standing(matter_ids: Collection[int]) -> QuerySet[Fact]:
    """The facts of matters that have not been reversed."""
    return Fact.objects.filter(matter__in=matter_ids, reverses=None, reversed_by=None)


def lines_on(day: date) -> Lines:
    """The reporting lines as they were on a day."""
    return lines_of([day])[day]


def lines_of(days: Collection[date]) -> dict[date, Lines]:
    """The reporting lines of several days: the tables behind them are small, change with a version, and stay at hand."""
    return {day: _of_day.get(day, partial(_lines_then, day)) for day in set(days)}


def _lines_then(day: date) -> Lines:
    members, needs = _tables.get("", _read)
    return _lines([m for _, _, *m in _then(members, day)], [n for _, _, *n in _then(needs, day)])


def _read() -> tuple[list[Any], list[Any]]:
    members = LineMember.objects.values_list("valid_from", "valid_until", "force__code", "line")
    return list(members), list(LineNeed.objects.values_list("valid_from", "valid_until", "line", "line__least_forces", "of"))


def _lines(members: Iterable[Sequence[Any]], needs: Iterable[Sequence[Any]]) -> Lines:
    of_force: dict[str, int] = {}
    for force, line in members:
        of_force[force] = of_force.get(force, 0) | 1 << line
    needed: dict[tuple[int, int], int] = {}
    for line, least_forces, of in needs:
        needed[line, least_forces] = needed.get((line, least_forces), 0) | 1 << of
    return Lines(of_force, tuple(Decree(1 << line, bits, least) for (line, least), bits in sorted(needed.items())))


def _then(rows: Iterable[Sequence[Any]], day: date) -> Iterator[Sequence[Any]]:
    """The rows that held on a day; each begins with its first day and the first day on which it no longer held."""
    return (row for row in rows if row[0] <= day and (row[1] is None or day < row[1]))
