"""What becomes of leads, parts, grants and requests when a unit ends: its heir takes over what is open."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from phoihop.kernel.heirs import passes
from phoihop.kernel.rows import insert

from ...forces.models import Unit
from ...people.models import Post
from ..models import Grant, JoinRequest, LeadTerm, Matter, Participation, PartRole, PartState, RequestState
from .journal import Entry, write_many
from .opening import count_answers


@passes("Matter.lead", "Participation.unit", "Grant.unit", "JoinRequest.unit")
def hand_over_matters(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """Open leads, parts, grants and requests go to the heir; closed matters keep the unit of their day. Returns how many passed."""
    count = _leads(by, old, new, at) + _parts(old, new, at)
    count += Grant.objects.filter(unit=old, ended_at=None).filter(Q(until=None) | Q(until__gt=day)).update(unit=new)
    requests = JoinRequest.objects.filter(unit=old, state=RequestState.OPEN)
    asked_by_both = JoinRequest.objects.filter(unit=new, state=RequestState.OPEN).values("matter")
    requests.filter(matter__in=asked_by_both).update(state=RequestState.MET, answered_at=at)
    return count + requests.update(unit=new)


def _leads(by: Post, old: Unit, new: Unit, at: datetime) -> int:
    matters = list(Matter.objects.select_for_update().filter(lead=old, closed_at=None))
    Matter.objects.filter(pk__in=[m.pk for m in matters]).update(lead=new)
    insert([LeadTerm(matter=m, unit=new, since=at) for m in matters])
    facts = {"former": old.key, "unit": new.key}
    write_many(by=by, at=at, entries=[Entry("matter.lead_passed", m, facts) for m in matters])
    return len(matters)


def _parts(old: Unit, new: Unit, at: datetime) -> int:
    """The heir takes over the parts of the old unit. Where it had a part itself, that one stays and the old one ends."""
    open_parts = Participation.objects.filter(matter__closed_at=None)
    both = open_parts.filter(unit=old, matter__in=open_parts.filter(unit=new).values("matter")).exclude(state=PartState.WITHDRAWN)
    doubled = list(both.select_related("matter"))
    both.update(role=PartRole.SUPPORT, state=PartState.WITHDRAWN, answered_at=at, was="")
    passed = open_parts.filter(unit=old).exclude(matter__in=open_parts.filter(unit=new).values("matter")).update(unit=new)
    now_led = open_parts.filter(unit=new, matter__lead=new)
    touched = {p.matter_id: p.matter for p in [*doubled, *now_led.select_related("matter")]}
    now_led.update(role=PartRole.LEAD, state=PartState.ACCEPTED, answered_at=at, was="")
    for matter in touched.values():
        count_answers(matter)
    return passed + len(doubled)
