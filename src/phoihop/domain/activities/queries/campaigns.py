"""Campaigns (đợt cao điểm), for whoever sees them. A campaign groups patrols that are counted already; it adds none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ...forces.queries.voices import voices_marked
from ...matters.queries.sight import seen, sighted
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Campaign
from .own import led_by

_kept = KeptQueries()


def campaigns(viewer: Post, on: date) -> QuerySet[Campaign]:
    """The campaigns of which a post sees at least the title, each with ``sight``; the latest first."""
    return sighted(_seen(viewer, on), viewer, on, "matter").select_related("matter__lead__force", "matter__title", "matter__area")


def named(viewer: Post, on: date) -> list[tuple[Any, ...]]:
    """Code and title of the same campaigns."""
    if not allowed(viewer, "matter.view", on):
        return []
    marks, voices = voices_marked(viewer.unit_id)
    return _kept.rows((on, marks), lambda: _seen(viewer, on, marks).values_list("matter__code", "matter__title__text"), voices)


def _seen(viewer: Post, on: date, voices: Sequence[int] | None = None) -> QuerySet[Campaign]:
    return Campaign.objects.filter(seen(viewer, on, "matter", voices)).order_by("-first", "-pk")


def joinable(viewer: Post, campaign: Campaign, on: date) -> QuerySet[Activity]:
    """The patrols of the days of a campaign that the viewer's unit leads and that are in none, in the order of their plan."""
    days = led_by(viewer, on).filter(planned_start__date__gte=campaign.first, planned_start__date__lt=campaign.until)
    return days.filter(campaign=None, cancelled_at=None).select_related("matter__lead", "matter__area", "matter__title", "route")
