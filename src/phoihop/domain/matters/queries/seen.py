"""Records that hang on the matters that a post sees, of any model: where a record is named by its number."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from ...people.models import Post
from ..models import JoinRequest, Matter, Recall
from .sight import seen_by

M = TypeVar("M", bound=Model)


def title_of(viewer: Post, matter: Matter, on: date) -> str:
    """What a matter is called, for who sees at least its title; empty for anybody else, and where it was erased."""
    return str(matter.title or "") if seen_by(viewer, on).filter(pk=matter.pk).exists() else ""


def of_seen(viewer: Post, model: type[M], on: date) -> QuerySet[M]:
    """The records of a model with a ``matter``, of matters of which the viewer sees at least the title."""
    return model._default_manager.filter(matter__in=seen_by(viewer, on)).select_related("matter")


def recalls_seen(viewer: Post, on: date) -> QuerySet[Recall]:
    """What was asked to be recalled on those matters."""
    rows = Recall.objects.filter(event__matter__in=seen_by(viewer, on))
    return rows.select_related("event__matter", "asked_by", "body", "attachment__name")


def requests_between(viewer: Post) -> QuerySet[JoinRequest]:
    """Requests to join that the viewer's unit sent, and those sent to matters that it leads."""
    return JoinRequest.objects.filter(Q(matter__lead=viewer.unit_id) | Q(unit=viewer.unit_id)).select_related("matter", "unit")
