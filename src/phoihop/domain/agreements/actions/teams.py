"""Inter-agency teams: formed by the lead of an agreement, each unit answering for itself."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...people.models import Post
from ..models import Agreement, TaskTeam, TaskTeamMember
from ..rules import teams as rules
from ..rules.teams import TeamDraft


@action
def form_team(*, by: Post, agreement: Agreement, team: TeamDraft, at: datetime) -> TaskTeam:
    """Form a team on an agreement. Every unit but the own is asked, and is in it once it accepts."""
    a = locked(agreement)
    rules.may_form(by, a, local_day(at)).enforce()
    rules.fits_team(team, set(a.parties.values_list("unit", flat=True))).enforce()
    name, mandate = keep(team.name, Purpose.TITLE, at), keep(team.mandate, Purpose.NOTE, at)
    assert name is not None
    assert mandate is not None
    made = TaskTeam.objects.create(agreement=a, name=name, mandate=mandate, valid_from=team.valid_from, valid_until=team.valid_until)
    own = by.unit_id
    TaskTeamMember.objects.bulk_create(
        [
            TaskTeamMember(
                team=made, unit=m.unit, role=m.role, people=m.people,
                accepted=True if m.unit.pk == own else None, answered_at=at if m.unit.pk == own else None,
            )
            for m in team.members
        ]
    )  # fmt: skip
    write(
        by=by, what="agreement.team_formed", at=at, matter=a.matter, team=made.pk, until=team.valid_until,
        members=[[m.unit.key, m.role, m.people] for m in team.members], texts={"name": name, "mandate": mandate},
    )  # fmt: skip
    return made


@action
def answer_team(*, by: Post, member: TaskTeamMember, accepts: bool, at: datetime, reason: str = "") -> TaskTeamMember:
    """Take one's place in a team, or decline with a reason."""
    member = locked(member)
    rules.may_answer_team(by, member, local_day(at)).enforce()
    rules.fits_answer_to_team(accepts, reason).enforce()
    member.accepted, member.answered_at = accepts, at
    member.reason = None if accepts else keep(reason, Purpose.REASON, at)
    member.save(update_fields=["accepted", "answered_at", "reason"])
    write(
        by=by, what="agreement.team_answered", at=at, matter=member.team.agreement.matter, team=member.team_id, unit=by.unit.key, accepts=accepts,
        texts={"reason": member.reason},
    )  # fmt: skip
    return member


@action
def end_team(*, by: Post, team: TaskTeam, day: date, at: datetime) -> TaskTeam:
    """End a team before its time."""
    team = locked(team)
    rules.may_end_team(by, team, local_day(at)).enforce()
    rules.fits_end(team, day).enforce()
    team.ended_on = day
    team.save(update_fields=["ended_on"])
    write(by=by, what="agreement.team_ended", at=at, matter=team.agreement.matter, team=team.pk, day=day)
    return team
