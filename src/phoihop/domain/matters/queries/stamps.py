"""The last events of given names, for what processes keep at hand (``kernel/memo.py``)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Max, QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ..models import Event

_kept = KeptQueries(most=8)


def latest(events: Collection[str]) -> dict[str, object]:
    """Sequence and hash of the last event of each name: both, since after a rollback a sequence is given again. One query."""
    wanted = tuple(sorted(events))
    return {what: (seq, chained) for what, seq, chained in _kept.rows(wanted, lambda: _last_of(wanted), {})}


def _last_of(events: tuple[str, ...]) -> QuerySet[Event, Any]:
    last = Event.objects.filter(what__in=events).values("what").annotate(last=Max("seq")).values("last")
    return Event.objects.filter(seq__in=last).values_list("what", "seq", "hash")
