"""Which matters exist for a post, and how much of each it sees: the table of ``rules.sight`` as one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ...people.models import Post
from ...people.rules import allowed
from ..models import Matter
from ..rules import Sight
from .relations import OPEN_PARTS, REFUSED_PARTS, Kind, stands

__all__ = ["OPEN_PARTS", "REFUSED_PARTS", "coarsely", "seen", "seen_by", "sight_of", "sighted", "with_sight"]
_DEGREES = tuple((Kind[seen.name], seen) for seen in (Sight.WHOLE, Sight.SHARED, Sight.GRANTED, Sight.TITLE, Sight.FIGURES))


def with_sight(post: Post, on: date) -> QuerySet[Any]:
    """All matters, each annotated with ``sight`` (a :class:`Sight`) of the post's unit on a day."""
    return sighted(Matter.objects.all(), post, on)


def sighted(rows: QuerySet[Any], post: Post, on: date, matter: str = "") -> QuerySet[Any]:
    """The rows annotated with ``sight``; ``matter`` is the name of their key to the matter (none: they are matters)."""
    if not allowed(post, "matter.view", on):
        return rows.annotate(sight=Value(int(Sight.NOTHING), IntegerField()))
    return _degree(rows, post, on, matter, _DEGREES, Sight.NOTHING)


def seen_by(post: Post, on: date) -> QuerySet[Matter]:
    """The matters of which a post sees at least the title."""
    return Matter.objects.filter(seen(post, on))


def seen(post: Post, on: date, matter: str = "", voices: Sequence[int] | None = None) -> Q:
    """The condition that a post sees at least the title; ``matter`` as in :func:`sighted`.

    The same as a ``sight`` of that degree, at a fraction of the price: which degree it is, is not worked out.
    """
    return Q(stands(Kind.SEEN, post.unit_id, on, matter, voices)) if allowed(post, "matter.view", on) else Q(pk__in=[])


def coarsely(rows: QuerySet[Any], post: Post, on: date, matter: str = "", voices: Sequence[int] | None = None) -> QuerySet[Any]:
    """Rows that are :func:`seen`, with ``sight`` in three steps: TITLE, WHOLE, and GRANTED for all between. What a list tells apart."""
    return _degree(rows, post, on, matter, ((Kind.WHOLE, Sight.WHOLE), (Kind.TITLE_ONLY, Sight.TITLE)), Sight.GRANTED, voices)


def sight_of(post: Post, matter: Matter, on: date) -> Sight:
    """How much this post sees of this matter."""
    return Sight(with_sight(post, on).values_list("sight", flat=True).get(pk=matter.pk))


def _degree(
    rows: QuerySet[Any], post: Post, on: date, matter: str, kinds: Iterable[tuple[Kind, Sight]], otherwise: Sight, voices: Sequence[int] | None = None
) -> QuerySet[Any]:
    """Annotated with ``sight``: what the first of the kinds that holds gives."""
    cases = [When(stands(kind, post.unit_id, on, matter, voices), then=Value(int(seen))) for kind, seen in kinds]
    return rows.annotate(sight=Case(*cases, default=Value(int(otherwise)), output_field=IntegerField()))
