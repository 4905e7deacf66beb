"""Asking, answering, passing the lead, letting others see."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import passes
from phoihop.kernel.period import local_day

from ...forces.models import Unit
from ...people.models import Post
from .. import rules
from ..models import (
    Grant,
    LeadTerm,
    Matter,
    Participation,
    PartRole,
    PartState,
    Purpose,
)
from .journal import write
from .opening import Asked, count_answers, part_of
from .texts import keep


@action
def ask(*, by: Post, matter: Matter, unit: Unit, role: str, at: datetime, answer_by: datetime | None = None) -> Participation:
    """Ask a unit to take part in a role, or (role ``inform``) let it follow. The role ``lead`` offers it the lead."""
    matter = locked(matter)
    rules.is_role(role).enforce()
    rules.may_ask(by, matter, matter.parts.all(), unit.pk, local_day(at)).enforce()
    fresh = part_of(matter, Asked(unit, role), at, answer_by)
    part, _ = Participation.objects.update_or_create(
        matter=matter,
        unit=unit,
        defaults={"role": role, "state": fresh.state, "asked_at": at, "answer_by": answer_by, "answered_at": None, "reason": None},
    )
    count_answers(matter)
    write(by=by, what="matter.informed" if role == PartRole.INFORM else "matter.asked", at=at, matter=matter, unit=unit.key, role=role)
    return part


@action
def answer(*, by: Post, part: Participation, state: str, at: datetime, reason: str = "") -> Participation:
    """Accept, decline or be unable, for one's own unit. Accepting the role ``lead`` passes the lead at that moment."""
    part = locked(part)
    rules.fits_answer(state, reason).enforce()
    rules.may_answer(by, part, local_day(at)).enforce()
    part.state, part.answered_at, part.reason = state, at, keep(reason, Purpose.REASON, at)
    part.save(update_fields=["state", "answered_at", "reason"])
    write(by=by, what="matter.answered", at=at, matter=part.matter, state=state, role=part.role, texts={"reason": part.reason})
    matter = locked(part.matter)
    if part.role == PartRole.LEAD and state == PartState.ACCEPTED:
        former = matter.lead
        _pass_lead(by=by, matter=matter, unit=part.unit, at=at)
        kept = {"role": PartRole.SUPPORT, "state": PartState.ACCEPTED, "asked_at": at, "answered_at": at}
        Participation.objects.update_or_create(matter=matter, unit=former, defaults=kept)
    count_answers(matter)
    return part


@action
def withdraw_ask(*, by: Post, part: Participation, at: datetime) -> Participation:
    """The lead no longer asks a unit that has not answered yet."""
    part = locked(part)
    rules.may_withdraw_ask(by, part, local_day(at)).enforce()
    part.state, part.answered_at = PartState.WITHDRAWN, at
    part.save(update_fields=["state", "answered_at"])
    count_answers(locked(part.matter))
    write(by=by, what="matter.ask_withdrawn", at=at, matter=part.matter, unit=part.unit.key)
    return part


@action
def grant(*, by: Post, matter: Matter, unit: Unit, basis: str, at: datetime, until: date | None = None, onward: bool = False) -> Grant:
    """Let a unit that takes no part see the matter: on a basis, until a day."""
    matter = locked(matter)
    rules.may_grant(by, matter, unit.pk, until, local_day(at)).enforce()
    given = Grant.objects.create(matter=matter, unit=unit, basis=basis, until=until, onward=onward)
    write(by=by, what="matter.granted", at=at, matter=matter, unit=unit.key, until=until, onward=onward)
    return given


@action
def end_grant(*, by: Post, grant: Grant, at: datetime) -> Grant:
    """The lead no longer lets the unit see the matter."""
    grant = locked(grant)
    rules.may_end_grant(by, grant, local_day(at)).enforce()
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    write(by=by, what="matter.grant_ended", at=at, matter=grant.matter, unit=grant.unit.key)
    return grant


@passes("Matter.lead", "Participation.unit", "Grant.unit")
def hand_over_matters(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: its open leads, parts and grants go to its heir; closed matters keep the unit of their day."""
    count = 0
    for matter in Matter.objects.select_for_update().filter(lead=old, closed_at=None):
        _pass_lead(by=by, matter=matter, unit=new, at=at)
        count += 1
    taken = Participation.objects.filter(unit=new).values("matter")
    count += Participation.objects.filter(unit=old, matter__closed_at=None).exclude(matter__in=taken).update(unit=new)
    count += Grant.objects.filter(unit=old, ended_at=None).filter(Q(until=None) | Q(until__gt=day)).update(unit=new)
    return count


def _pass_lead(*, by: Post, matter: Matter, unit: Unit, at: datetime) -> None:
    former = matter.lead
    matter.lead = unit
    matter.save(update_fields=["lead"])
    LeadTerm.objects.create(matter=matter, unit=unit, since=at)
    Participation.objects.filter(matter=matter, unit=unit).update(role=PartRole.LEAD)
    write(by=by, what="matter.lead_passed", at=at, matter=matter, former=former.key, unit=unit.key)
