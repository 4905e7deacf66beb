"""Keeping the index up: the worker reads the journal forward and indexes anew what an event was about. The cursor is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from phoihop.domain.agreements.models import Agreement, Clause
from phoihop.domain.matters.models import Attachment, Event

from . import index, reading, tasks

AT_ONCE = 500
"""Events of one step: a fraction of a second, after which others write."""
_ERASURES = ("matter.recalled", "node.erased")
_DOCUMENTS = 50


def catch_up() -> bool:
    """Take in the next events; whether there were any. After a restore, when the last event is another one, all is indexed anew."""
    seq, last = index.cursor_now()
    if seq and Event.objects.filter(pk=seq).values_list("hash", flat=True).first() != last:
        _clear()
        seq = 0
    events = list(Event.objects.filter(seq__gt=seq, seq__lte=seq + AT_ONCE).order_by("seq").values_list("seq", "hash", "what", "matter", "matter__kind", "at"))
    if not events:
        return False
    of_tasks = [seq for seq, _hash, what, *_rest in events if what in tasks.WORDED]
    recalls = [seq for seq, _hash, what, *_rest in events if what == "matter.recalled"]
    erased = {at for _seq, _hash, what, _matter, _kind, at in events if what == "node.erased"}
    touched = {matter for _seq, _hash, _what, matter, kind, _at in events if kind in reading.KINDS}
    for moment in erased:
        touched |= _erased_at(moment)
    entries = _entries(sorted(touched))  # reading files takes long and needs no lock
    with transaction.atomic():
        index.write(entries)
        tasks.write(of_tasks)
        tasks.forget(recalls, erased)
        if any(what in _ERASURES for _seq, _hash, what, *_rest in events) and touched:
            index.settle()
        index.move_cursor(events[-1][0], events[-1][1])
    return True


def rebuild() -> int:
    """Throw the index away and make it anew; how many documents it holds."""
    _clear()
    while catch_up():
        continue
    return Agreement.objects.count()


def _clear() -> None:
    index.clear()
    tasks.clear()


def _entries(matters: Sequence[int]) -> list[index.Entry]:
    found: list[index.Entry] = []
    for first in range(0, len(matters), _DOCUMENTS):
        some = matters[first : first + _DOCUMENTS]
        found += reading.entries(reading.gathered(some), index.told_of(some))
    return found


def _erased_at(moment: datetime) -> set[int]:
    """The documents of which something was erased in one go: its event names no matter."""
    texts = Q(heading__erased_at=moment) | Q(text__erased_at=moment)
    clauses = Clause.objects.filter(texts).values_list("version__agreement__matter", flat=True)
    titles = Agreement.objects.filter(matter__title__erased_at=moment).values_list("matter", flat=True)
    files = Attachment.objects.filter(erased_at=moment, matter__kind__in=reading.KINDS).values_list("matter", flat=True)
    return {*clauses, *titles, *(matter for matter in files if matter is not None)}
