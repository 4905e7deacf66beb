"""A plan as it would be carried out: which unit a step falls to where the plan is opened; the plan as a draft to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...forces.models import Unit
from ...matters.models import PartRole
from ...territory.models import Area
from ..models import Step, Version
from ..rules.drafts import DutyRoleDraft
from ..rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft
from .bound import units_there
from .plans import arrangement_in

HELPING = (PartRole.COCHAIR, PartRole.SUPPORT)


@dataclass(frozen=True, slots=True)
class Placed:
    """A step and who does it in an area; ``lead`` is None where the force that leads has no unit there."""

    step: Step
    lead: Unit | None
    supports: tuple[Unit, ...]


def placed(version: Version, area: Area, on: date) -> list[Placed]:
    """The steps of a plan in order, each force as the unit that it has where the plan is opened."""
    steps = [step for phase in arrangement_in(version).phases for step in phase.steps.all()]
    forces = {r.force_id for step in steps for r in step.roles.all() if r.force_id}
    there = units_there(forces, [area], area.level, on)
    return [_placed(step, {force: unit for (force, _area), unit in there.items()}) for step in steps]


def _placed(step: Step, of_force: dict[int, Unit]) -> Placed:
    who: dict[str, list[Unit]] = {}
    for r in step.roles.all():
        unit = r.unit or of_force.get(r.force_id or 0)
        if unit is not None:
            who.setdefault(r.role, []).append(unit)
    lead = next(iter(who.get(PartRole.LEAD, [])), None)
    supports = {u.pk: u for role in HELPING for u in who.get(role, []) if lead is None or u.pk != lead.pk}
    return Placed(step, lead, tuple(supports.values()))


def arrangement_draft(version: Version) -> Arrangement:
    """What a version lays down as it would be handed in again, for who leads it."""
    there = arrangement_in(version)
    return Arrangement(
        posts=[EventPostDraft(p.kind, p.place.text, p.unit, p.people, p.since, p.until) for p in there.posts],
        checks=[CheckDraft(c.what.text, c.unit, c.due_at) for c in there.checks],
        phases=[PhaseDraft(p.name.text, [_step(s) for s in sorted(p.steps.all(), key=lambda s: s.order)]) for p in there.phases],
        needs=[NeedDraft(n.spot, n.kind, n.amount) for n in there.needs],
    )


def _step(s: Step) -> StepDraft:
    roles = sorted(s.roles.all(), key=lambda r: (r.role != PartRole.LEAD, r.pk))
    return StepDraft(s.what.text, s.within_minutes, [DutyRoleDraft(r.role, r.unit, r.force) for r in roles])
