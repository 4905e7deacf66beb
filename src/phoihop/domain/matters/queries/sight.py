"""Which matters exist for a post, and how much of each it sees: the table of ``rules.sight`` as one query."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from ...forces.models import Relation, RelationKind, UnitClosure
from ...people.models import Post
from ...people.rules import may
from ..models import Grant, Matter, Participation, PartState
from ..rules import Sight

OPEN_PARTS = (PartState.ASKED, PartState.ACCEPTED, PartState.INFORMED)
REFUSED_PARTS = (PartState.DECLINED, PartState.UNABLE)


def with_sight(post: Post, on: date) -> QuerySet[Matter]:
    """All matters, each annotated with ``sight`` (a :class:`Sight`) of the post's unit on a day."""
    if not may(post, "matter.view"):
        return Matter.objects.annotate(sight=Value(int(Sight.NOTHING), IntegerField()))
    return Matter.objects.annotate(
        sight=Case(
            When(_whole(post), then=Value(int(Sight.WHOLE))),
            When(_directed(post, on), then=Value(int(Sight.SHARED))),
            When(_granted(post, on), then=Value(int(Sight.GRANTED))),
            When(_declined(post), then=Value(int(Sight.TITLE))),
            When(_guided(post, on), then=Value(int(Sight.FIGURES))),
            default=Value(int(Sight.NOTHING)),
            output_field=IntegerField(),
        )
    )


def seen_by(post: Post, on: date) -> QuerySet[Matter]:
    """The matters of which a post sees at least the title."""
    if not may(post, "matter.view"):
        return Matter.objects.none()
    return Matter.objects.filter(_whole(post) | _directed(post, on) | _granted(post, on) | _declined(post))


def visible(post: Post, on: date, prefix: str) -> Q:
    """The same condition for records that hang on a matter: ``filter(visible(post, on, "matter__"))``."""
    return Q(**{f"{prefix}in": seen_by(post, on)}) if prefix else Q(pk__in=seen_by(post, on))


def sight_of(post: Post, matter: Matter, on: date) -> Sight:
    """How much this post sees of this matter."""
    return Sight(with_sight(post, on).values_list("sight", flat=True).get(pk=matter.pk))


def _whole(post: Post) -> Q:
    mine = Participation.objects.filter(matter=OuterRef("pk"), unit=post.unit_id, state__in=OPEN_PARTS)
    return Q(lead=post.unit_id) | Exists(mine)


def _declined(post: Post) -> Q:
    return Q(Exists(Participation.objects.filter(matter=OuterRef("pk"), unit=post.unit_id, state__in=REFUSED_PARTS)))


def _directed(post: Post, on: date) -> Q:
    below = UnitClosure.objects.filter(ancestor=post.unit_id, depth__gt=0, valid_from__lte=on, valid_until__gt=on).values("unit")
    taking_part = Participation.objects.filter(matter=OuterRef("pk"), unit__in=below, state__in=(PartState.ASKED, PartState.ACCEPTED))
    return Q(lead__in=below) | Exists(taking_part)


def _granted(post: Post, on: date) -> Q:
    grants = Grant.objects.filter(matter=OuterRef("pk"), unit=post.unit_id, ended_at=None).filter(Q(until=None) | Q(until__gt=on))
    return Q(Exists(grants))


def _guided(post: Post, on: date) -> Q:
    guided = (
        Relation.objects.filter(upper=post.unit_id, kind=RelationKind.GUIDES, valid_from__lte=on)
        .filter(Q(valid_until=None) | Q(valid_until__gt=on))
        .values("lower")
    )
    taking_part = Participation.objects.filter(matter=OuterRef("pk"), unit__in=guided, state__in=(PartState.ASKED, PartState.ACCEPTED))
    return Q(lead__in=guided) | Exists(taking_part)
