"""Planning patrols: one, two hundred, last month again, every week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...figures.actions import ledger
from ...figures.rules import Posting
from ...matters.actions.journal import Entry, write, write_many
from ...matters.actions.opening import Asked, Opening, count_answers, open_matters
from ...matters.actions.texts import keep, keep_many
from ...matters.models import MatterKind, PartRole, PartState, Purpose
from ...people.models import Post
from .. import rules
from ..models import Activity, Leg, Strength
from ..rules import PatrolDraft
from .settling import settle


@action
def plan(*, by: Post, draft: PatrolDraft, at: datetime) -> Activity:
    """Plan one patrol: the acting unit leads, the other parties are asked, followers are told."""
    return _plan(by, [draft], at)[0]


@action
def plan_many(*, by: Post, drafts: Sequence[PatrolDraft], at: datetime) -> list[Activity]:
    """Plan up to 200 patrols at once: all of them or, if one is refused, none."""
    rules.at_most(len(drafts)).enforce()
    return _plan(by, drafts, at)


@action
def change(*, by: Post, activity: Activity, draft: PatrolDraft, version: int, at: datetime) -> Activity:
    """Change a plan. Parties that stay keep their answer unless day or times changed: then they are asked again."""
    a = locked(activity)
    rules.may_change(by, a, local_day(at)).enforce()
    rules.unchanged(a, version).enforce()
    rules.fits_plan(draft, a.matter.lead_id, at).enforce()
    moved = (a.planned_start, a.planned_end, a.route_id) != (draft.start, draft.end, draft.route.pk if draft.route else None)
    a.matter.area, a.matter.title = draft.area, keep(draft.title, Purpose.TITLE, at) or a.matter.title
    a.matter.save(update_fields=["area", "title"])
    a.route, a.route_kind, a.armed = draft.route, draft.route_kind, draft.armed
    a.day, a.planned_start, a.planned_end = local_day(draft.start), draft.start, draft.end
    a.version += 1
    _change_parties(a, draft, at, ask_again=moved)
    a.legs.all().delete()
    Leg.objects.bulk_create(_legs(a, draft))
    count_answers(a.matter)
    a.save()
    write(by=by, what="patrol.changed", at=at, matter=a.matter, **_facts(a, draft), version=a.version)
    return a


@action
def cancel(*, by: Post, activity: Activity, why: str, at: datetime) -> Activity:
    """Cancel a patrol, before or after it was held. Figures that stood are taken back; a plan cancelled before its day leaves the plan."""
    a = locked(activity)
    rules.may_cancel(by, a, why, local_day(at)).enforce()
    a.cancelled_at, a.why = at, keep(why, Purpose.REASON, at)
    a.version += 1
    a.save(update_fields=["cancelled_at", "why", "version"])
    a.matter.closed_at = at
    a.matter.save(update_fields=["closed_at"])
    event = write(by=by, what="patrol.cancelled", at=at, matter=a.matter, texts={"why": a.why})
    settle([(a, event)], drop_plan=local_day(at) < a.day)
    return a


def _plan(by: Post, drafts: Sequence[PatrolDraft], at: datetime) -> list[Activity]:
    rules.may_plan(by, local_day(at)).enforce()
    for n, draft in enumerate(drafts):
        verdict = rules.fits_plan(draft, by.unit_id, at)
        (verdict if len(drafts) == 1 else verdict.at(f"drafts.{n}.{verdict.field}")).enforce()
    titles = keep_many([d.title for d in drafts], Purpose.TITLE, at)
    openings = [
        Opening(
            lead=by.unit,
            area=d.area,
            asked=[Asked(p.unit, p.role) for p in d.parties if p.unit.pk != by.unit_id] + [Asked(u, PartRole.INFORM) for u in d.followers],
            title=title,
            exercise=d.exercise,
        )
        for d, title in zip(drafts, titles, strict=True)
    ]
    matters = open_matters(kind=MatterKind.PATROL, openings=openings, at=at)
    made = [
        Activity(
            matter=m, route=d.route, route_kind=d.route_kind, armed=d.armed, planned=d.planned, day=local_day(d.start),
            planned_start=d.start, planned_end=d.end,
        )
        for m, d in zip(matters, drafts, strict=True)
    ]  # fmt: skip
    Activity.objects.bulk_create(made)
    Leg.objects.bulk_create([leg for a, d in zip(made, drafts, strict=True) for leg in _legs(a, d)])
    Strength.objects.bulk_create([s for a, d in zip(made, drafts, strict=True) for s in _strengths(a, d)])
    events = write_many(by=by, at=at, entries=[Entry("patrol.planned", a.matter, _facts(a, d)) for a, d in zip(made, drafts, strict=True)])
    ledger.post(
        [
            (event, Posting("TR.09.KH", d.area, a.day, 1, matter=a.matter, item=item_of(a)))
            for event, a, d in zip(events, made, drafts, strict=True)
            if d.planned and not d.exercise
        ]
    )
    return made


def item_of(a: Activity) -> str:
    return f"{a.route_kind}.armed" if a.armed else a.route_kind


def _legs(a: Activity, d: PatrolDraft) -> list[Leg]:
    legs = d.legs or [rules.LegDraft(d.area, d.start, d.end)]
    return [Leg(activity=a, n=n, area=leg.area, planned_from=leg.first, planned_to=leg.until) for n, leg in enumerate(legs, 1)]


def _strengths(a: Activity, d: PatrolDraft) -> list[Strength]:
    return [Strength(activity=a, unit=p.unit, team=p.team, planned_teams=p.teams, planned_people=p.people) for p in d.parties]


def _facts(a: Activity, d: PatrolDraft) -> dict[str, object]:
    return {
        "from": a.planned_start,
        "to": a.planned_end,
        "area": d.area.code,
        "kind": item_of(a),
        "route": d.route.code if d.route and d.route.code.isascii() else None,
        "parties": [[p.unit.key, p.teams, p.people] for p in d.parties],
    }


def _change_parties(a: Activity, draft: PatrolDraft, at: datetime, *, ask_again: bool) -> None:
    wanted = {p.unit.pk: p for p in draft.parties}
    for part in a.matter.parts.exclude(role__in=[PartRole.INFORM, PartRole.LEAD]):
        if part.unit_id not in wanted:
            part.state, part.answered_at = PartState.WITHDRAWN, at
        elif part.state == PartState.WITHDRAWN or (ask_again and part.state == PartState.ACCEPTED):
            part.state, part.asked_at, part.answered_at = PartState.ASKED, at, None
        else:
            continue
        part.save(update_fields=["state", "asked_at", "answered_at"])
    there = set(a.matter.parts.values_list("unit", flat=True))
    for party in draft.parties:
        if party.unit.pk not in there and party.unit.pk != a.matter.lead_id:
            a.matter.parts.create(unit=party.unit, role=party.role, asked_at=at)
    a.strengths.exclude(unit__in=wanted).delete()
    for unit, p in wanted.items():
        numbers = {"team": p.team, "planned_teams": p.teams, "planned_people": p.people}
        a.strengths.update_or_create(unit_id=unit, defaults=numbers)


