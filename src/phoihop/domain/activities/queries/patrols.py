"""Which patrols a post sees, in what state, and how exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from phoihop.kernel.written_sql import Written

from ...forces.queries.voices import voices_at_hand
from ...matters.models import Participation, PartRole, PartState
from ...matters.queries.sight import seen, sighted
from ...matters.rules import Sight
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Claim, Confirmation, Strength
from ..rules import Grace, State

_OF_STATE = ("cancelled_at", "claim", "disputed", "confirmed", "planned_start", "planned_end", "started_at")
_STATE = f"""CASE
 WHEN {{cancelled_at}} IS NOT NULL THEN '{State.CANCELLED.value}'
 WHEN {{claim}} <> '{Claim.NONE.value}' AND {{disputed}} > 0 THEN '{State.DISPUTED.value}'
 WHEN {{claim}} = '{Claim.NOT_HELD.value}' THEN '{State.NOT_HELD.value}'
 WHEN {{claim}} = '{Claim.HELD.value}' AND {{confirmed}} > 0 THEN '{State.HELD.value}'
 WHEN {{claim}} = '{Claim.HELD.value}' THEN '{State.WAITING.value}'
 WHEN {{planned_end}} < {{missing}} THEN '{State.MISSING.value}'
 WHEN {{started_at}} IS NOT NULL THEN '{State.UNDER_WAY.value}'
 WHEN {{planned_start}} < {{late}} THEN '{State.LATE.value}'
 WHEN {{willing}} > 0 AND {{waiting}} = 0 THEN '{State.READY.value}'
 ELSE '{State.PLANNED.value}' END"""


def patrols(post: Post, now: datetime, grace: Grace, on: date) -> QuerySet[Activity]:
    """The patrols that a post sees, each with ``state`` (a :class:`State`), ``sight`` (a :class:`Sight`) and ``exact``.

    Without ``exact`` only commune, day and totals may be shown: route, time and strength stay with those who take part.
    """
    return closely(seen_patrols(post, now, grace, on), post, on)


def seen_patrols(post: Post, now: datetime, grace: Grace, on: date) -> QuerySet[Activity]:
    """The same patrols with their ``state`` alone: for counting, and for pages that look closely at a few of them."""
    return with_state(Activity.objects.filter(seen(post, on, "matter")), now, grace)


def closely(rows: QuerySet[Any], post: Post, on: date) -> QuerySet[Any]:
    """Rows of :func:`seen_patrols`, each also with ``sight`` and ``exact``."""
    return sighted(rows, post, on, "matter").annotate(exact=_exact())


def with_state(rows: QuerySet[Activity], now: datetime, grace: Grace) -> QuerySet[Activity]:
    """``rules.state`` as one expression, so that lists can be filtered and counted by it; a test keeps both equal."""
    columns = {name: name for name in _OF_STATE} | {"willing": "matter__willing", "waiting": "matter__waiting"}
    return rows.annotate(state=Written(_STATE, columns, {"missing": now - grace.missing, "late": now - grace.late}, CharField()))


def _exact() -> Case:
    """``rules.exact`` over the annotations ``sight`` and ``state``; a test keeps both equal.

    ``sight`` is named once: wherever an annotation is named, the database works it out again.
    """
    under_way = [State.PLANNED.value, State.READY.value, State.LATE.value, State.UNDER_WAY.value]
    least = Case(When(state__in=under_way, then=Value(int(Sight.WHOLE))), default=Value(int(Sight.GRANTED)), output_field=IntegerField())
    return Case(When(sight__gte=least, then=Value(True)), default=Value(False), output_field=BooleanField())


def with_silent(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each with ``silent``: how many units were there, by the lead's result, and have said nothing yet (*chờ xác nhận n*)."""
    said = Confirmation.objects.filter(activity=OuterRef("activity"), unit=OuterRef("unit"), live=True)
    there = Strength.objects.filter(~Exists(said), activity=OuterRef("pk"), people__gt=0).exclude(unit=OuterRef("recorder"))
    count = there.order_by().values("activity").annotate(n=Count("pk")).values("n")
    return rows.annotate(silent=Coalesce(Subquery(count, IntegerField()), 0))


def awaiting_my_word(post: Post, on: date, voices: Sequence[int] | None = None) -> QuerySet[Activity]:
    """Results that name my unit (or one that it succeeded: ``voices``) and of which it has said nothing, oldest first."""
    if not allowed(post, "patrol.confirm", on):
        return Activity.objects.none()
    said = Confirmation.objects.filter(activity=OuterRef("activity"), unit=OuterRef("unit"), live=True)
    mine = Strength.objects.filter(~Exists(said), unit__in=voices or voices_at_hand(post.unit_id), activity__cancelled_at=None).exclude(
        unit=F("activity__recorder")
    )
    there = mine.filter(Q(activity__claim=Claim.HELD, people__gt=0) | Q(activity__claim=Claim.NOT_HELD))
    rows = Activity.objects.filter(pk__in=there.values("activity"))
    return rows.select_related("matter__area", "matter__lead__force", "matter__title", "route").order_by("result_at", "pk")


def asked_of(post: Post, on: date) -> QuerySet[Participation]:
    """Requests to take part that my unit has not answered, the most pressing first.

    Once a patrol has a result, that is confirmed and not accepted beforehand (``awaiting_my_word``); an offered lead still waits.
    """
    if not allowed(post, "matter.answer", on):
        return Participation.objects.none()
    open_ = Q(matter__activity=None) | Q(matter__activity__claim=Claim.NONE) | Q(role=PartRole.LEAD)
    rows = Participation.objects.filter(open_, unit=post.unit_id, state=PartState.ASKED, matter__closed_at=None, matter__activity__cancelled_at=None)
    return rows.select_related("matter__area", "matter__lead__force", "matter__title", "matter__activity__route").order_by(
        Coalesce("answer_by", "matter__activity__planned_start"), "pk"
    )
