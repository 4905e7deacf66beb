"""A unit ends: what is still open passes to its heir; what was said and signed stays as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.heirs import passes

from ...forces.models import Unit
from ...matters.models import PartRole
from ...people.models import Post
from ..models import Adoption, AdoptionForm, AgreementParty, Delivery, DraftParty, DutyRole, EventPost, PlanCheck, PublicEvent, Stage, StepRole, TaskTeamMember


@passes(
    "AgreementParty.unit", "DutyRole.unit", "Adoption.unit", "Delivery.unit", "EventPost.unit", "PlanCheck.unit", "StepRole.unit", "TaskTeamMember.unit",
    "PublicEvent.unit", "DraftParty.unit",
)  # fmt: skip
def hand_over_agreements(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """Parts in agreements that have not ended, their duties, and what is awaited from the unit. Where the heir has a place already, one is enough."""
    count = _hand_over_parties(old, new)
    count += _pass_roles(DutyRole.objects.exclude(duty__clause__version__agreement__stage=Stage.ENDED), "duty_id", old, new)
    count += _pass_or_drop(Adoption.objects.filter(form=AdoptionForm.WAITING, unit=old), Adoption.objects.filter(unit=new), new)
    count += _pass_or_drop(Delivery.objects.filter(received_at=None, unit=old), Delivery.objects.filter(unit=new), new)
    return count + _hand_over_plans(old, new, day) + PublicEvent.objects.filter(unit=old, until__gt=day).update(unit=new)


def _hand_over_parties(old: Unit, new: Unit) -> int:
    """A heir that is a party already keeps one place: the stronger role of the two, and it signs if either was to."""
    parties = AgreementParty.objects.exclude(agreement__stage=Stage.ENDED)
    doubled = _doubled(parties, "agreement_id", old, new)
    for left, kept in doubled:
        left.delete()
        _merge(kept, left)
    return len(doubled) + parties.filter(unit=old).update(unit=new) + _hand_over_drafted(old, new)


def _hand_over_drafted(old: Unit, new: Unit) -> int:
    """The same of versions that are being written."""
    doubled = _doubled(DraftParty.objects.all(), "version_id", old, new)
    for left, kept in doubled:
        left.delete()
        _merge(kept, left)
    return len(doubled) + DraftParty.objects.filter(unit=old).update(unit=new)


def _merge(kept: AgreementParty | DraftParty, left: AgreementParty | DraftParty) -> None:
    """One place of two: the stronger role, and it signs if either was to."""
    kept.role = _stronger(kept.role, left.role)
    kept.signs = kept.signs or left.signs
    kept.approves = (kept.approves or left.approves) and not kept.signs  # nobody approves what it signs itself
    kept.order = min(kept.order, left.order)
    kept.save()


def _hand_over_plans(old: Unit, new: Unit, day: date) -> int:
    """Posts, preparations and steps of plans that have not ended, places in teams that still work."""
    lasting = {"version__agreement__stage": Stage.ENDED}
    count = EventPost.objects.exclude(**lasting).filter(unit=old).update(unit=new)
    count += PlanCheck.objects.exclude(**lasting).filter(unit=old, done_at=None).update(unit=new)
    count += _pass_roles(StepRole.objects.exclude(step__phase__version__agreement__stage=Stage.ENDED), "step_id", old, new)
    places = TaskTeamMember.objects.filter(team__valid_until__gt=day, team__ended_on=None)
    doubled = _doubled(places, "team_id", old, new)
    for left, kept in doubled:
        left.delete()
        kept.role = _stronger(kept.role, left.role)
        kept.people += left.people if kept.accepted and left.accepted else 0
        kept.save()
    return count + len(doubled) + places.filter(unit=old).update(unit=new)


def _pass_roles(rows: QuerySet[Any], of: str, old: Unit, new: Unit) -> int:
    """Roles pass; of two in the same thing the heir keeps the stronger."""
    doubled = _doubled(rows, of, old, new)
    for left, kept in doubled:
        weaker = kept if _stronger(kept.role, left.role) == left.role else left
        weaker.delete()
    return rows.filter(unit=old).update(unit=new)


def _pass_or_drop(waiting: QuerySet[Any], own: QuerySet[Any], new: Unit) -> int:
    """What waits for the old unit waits for its heir; where the heir has one of its own, that is enough."""
    waiting.filter(agreement__in=own.values("agreement")).delete()
    return waiting.update(unit=new)


def _doubled(rows: QuerySet[Any], of: str, old: Unit, new: Unit) -> list[tuple[Any, Any]]:
    """Places of the old unit beside one that the heir has in the same thing."""
    own = {getattr(row, of): row for row in rows.filter(unit=new)}
    return [(left, own[getattr(left, of)]) for left in rows.filter(unit=old, **{f"{of}__in": own})]


def _stronger(one: str, other: str) -> str:
    return min(one, other, key=PartRole.values.index)
