"""A unit ends: what is still open passes to its heir; what was said and signed stays as it was."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.heirs import passes

from ...forces.models import Unit
from ...people.models import Post
from ..models import Adoption, AdoptionForm, AgreementParty, Delivery, DutyRole, EventPost, PlanCheck, PublicEvent, Stage, StepRole, TaskTeamMember


@passes(
    "AgreementParty.unit", "DutyRole.unit", "Adoption.unit", "Delivery.unit", "EventPost.unit", "PlanCheck.unit", "StepRole.unit", "TaskTeamMember.unit",
    "PublicEvent.unit",
)  # fmt: skip
def hand_over_agreements(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """Parts in agreements that have not ended, their duties, and what is awaited from the unit. Where the heir is a party already, one place is enough."""
    parties = AgreementParty.objects.exclude(agreement__stage=Stage.ENDED)
    doubled = parties.filter(unit=old, agreement__in=parties.filter(unit=new).values("agreement"))
    doubled.filter(role__in=("support", "advise", "inform")).delete()
    count = parties.filter(unit=old).exclude(agreement__in=parties.filter(unit=new).values("agreement")).update(unit=new)
    count += DutyRole.objects.exclude(duty__clause__version__agreement__stage=Stage.ENDED).filter(unit=old).update(unit=new)
    waiting = Adoption.objects.filter(form=AdoptionForm.WAITING)
    count += waiting.filter(unit=old).exclude(agreement__in=Adoption.objects.filter(unit=new).values("agreement")).update(unit=new)
    sent = Delivery.objects.filter(received_at=None, unit=old)
    count += _hand_over_plans(old, new, day) + PublicEvent.objects.filter(unit=old, until__gt=day).update(unit=new)
    return count + sent.exclude(agreement__in=Delivery.objects.filter(unit=new).values("agreement")).update(unit=new)


def _hand_over_plans(old: Unit, new: Unit, day: date) -> int:
    """Posts, preparations and steps of plans that have not ended, places in teams that still work; a step in which the heir has a part keeps that."""
    lasting = {"version__agreement__stage": Stage.ENDED}
    count = EventPost.objects.exclude(**lasting).filter(unit=old).update(unit=new)
    count += PlanCheck.objects.exclude(**lasting).filter(unit=old, done_at=None).update(unit=new)
    steps = StepRole.objects.exclude(step__phase__version__agreement__stage=Stage.ENDED)
    count += steps.filter(unit=old).exclude(step__in=StepRole.objects.filter(unit=new).values("step")).update(unit=new)
    places = TaskTeamMember.objects.filter(unit=old, team__valid_until__gt=day, team__ended_on=None)
    return count + places.exclude(team__in=TaskTeamMember.objects.filter(unit=new).values("team")).update(unit=new)
