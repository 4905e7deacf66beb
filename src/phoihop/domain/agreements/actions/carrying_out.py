"""Carrying a plan out, practising it, and telling how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload

from ...figures.actions import ledger
from ...figures.queries.ledger import lines_of
from ...figures.rules import Posting
from ...forces.queries.units import chain_above
from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...matters.actions.texts import keep
from ...matters.models import Matter, PartRole, Purpose
from ...people.models import Post
from ...tasks.actions import give_many
from ...tasks.models import Task
from ...tasks.rules import TaskDraft
from ...territory.models import Area
from ..models import Agreement, EventResult, EventShift, PlanCheck, Practice, SpotState
from ..queries.bound import areas_at
from ..queries.playbook import Placed, placed
from ..queries.standing import standing_of
from ..queries.versions import last_agreed, version_on
from ..rules import carrying_out as rules
from ..rules.carrying_out import PracticeDraft, ResultDraft
from ..rules.standing import Standing


@action
def tick(*, by: Post, check: PlanCheck, at: datetime) -> PlanCheck:
    """A unit says that what it was to prepare is ready."""
    agreement = locked(check.version.agreement)
    check = locked(check)
    rules.may_tick(by, check, agreement, check.version == last_agreed(agreement), local_day(at)).enforce()
    check.done_at = at
    check.save(update_fields=["done_at"])
    write(by=by, what="agreement.prepared", at=at, matter=agreement.matter, check=check.order, unit=by.unit.key)
    return check


@action
def lay_out(*, by: Post, agreement: Agreement, at: datetime, matter: Matter | None = None) -> list[Task]:
    """Open a contingency plan: each of its steps becomes a task of its lead, due so many minutes from now.

    On the plan's own matter, or on the one (an incident) for which it is opened. All steps or, if one is refused, none.
    """
    on = local_day(at)
    agreement = locked(agreement)
    version = version_on(agreement, on)
    matter = matter or agreement.matter
    steps = placed(version, matter.area, on) if version else []
    rules.may_lay_out(by, agreement, standing_of(agreement, on) == Standing.IN_FORCE, len(steps), on).enforce()
    rules.may_lay_out_on(by, matter, agreement).enforce()
    tasks = give_many(by=by, drafts=[_as_task(step, n, matter, at) for n, step in enumerate(steps)], at=at)
    write(by=by, what="agreement.laid_out", at=at, matter=agreement.matter, on=matter.code, tasks=[t.code for t in tasks])
    return tasks


@action
def tell_result(*, by: Post, agreement: Agreement, result: ResultDraft, at: datetime) -> EventResult:
    """How a protected event went. Posts and teams count in the figures (SK.02, SK.04)."""
    a = locked(agreement)
    rules.may_tell_result(by, a, EventResult.objects.filter(agreement=a).exists(), result, local_day(at)).enforce()
    note = keep(result.note, Purpose.NOTE, at)
    made = EventResult.objects.create(agreement=a, held_on=result.held_on, safe=result.safe, posts=result.posts, teams=result.teams, note=note)
    event = write(
        by=by, what="agreement.held", at=at, matter=a.matter, day=result.held_on, safe=result.safe, posts=result.posts, teams=result.teams,
        texts={"note": note},
    )  # fmt: skip
    where = a.matter.area
    counted = [("SK.04.CHOT", result.posts), ("SK.04.TO", result.teams)]
    ledger.post([(event, Posting(measure, where, result.held_on, value, matter=a.matter)) for measure, value in counted if value])
    return made


@action
def tell_shift(*, by: Post, result: EventResult, people: int, at: datetime) -> EventShift:
    """How many person-shifts one's own unit put in at an event; they add up over the parties (SK.03)."""
    result = locked(result)
    a = result.agreement
    parties = set(a.parties.exclude(role=PartRole.INFORM).values_list("unit", flat=True))
    rules.may_tell_shift(by, result, parties, result.shifts.filter(unit=by.unit).exists(), people, local_day(at)).enforce()
    made = EventShift.objects.create(result=result, unit=by.unit, people=people, at=at)
    event = write(by=by, what="agreement.shift_told", at=at, matter=a.matter, unit=by.unit.key, people=people)
    bits = lines_of({result.held_on})[result.held_on].of([by.unit.force.code])
    ledger.post([(event, Posting("SK.03", a.matter.area, result.held_on, people, matter=a.matter, unit=by.unit, lines=bits))])
    return made


@action
def practise(*, by: Post, agreement: Agreement, practice: PracticeDraft, at: datetime, proofs: Sequence[Upload] = ()) -> Practice:
    """A plan was practised, with at most one file that shows it. What was learnt becomes tasks or proposals of change by themselves."""
    a = locked(agreement)
    there = Practice.objects.filter(agreement=a, held_on=practice.held_on).exists()
    rules.may_practise(by, a, there, practice, len(proofs), local_day(at)).enforce()
    note = keep(practice.note, Purpose.NOTE, at)
    kept = keep_file(proofs[0], unit=by.unit, at=at, matter=a.matter) if proofs else None
    made = Practice(agreement=a, held_on=practice.held_on, people=practice.people, goals=practice.goals, met=practice.met, note=note, proof=kept)
    made.save()
    write(
        by=by, what="agreement.practised", at=at, matter=a.matter, day=practice.held_on, people=practice.people, goals=practice.goals, met=practice.met,
        texts={"note": note, "proof": kept, "name": kept.name if kept else None},
    )  # fmt: skip
    return made


@action
def state_spot(*, by: Post, agreement: Agreement, area: Area, spot: str, ready: bool, day: date, at: datetime) -> SpotState:
    """A commune says of itself whether one of its *bốn tại chỗ* is assured for a plan; a later word replaces an earlier."""
    on = local_day(at)
    a = locked(agreement)
    parties = set(a.parties.values_list("unit", flat=True))
    directed = any(upper.pk in parties for upper in chain_above(by.unit, on))
    rules.may_state_spot(by, spot, area.pk, by.unit_id in parties or directed, {one.pk for one in areas_at(a, "commune", on)}, day, on).enforce()
    made, _ = SpotState.objects.update_or_create(agreement=a, area=area, spot=spot, as_of=day, defaults={"unit": by.unit, "ready": ready})
    write(by=by, what="agreement.spot_stated", at=at, matter=a.matter, area=area.code, spot=spot, ready=ready, day=day)
    return made


def _as_task(one: Placed, n: int, matter: Matter, at: datetime) -> TaskDraft:
    rules.step_lead(one.lead, f"steps.{n}").enforce()
    assert one.lead is not None
    return TaskDraft(matter, one.step.what.text, one.lead, at + timedelta(minutes=one.step.within_minutes), one.supports)
