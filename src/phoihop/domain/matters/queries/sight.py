"""Which matters exist for a post, and how much of each it sees: the table of ``rules.sight`` as one query."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from ...forces.models import Relation, RelationKind, UnitClosure
from ...people.models import Post
from ...people.rules import allowed
from ..models import Grant, Matter, Participation, PartState
from ..rules import Sight

OPEN_PARTS = (PartState.ASKED, PartState.ACCEPTED)
REFUSED_PARTS = (PartState.DECLINED, PartState.UNABLE)


def with_sight(post: Post, on: date) -> QuerySet[Any]:
    """All matters, each annotated with ``sight`` (a :class:`Sight`) of the post's unit on a day."""
    return sighted(Matter.objects.all(), post, on)


def sighted(rows: QuerySet[Any], post: Post, on: date, matter: str = "") -> QuerySet[Any]:
    """The rows annotated with ``sight``; ``matter`` is the name of their key to the matter (none: they are matters)."""
    if not allowed(post, "matter.view", on):
        return rows.annotate(sight=Value(int(Sight.NOTHING), IntegerField()))
    degrees = (
        (_whole(post, matter), Sight.WHOLE),
        (_directed(post, on, matter) | _part(post, matter, (PartState.INFORMED,)), Sight.SHARED),
        (_granted(post, on, matter), Sight.GRANTED),
        (_part(post, matter, REFUSED_PARTS), Sight.TITLE),
        (_guided(post, on, matter), Sight.FIGURES),
    )
    cases = [When(condition, then=Value(int(seen))) for condition, seen in degrees]
    return rows.annotate(sight=Case(*cases, default=Value(int(Sight.NOTHING)), output_field=IntegerField()))


def seen_by(post: Post, on: date) -> QuerySet[Matter]:
    """The matters of which a post sees at least the title."""
    if not allowed(post, "matter.view", on):
        return Matter.objects.none()
    every = (*OPEN_PARTS, PartState.INFORMED, *REFUSED_PARTS)
    return Matter.objects.filter(Q(lead=post.unit_id) | _part(post, "", every) | _directed(post, on, "") | _granted(post, on, ""))


def sight_of(post: Post, matter: Matter, on: date) -> Sight:
    """How much this post sees of this matter."""
    return Sight(with_sight(post, on).values_list("sight", flat=True).get(pk=matter.pk))


def _whole(post: Post, matter: str) -> Q:
    return Q(**{_lead(matter): post.unit_id}) | _part(post, matter, OPEN_PARTS)


def _part(post: Post, matter: str, states: tuple[PartState, ...]) -> Q:
    return Q(Exists(Participation.objects.filter(matter=OuterRef(matter or "pk"), unit=post.unit_id, state__in=states)))


def _directed(post: Post, on: date, matter: str) -> Q:
    below = UnitClosure.objects.filter(ancestor=post.unit_id, depth__gt=0, valid_from__lte=on, valid_until__gt=on).values("unit")
    return _of_units(below, matter)


def _guided(post: Post, on: date, matter: str) -> Q:
    guided = (
        Relation.objects.filter(upper=post.unit_id, kind=RelationKind.GUIDES, valid_from__lte=on)
        .filter(Q(valid_until=None) | Q(valid_until__gt=on))
        .values("lower")
    )
    return _of_units(guided, matter)


def _of_units(units: QuerySet, matter: str) -> Q:
    """Led by one of the units, or with one of them taking part."""
    taking_part = Participation.objects.filter(matter=OuterRef(matter or "pk"), unit__in=units, state__in=OPEN_PARTS)
    return Q(**{f"{_lead(matter)}__in": units}) | Q(Exists(taking_part))


def _granted(post: Post, on: date, matter: str) -> Q:
    grants = Grant.objects.filter(matter=OuterRef(matter or "pk"), unit=post.unit_id, ended_at=None).filter(Q(until=None) | Q(until__gt=on))
    return Q(Exists(grants))


def _lead(matter: str) -> str:
    return f"{matter}__lead" if matter else "lead"
