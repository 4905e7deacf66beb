"""The last events of given names, for what processes keep at hand (``kernel/memo.py``)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from ..models import Event


def latest(events: Collection[str]) -> dict[str, object]:
    """Sequence and hash of the last event of each name: both, since after a rollback a sequence is given again. One query."""
    last = Event.objects.filter(what__in=sorted(events)).values("what").annotate(last=Max("seq")).values("last")
    return {what: (seq, chained) for what, seq, chained in Event.objects.filter(seq__in=last).values_list("what", "seq", "hash")}
