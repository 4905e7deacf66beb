"""Which events were written last, for what processes keep at hand (``kernel/memo.py``, ``web/standing.py``)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Max, QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ..models import Event

Mark: TypeAlias = "tuple[int, str]"
"""Where the journal stands: sequence and hash of its last event. Both, since after a rollback or a restore a sequence is given again."""

_kept = KeptQueries(most=8)
_SEQ = -1_826_112
"""A mark (``kernel.kept_queries``) for the sequence from which on events are asked for."""
_BEGINNING = (0, "", "", None)
"""Where an empty journal stands."""
MOST = 200


def latest(events: Collection[str]) -> dict[str, object]:
    """Sequence and hash of the last event of each name: both, since after a rollback a sequence is given again. One query."""
    wanted = tuple(sorted(events))
    return {what: (seq, chained) for what, seq, chained in _kept.rows(wanted, lambda: _last_of(wanted), {})}


def _last_of(events: tuple[str, ...]) -> QuerySet[Event, Any]:
    last = Event.objects.filter(what__in=events).values("what").annotate(last=Max("seq")).values("last")
    return Event.objects.filter(seq__in=last).values_list("what", "seq", "hash")


class Written(NamedTuple):
    """An event, by what tells it from every other, its name, and the key of its matter if it has one."""

    seq: int
    hash: str
    what: str
    matter: int | None

    @property
    def mark(self) -> Mark:
        return self.seq, self.hash


def after(mark: Mark) -> list[Written] | None:
    """What was written after a mark; None where the journal does not hold it any more, or more than ``MOST`` events have come since. One query."""
    rows = _kept.rows("after", lambda: Event.objects.filter(seq__gte=_SEQ).order_by("seq").values_list(*Written._fields)[: MOST + 1], {_SEQ: mark[0]})
    found = [Written(*row) for row in ([] if mark[0] else [_BEGINNING]) + rows]
    return found[1:] if found and found[0].mark == mark and len(found) <= MOST else None
