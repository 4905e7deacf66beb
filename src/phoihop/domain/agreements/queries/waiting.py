"""What waits for a unit in agreements: opinions and signatures that it owes, wishes that it has to answer. Asked by the one queue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementParty, Opinion, Stage, TakenUp, Version
from .parties import owing


def owed_by(viewer: Post, on: date) -> QuerySet[Any]:
    """The viewer's unit as a party from which something is awaited: ``stage`` says what, ``answer_by`` until when."""
    if not allowed(viewer, "matter.view", on):
        return AgreementParty.objects.none()
    newest = Version.objects.filter(agreement=OuterRef("agreement")).order_by("-number")
    rows = AgreementParty.objects.filter(owing(), unit=viewer.unit_id)
    return rows.annotate(
        stage=F("agreement__stage"), opinions_by=Subquery(newest.values("opinions_by")[:1]), signing_by=Subquery(newest.values("signing_by")[:1])
    )


def to_answer(viewer: Post, on: date) -> QuerySet[Any]:
    """Texts that the viewer's unit leads with wishes that it has not answered; ``since``: when the oldest of them came."""
    if not allowed(viewer, "matter.view", on):
        return Agreement.objects.none()
    wishes = Opinion.objects.filter(version__agreement=OuterRef("pk"), text__isnull=False, taken=TakenUp.WAITING).order_by("at")
    mine = Agreement.objects.filter(matter__lead=viewer.unit_id, stage__in=(Stage.DRAFT, Stage.OPINIONS))
    return mine.annotate(
        since=Subquery(wishes.values("at")[:1]), by_unit=Subquery(wishes.values("unit__short")[:1]), by_force=Subquery(wishes.values("unit__force__code")[:1])
    ).filter(since__isnull=False)
