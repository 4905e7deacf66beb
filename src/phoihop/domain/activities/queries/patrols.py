"""Which patrols a post sees, in what state, and how exactly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ...matters.models import Participation
from ...matters.queries.sight import OPEN_PARTS, seen_by
from ...people.models import Post
from ...people.rules import may
from ..models import Activity, Claim, Confirmation, Strength
from ..rules import Grace, State


def patrols(post: Post, now: datetime, grace: Grace, on: date) -> QuerySet[Activity]:
    """The patrols that a post sees, each with ``state`` (a :class:`State`) and ``exact`` (whether route, time and strength are shown)."""
    seen = seen_by(post, on) if may(post, "matter.view") else seen_by(post, on).none()
    return with_state(Activity.objects.filter(matter__in=seen), now, grace).annotate(exact=_exact(post, now))


def with_state(rows: QuerySet[Activity], now: datetime, grace: Grace) -> QuerySet[Activity]:
    """``rules.state`` as one expression, so that lists can be filtered and counted by it; a test keeps both equal."""
    disputed = Q(disputed__gt=0)
    return rows.annotate(
        state=Case(
            When(cancelled_at__isnull=False, then=Value(State.CANCELLED.value)),
            When(~Q(claim=Claim.NONE) & disputed, then=Value(State.DISPUTED.value)),
            When(claim=Claim.NOT_HELD, then=Value(State.NOT_HELD.value)),
            When(claim=Claim.HELD, confirmed__gt=0, then=Value(State.HELD.value)),
            When(claim=Claim.HELD, then=Value(State.WAITING.value)),
            When(planned_end__lt=now - grace.missing, then=Value(State.MISSING.value)),
            When(started_at__isnull=False, then=Value(State.UNDER_WAY.value)),
            When(planned_start__lt=now - grace.late, then=Value(State.LATE.value)),
            When(matter__willing__gt=0, matter__waiting=0, then=Value(State.READY.value)),
            default=Value(State.PLANNED.value),
            output_field=CharField(),
        )
    )


def _exact(post: Post, now: datetime) -> Case:
    """Those who take part see exactly; everybody else once it has ended (ground rule 5)."""
    takes_part = Participation.objects.filter(matter=OuterRef("matter"), unit=post.unit_id, state__in=OPEN_PARTS)
    over = Q(cancelled_at__isnull=False) | ~Q(claim=Claim.NONE) | Q(planned_end__lt=now)
    return Case(
        When(over | Q(matter__lead=post.unit_id) | Exists(takes_part), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def awaiting_my_word(post: Post) -> QuerySet[Activity]:
    """Results that my unit has been shown and has said nothing of."""
    if not may(post, "patrol.confirm"):
        return Activity.objects.none()
    mine = Strength.objects.filter(activity=OuterRef("pk"), unit=post.unit_id)
    said = Confirmation.objects.filter(activity=OuterRef("pk"), unit=post.unit_id, live=True)
    rows = Activity.objects.filter(Exists(mine), ~Exists(said), cancelled_at=None).exclude(claim=Claim.NONE).exclude(matter__lead=post.unit_id)
    return rows.select_related("matter__area", "matter__lead__force", "matter__title", "route").order_by("result_at")


def asked_of(post: Post) -> QuerySet[Participation]:
    """Requests to take part that my unit has not answered."""
    if not may(post, "matter.answer"):
        return Participation.objects.none()
    rows = Participation.objects.filter(unit=post.unit_id, state="asked", matter__closed_at=None, matter__activity__cancelled_at=None)
    return rows.select_related("matter__area", "matter__lead__force", "matter__title", "matter__activity__route").order_by(
        Coalesce("answer_by", "matter__activity__planned_start")
    )


def parties(activity: Activity) -> list[dict[str, Any]]:
    """Each unit of a patrol with its part, strength and latest word, lead first. For who sees the patrol exactly."""
    parts = {p.unit_id: p for p in activity.matter.parts.select_related("unit__force", "reason")}
    words = {c.unit_id: c for c in activity.confirmations.filter(live=True).select_related("note")}
    rows = [
        {"unit": s.unit, "strength": s, "part": parts.pop(s.unit_id, None), "word": words.get(s.unit_id), "leads": s.unit_id == activity.matter.lead_id}
        for s in activity.strengths.select_related("unit__force").prefetch_related("means")
    ]
    rows += [{"unit": p.unit, "strength": None, "part": p, "word": None, "leads": False} for p in parts.values()]
    return sorted(rows, key=lambda r: (not r["leads"], r["strength"] is None, r["unit"].force.order, r["unit"].pk))


def slots(first: datetime, until: datetime) -> QuerySet[Strength]:
    """Teams down for patrols between two moments, with ``start`` and ``end``: what clashes are found in."""
    rows = Strength.objects.filter(activity__planned_start__lt=until, activity__planned_end__gt=first, activity__cancelled_at=None)
    return rows.annotate(start=F("activity__planned_start"), end=F("activity__planned_end"))
