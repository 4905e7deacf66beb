"""Reading the journal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from ...people.models import Post
from ...people.rules import allowed
from ..models import Attachment, Body, Event, Matter, Participation
from ..rules import Facet, Sight, opens
from .sight import OPEN_PARTS, sight_of

# Asked on every page and by every act. "ORDER BY seq DESC LIMIT 1" leaves SQLite the choice to walk the whole journal by another index and sort it,
# and with a sampled look at its tables (``kernel/tuning.py``) it does: 8 ms at 100,000 events, and more with each. The greatest key is one step down its index.
_LAST = f'SELECT "seq", "hash" FROM "{Event._meta.db_table}" WHERE "seq" = (SELECT max("seq") FROM "{Event._meta.db_table}")'


def head() -> tuple[int, str]:
    """Sequence and hash of the last event; (0, "") before the first."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return cursor.fetchone() or (0, "")


_NEAR = 1000


def last_before(moment: datetime) -> Event | None:
    """The last event before a moment, looked for from the end: there, mostly, it is. Without a least number SQLite may walk the whole journal here, too."""
    last, _hash = head()
    reach = _NEAR
    while True:
        found = Event.objects.filter(seq__gt=last - reach, at__lt=moment).order_by("-seq").first()
        if found or reach >= last:
            return found
        reach *= 8


def events_of(viewer: Post, matter: Matter, on: date, seen: Sight | None = None) -> QuerySet[Event]:
    """The events of a matter, newest first, as far as the viewer sees them; each with ``told``, what it says in codes and numbers.

    That holds exact times, routes and strengths: only who takes part gets it, for everybody else it is empty. Who
    declined sees its own unit's events and what it answered, and nobody another unit's private notes. ``seen``: what ``sight_of`` says, where it was just asked.
    """
    seen = sight_of(viewer, matter, on) if seen is None else seen
    own = Q(by__unit=viewer.unit_id)
    rows = Event.objects.filter(matter=matter).filter(own | ~Q(what="matter.noted_privately"))
    if seen < Sight.TITLE:
        return rows.none()
    if not opens(seen, Facet.EVENTS):
        rows = rows.filter(own)
    answered = When(own, what="matter.answered", then=F("body"))
    told = F("body") if seen is Sight.WHOLE else Case(answered, default=Value(""), output_field=TextField())
    return rows.select_related("by__unit__force").defer("body").annotate(told=told).order_by("-seq")


def events_between(viewer: Post, first: datetime, until: datetime, on: date) -> QuerySet[Event]:
    """What happened between two moments on the matters that the viewer's unit leads or takes part in, in order: a duty's book.

    Each with ``told`` as in :func:`events_of`. Other units' private notes stay theirs.
    """
    if not allowed(viewer, "matter.view", on):
        return Event.objects.none()
    part = Participation.objects.filter(matter=OuterRef("matter"), unit=viewer.unit_id, state__in=OPEN_PARTS)
    mine = Q(matter__lead=viewer.unit_id) | Q(Exists(part))
    rows = Event.objects.filter(mine, at__gte=first, at__lt=until).filter(Q(by__unit=viewer.unit_id) | ~Q(what="matter.noted_privately"))
    return rows.select_related("by__unit__force", "matter").annotate(told=F("body")).defer("body").order_by("seq")


def whole_journal(viewer: Post, on: date) -> QuerySet[Event]:
    """Every event of the node, without what it says: for who looks after the journal itself (``journal.view``)."""
    if not allowed(viewer, "journal.view", on):
        return Event.objects.none()
    return Event.objects.select_related("by__unit__force", "matter").defer("body")


def event_naming(matter: Matter, thing: Body | Attachment) -> Event | None:
    """The event of a matter that first wrote a text or a file; None if it does not belong there."""
    return Event.objects.filter(matter=matter, body__contains=f'"sha256":"{thing.digest}"').select_related("by", "matter").order_by("seq").first()
