"""Campaigns (đợt cao điểm), for whoever sees them. A campaign groups patrols that are counted already; it adds none."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...matters.queries.sight import sighted
from ...matters.rules import Sight
from ...people.models import Post
from ..models import Campaign


def campaigns(viewer: Post, on: date) -> QuerySet[Campaign]:
    """The campaigns of which a post sees at least the title, each with ``sight``; the latest first."""
    rows = sighted(Campaign.objects.all(), viewer, on, "matter").filter(sight__gte=int(Sight.TITLE))
    return rows.select_related("matter__lead__force", "matter__title", "matter__area").order_by("-first", "-pk")
