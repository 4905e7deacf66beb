"""Plans for events and situations: what they lay down, how they are carried out; inter-agency teams; the end of a round of opinions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.agreements.actions import arranging, carrying_out, planning_events, pledging, sending, teams
from phoihop.domain.agreements.models import (
    Agreement,
    EventPost,
    EventResult,
    EventShift,
    OnSpot,
    PlanCheck,
    Practice,
    Step,
    StepRole,
    TaskTeam,
    TaskTeamMember,
)
from phoihop.domain.agreements.queries import plan_records
from phoihop.domain.agreements.queries import plans as queries
from phoihop.domain.agreements.queries.playbook import placed
from phoihop.domain.agreements.queries.preparing import preparing
from phoihop.domain.agreements.queries.versions import shown_to, version_on
from phoihop.domain.territory.models import Area

from . import calendar
from .access import Caller
from .acts import act
from .asking import look_up, named
from .names import by_number
from .reads import caller_of, reads
from .telling import BRIEFLY, Telling, labelled, text_of

router = Router()
assert calendar  # how an event of the calendar is named, which plans for events need
UNIT = BRIEFLY[Agreement.issuer.field.related_model]

named(PlanCheck, "check", "The number of a preparation.", by_number(lambda caller: plan_records.checks_seen(caller.post, caller.today)))
named(EventResult, "result", "The number of the result of an event.", by_number(lambda caller: plan_records.results_seen(caller.post, caller.today)))
named(TaskTeam, "team", "The number of a team.", by_number(lambda caller: plan_records.teams_seen(caller.post, caller.today)))
named(TaskTeamMember, "member", "The number of a unit's place in a team.", by_number(lambda caller: plan_records.places_seen(caller.post, caller.today)))

POST = Telling("EventPost", EventPost, "kind", "place", "unit", "people", "since", "until")
CHECK = Telling("PlanCheck", PlanCheck, "id", "what", "unit", "due_at", "done_at")
STEP_ROLE = Telling("StepRole", StepRole, "role", "unit", "force=force.code")
STEP = Telling(
    "PlanStep", Step, "what", "within_minutes", roles=(list[STEP_ROLE.shape], lambda s: STEP_ROLE.of_each(sorted(s.roles.all(), key=lambda r: r.pk)))
)
PRACTICE = Telling("Practice", Practice, "id", "held_on", "people", "goals", "met", "note", "proof")
SHIFT = Telling("EventShift", EventShift, "unit", "people", "at")
RESULT = Telling(
    "EventResult", EventResult, "id", "held_on", "safe", "posts", "teams", "note",
    shifts=(list[SHIFT.shape], lambda r: SHIFT.of_each(queries.shifts_of(r))),
)  # fmt: skip
MEMBER = Telling("TeamMember", TaskTeamMember, "id", "unit", "role", "people", "reason", "answered_at", accepted=(bool | None, lambda m: m.accepted))
TEAM = Telling(
    "Team", TaskTeam, "id", "name", "mandate", "valid_from", "valid_until", ended_on=(str | None, lambda t: t.ended_on.isoformat() if t.ended_on else None),
    members=(list[MEMBER.shape], lambda t: MEMBER.of_each(t.members.all())),
)  # fmt: skip


class PhaseTold(BaseModel):
    name: str | None
    steps: list[STEP.shape]


class PlanNeedTold(BaseModel):
    """A need beside what the parties have registered. ``has``: null where nothing is registered, which is not nought."""

    spot: str
    kind: str
    amount: int
    has: int | None
    short: int | None


class Laid(BaseModel):
    """What a plan lays down beside its clauses. ``hidden``: how many posts the caller may not see; totals are told to whoever reads the text."""

    posts: list[POST.shape]
    hidden: int
    fixed_posts: int
    mobile_teams: int
    people: int
    checks: list[CHECK.shape]
    to_tick: list[CHECK.shape] = Field(description="The preparations that are ticked off today: those of the text agreed last, while a newer one is not.")
    phases: list[PhaseTold]
    needs: list[PlanNeedTold]


class PlacedTold(BaseModel):
    """A step as it would become a task today; ``lead`` is null where the force that leads has no unit there."""

    what: str | None
    within_minutes: int
    due_at: AwareDatetime
    lead: UNIT.shape | None
    supports: list[UNIT.shape]


class SpotTold(BaseModel):
    """What a commune last said of one of the four on the spot; null: nothing."""

    area: BRIEFLY[Area].shape
    spot: labelled(list(OnSpot))
    ready: bool | None = Field(description="Assured, not assured, or not said.")


@reads(router, "/agreements/{agreement}/arrangement", Laid)
def laid(request: HttpRequest, agreement: str) -> Any:
    """What the newest version of a plan lays down: posts, preparations, phases with steps, needs beside today's means."""
    caller = caller_of(request)
    version = shown_to(caller.post, _found(caller, agreement))
    there, strength = queries.arrangement_of(caller.post, version, caller.today), queries.strength_of(version)
    return {
        "posts": POST.of_each(there.posts),
        "hidden": there.hidden,
        "fixed_posts": strength.posts,
        "mobile_teams": strength.teams,
        "people": strength.people,
        "checks": CHECK.of_each(there.checks),
        "to_tick": CHECK.of_each(p.check for p in preparing(caller.post, version.agreement, caller.today).now),
        "phases": [{"name": text_of(p.name), "steps": STEP.of_each(sorted(p.steps.all(), key=lambda s: s.order))} for p in there.phases],
        "needs": [
            {"spot": n.need.spot, "kind": n.need.kind, "amount": n.need.amount, "has": n.has, "short": n.short}
            for n in queries.compared(caller.post, version, caller.today)
        ],
    }


@reads(router, "/agreements/{agreement}/laid-out", list[PlacedTold])
def would_be(request: HttpRequest, agreement: str) -> Any:
    """The tasks that opening the plan would give today, where the plan lies: to read before one opens it."""
    caller = caller_of(request)
    found = _found(caller, agreement)
    version = version_on(found, caller.today)
    if version is None or not queries.arrangement_of(caller.post, version, caller.today):
        return []
    return [
        {
            "what": text_of(one.step.what),
            "within_minutes": one.step.within_minutes,
            "due_at": caller.now + timedelta(minutes=one.step.within_minutes),
            "lead": UNIT.of(one.lead) if one.lead else None,
            "supports": UNIT.of_each(one.supports),
        }
        for one in placed(version, found.matter.area, caller.today)
    ]


@reads(router, "/agreements/{agreement}/spots", list[SpotTold])
def spots(request: HttpRequest, agreement: str) -> Any:
    """The four on the spot by commune."""
    caller = caller_of(request)
    lines = queries.spots_of(caller.post, _found(caller, agreement), caller.today)
    return [{"area": BRIEFLY[Area].of(line.area), "spot": spot, "ready": ready} for line in lines for spot, ready in zip(OnSpot.values, line.said, strict=True)]


@reads(router, "/agreements/{agreement}/practices", list[PRACTICE.shape])
def practices(request: HttpRequest, agreement: str) -> Any:
    """When a plan was practised, the newest first."""
    caller = caller_of(request)
    return PRACTICE.of_each(queries.practices_of(caller.post, _found(caller, agreement), caller.today))


@reads(router, "/agreements/{agreement}/result", list[RESULT.shape])
def result(request: HttpRequest, agreement: str) -> Any:
    """How a protected event went, with what each party said of itself; empty until its lead has told it."""
    caller = caller_of(request)
    found = queries.result_of(caller.post, _found(caller, agreement), caller.today)
    return RESULT.of_each([found] if found else [])


@reads(router, "/agreements/{agreement}/teams", list[TEAM.shape])
def teams_on(request: HttpRequest, agreement: str) -> Any:
    """Inter-agency teams that stand on an agreement, with what each unit answered."""
    caller = caller_of(request)
    return TEAM.of_each(queries.teams_of(caller.post, _found(caller, agreement), caller.today))


def _found(caller: Caller, code: str) -> Agreement:
    return look_up(caller, [(Agreement, code, "")])[Agreement, code]


act(router, "/agreements/{agreement}/arrange", arranging.arrange)
act(router, "/checks/{check}/tick", carrying_out.tick)
act(router, "/agreements/{agreement}/lay-out", carrying_out.lay_out)
act(router, "/agreements/{agreement}/tell-result", carrying_out.tell_result)
act(router, "/results/{result}/tell-shift", carrying_out.tell_shift)
act(router, "/agreements/{agreement}/practise", carrying_out.practise)
act(router, "/agreements/{agreement}/state-spot", carrying_out.state_spot)
act(router, "/agreements/{agreement}/teams", teams.form_team)
act(router, "/members/{member}/answer", teams.answer_team)
act(router, "/teams/{team}/end", teams.end_team)
act(router, "/agreements/{agreement}/close-appraisal", sending.close_appraisal)
act(router, "/agreements/{agreement}/pledge", pledging.pledge)
act(router, "/event-plans", planning_events.draft_event_plans)
act(router, "/event-plans/open-signing", planning_events.open_signing_many)
act(router, "/event-plans/tell-results", planning_events.tell_results)
act(router, "/event-plans/tell-shifts", planning_events.tell_shifts)
