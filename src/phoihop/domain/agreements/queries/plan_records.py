"""Single records of plans, as far as a viewer may read the text that they belong to."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...people.models import Post
from ..models import EventResult, PlanCheck, TaskTeam, TaskTeamMember, Version
from .agreement import seen_agreements
from .versions import readable


def checks_seen(viewer: Post, on: date) -> QuerySet[PlanCheck]:
    """Of texts that the viewer may read: what is still being written is its lead's."""
    read = Version.objects.filter(readable(viewer), agreement__in=seen_agreements(viewer, on))
    return PlanCheck.objects.filter(version__in=read).select_related("what", "unit__force", "version__agreement__matter")


def results_seen(viewer: Post, on: date) -> QuerySet[EventResult]:
    return EventResult.objects.filter(agreement__in=seen_agreements(viewer, on)).select_related("agreement__matter", "note")


def teams_seen(viewer: Post, on: date) -> QuerySet[TaskTeam]:
    return TaskTeam.objects.filter(agreement__in=seen_agreements(viewer, on)).select_related("agreement__matter", "name", "mandate")


def places_seen(viewer: Post, on: date) -> QuerySet[TaskTeamMember]:
    """Places of units in teams."""
    rows = TaskTeamMember.objects.filter(team__agreement__in=seen_agreements(viewer, on))
    return rows.select_related("team__agreement__matter", "team__name", "unit__force", "reason")
