"""Who takes part when a plan changes, and when a unit ends."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.heirs import passes
from phoihop.kernel.rows import insert

from ...forces.models import Unit
from ...matters.actions.opening import Asked, part_of
from ...matters.models import Participation, PartRole, PartState
from ...matters.rules import ANSWERS
from ...people.models import Post
from ..models import Activity, Claim, Strength
from ..rules import PartyDraft, PatrolDraft


def change_parties(a: Activity, draft: PatrolDraft, at: datetime, *, ask_all: bool) -> None:
    """Bring parts and strengths in line with a draft. ``ask_all``: who had answered did so for something else and is asked again."""
    wanted = {p.unit.pk: p for p in draft.parties}
    asked = {p.unit.pk: Asked(p.unit, p.role) for p in draft.parties if p.unit.pk != a.matter.lead_id}
    asked |= {u.pk: Asked(u, PartRole.INFORM) for u in draft.followers}
    strengths = {s.unit_id: s for s in a.strengths.all()}
    for part in a.matter.parts.exclude(unit=a.matter.lead_id):
        wish = asked.pop(part.unit_id, None)
        ask_again = ask_all or _other_strength(strengths.get(part.unit_id), wanted.get(part.unit_id))
        _change_part(part, wish, at, ask_again=ask_again)
    insert([part_of(a.matter, wish, at) for wish in asked.values()])
    a.strengths.exclude(unit__in=wanted).delete()
    for unit, p in wanted.items():
        a.strengths.update_or_create(unit_id=unit, defaults={"team": p.team, "planned_teams": p.teams, "planned_people": p.people})


def _change_part(part: Participation, wish: Asked | None, at: datetime, *, ask_again: bool) -> None:
    if wish is None:
        if part.state != PartState.WITHDRAWN:
            part.state, part.answered_at, part.was = PartState.WITHDRAWN, at, ""
            part.save(update_fields=["state", "answered_at", "was"])
        return
    as_before = part.state != PartState.WITHDRAWN and wish.role in (part.role, part.was)
    if as_before and not (ask_again and part.state in ANSWERS):
        return
    fresh = part_of(part.matter, wish, at)
    part.was = part.role if wish.role == PartRole.LEAD and part.state == PartState.ACCEPTED else ""
    part.role, part.state, part.asked_at, part.answered_at = fresh.role, fresh.state, at, None
    part.save(update_fields=["role", "state", "asked_at", "answered_at", "was"])


def _other_strength(now: Strength | None, then: PartyDraft | None) -> bool:
    """Whether a party is to come with other teams or people than it agreed to."""
    if now is None or then is None:
        return True
    return (now.team, now.planned_teams, now.planned_people) != (then.team, then.teams, then.people)


@passes("Strength.unit")
def hand_over_strengths(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: its heir goes on the patrols that have no result yet. Where there is one, the unit of that day stays, and the heir speaks for it."""
    open_ones = Strength.objects.filter(activity__claim=Claim.NONE, activity__cancelled_at=None, activity__matter__closed_at=None)
    there = open_ones.filter(unit=new).values("activity")
    open_ones.filter(unit=old, activity__in=there).delete()
    return open_ones.filter(unit=old).update(unit=new)
