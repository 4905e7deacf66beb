"""What was asked to be recalled on a matter, and by whom, for the units that may have it recalled."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ...people.models import Post
from ..models import Matter, Recall
from ..rules import Sight
from .sight import sight_of


def recalls_of(viewer: Post, matter: Matter, on: date, seen: Sight | None = None) -> QuerySet[Recall]:
    """Recalls that wait for a second person or were agreed, for whoever leads the matter or wrote the text; newest first.

    ``seen``: what ``sight_of`` says, where it was just asked.
    """
    if (sight_of(viewer, matter, on) if seen is None else seen) < Sight.TITLE:
        return Recall.objects.none()
    owned = Q(event__matter__lead=viewer.unit_id) | Q(event__by__unit=viewer.unit_id)
    rows = Recall.objects.filter(owned, event__matter=matter)
    return rows.select_related("event", "body", "attachment__name", "asked_by__unit", "agreed_by__unit", "reason").order_by("-asked_at", "-pk")
