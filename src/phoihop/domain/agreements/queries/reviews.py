"""Reviews that are due or overdue, those that were held, and the proposals of change."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...matters.queries.sight import seen, sight_of
from ...matters.rules import Sight
from ...people.models import Post
from ..models import Agreement, ChangeProposal, Clause, Review
from ..rules.needs import AHEAD
from .agreement import seen_agreements
from .standing import in_force


def due_before(on: date) -> QuerySet[Agreement]:
    """What is in force and should have been reviewed before a day."""
    return in_force(on).filter(next_review__lt=on)


def to_review(on: date) -> QuerySet[Agreement]:
    """What is in force and to be reviewed by a day, or soon after: told to the lead while there is time."""
    return in_force(on).filter(next_review__lte=on + AHEAD)


def overdue_reviews(viewer: Post, on: date) -> QuerySet[Agreement]:
    """Agreements that the viewer sees and whose review should have been held, longest overdue first."""
    rows = due_before(on).filter(seen(viewer, on, "matter"))
    return rows.select_related("matter__title", "matter__lead__force", "issuer").order_by("next_review", "pk")


def reviews_of(viewer: Post, agreement: Agreement, on: date) -> QuerySet[Review]:
    """The reviews that were held, latest first, for whoever sees the text."""
    rows = Review.objects.filter(agreement=agreement).select_related("note").order_by("-held_on", "-pk")
    return rows if _sees_text(viewer, agreement, on) else rows.none()


def proposals_of(viewer: Post, agreement: Agreement, on: date) -> QuerySet[ChangeProposal]:
    """What was proposed and what was answered: all of it to whoever sees the text, oldest first."""
    rows = ChangeProposal.objects.filter(agreement=agreement).select_related("unit__force", "clause__heading", "text", "answer").order_by("at", "pk")
    return rows if _sees_text(viewer, agreement, on) else rows.filter(unit=viewer.unit_id)


def proposals_seen(viewer: Post, on: date) -> QuerySet[ChangeProposal]:
    """Every proposal to change an agreement whose text the viewer may read."""
    return ChangeProposal.objects.filter(agreement__in=seen_agreements(viewer, on).values("pk")).select_related("agreement__matter", "unit__force")


def last_review(agreement: Agreement) -> date | None:
    return Review.objects.filter(agreement=agreement).order_by("-held_on").values_list("held_on", flat=True).first()


def is_clause_of(agreement: Agreement, clause: Clause | None) -> bool:
    return clause is None or clause.version.agreement_id == agreement.pk


def _sees_text(viewer: Post, agreement: Agreement, on: date) -> bool:
    return sight_of(viewer, agreement.matter, on) >= Sight.GRANTED
