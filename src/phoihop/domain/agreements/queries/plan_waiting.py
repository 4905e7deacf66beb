"""What plans in force ask of a unit: to prepare, to say whether it takes its place in a team, to tell how many it put in at an event."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ...matters.models import PartRole
from ..models import AgreementParty, EventResult, EventShift, PlanCheck, Stage, TaskTeamMember, Version


def to_prepare(unit: int) -> QuerySet[PlanCheck]:
    """Of the plan as it was last agreed, until the event was held."""
    agreed = Version.objects.filter(agreement=OuterRef("version__agreement"), agreed_on__isnull=False).order_by("-number").values("pk")[:1]
    rows = PlanCheck.objects.filter(unit=unit, done_at=None, version=Subquery(agreed), version__agreement__stage=Stage.AGREED)
    return rows.filter(version__agreement__result=None)


def asked_into_teams(unit: int, on: date) -> QuerySet[TaskTeamMember]:
    """Places that the unit was offered in teams that go on."""
    goes_on = Q(team__ended_on=None) | Q(team__ended_on__gt=on)
    return TaskTeamMember.objects.filter(goes_on, unit=unit, accepted=None, team__valid_until__gt=on)


def to_tell(unit: int) -> QuerySet[EventResult]:
    """Events that were held, at which the unit is a party and has not said how many it put in."""
    bound = AgreementParty.objects.filter(agreement=OuterRef("agreement"), unit=unit).exclude(role=PartRole.INFORM)
    told = EventShift.objects.filter(result=OuterRef("pk"), unit=unit)
    return EventResult.objects.filter(Exists(bound), ~Exists(told))
