"""Campaigns (đợt cao điểm), for whoever sees them. A campaign groups patrols that are counted already; it adds none."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...matters.queries.sight import sighted
from ...matters.rules import Sight
from ...people.models import Post
from ..models import Activity, Campaign
from .own import led_by


def campaigns(viewer: Post, on: date) -> QuerySet[Campaign]:
    """The campaigns of which a post sees at least the title, each with ``sight``; the latest first."""
    rows = sighted(Campaign.objects.all(), viewer, on, "matter").filter(sight__gte=int(Sight.TITLE))
    return rows.select_related("matter__lead__force", "matter__title", "matter__area").order_by("-first", "-pk")


def joinable(viewer: Post, campaign: Campaign, on: date) -> QuerySet[Activity]:
    """The patrols of the days of a campaign that the viewer's unit leads and that are in none, in the order of their plan."""
    days = led_by(viewer, on).filter(planned_start__date__gte=campaign.first, planned_start__date__lt=campaign.until)
    return days.filter(campaign=None, cancelled_at=None).select_related("matter__lead", "matter__area", "matter__title", "route")
