"""Planning patrols: one, two hundred, last month again, every week; changing a plan, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert, update_each

from ...figures.actions import ledger
from ...matters.actions.journal import Entry, write, write_many
from ...matters.actions.opening import Asked, Opening, count_answers, open_matters
from ...matters.actions.requests import meet
from ...matters.actions.texts import keep, keep_many
from ...matters.models import Body, MatterKind, PartRole, Purpose, Wish
from ...people.models import Post
from .. import rules
from ..models import Activity, Leg, Strength
from ..rules import PatrolDraft
from .parties import change_parties
from .settling import item_of, plan_of, settle


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
    """Change a plan. Parties whose share of it stays the same keep their answer; the others are asked again."""
    a = locked(activity)
    rules.may_change(by, a, local_day(at)).enforce()
    rules.unchanged(a, version).enforce()
    rules.stays_what_it_is(a, draft).enforce()
    rules.fits_plan(draft, a.matter.lead_id, at).enforce()
    change_parties(a, draft, at, ask_all=_differs(a, draft))
    title = _title(a, draft, at)
    a.matter.area, a.matter.title = draft.area, title
    a.matter.save(update_fields=["area", "title"])
    a.route, a.route_kind, a.armed = draft.route, draft.route_kind, draft.armed
    a.day, a.planned_start, a.planned_end = local_day(draft.start), draft.start, draft.end
    left = a.campaign_id if a.campaign and not rules.within_campaign(a.campaign, a.day) else None
    a.campaign = None if left else a.campaign
    a.version += 1
    a.save()
    a.legs.all().delete()
    insert(_legs(a, draft))
    count_answers(a.matter)
    facts = {**_facts(a, draft), "version": a.version, "left_campaign": left, "requests": _meet_requests(a, draft, at) or None}
    event = write(by=by, what="patrol.changed", at=at, matter=a.matter, texts={"title": title}, **facts)
    settle([(a, event)], at)
    return a


@action
def cancel(*, by: Post, activity: Activity, why: str, at: datetime) -> Activity:
    """Cancel a patrol, before or after it was held. Figures that stood are taken back; a plan cancelled before its day leaves the plan."""
    return _cancel(by, [activity], why, at)[0]


@action
def cancel_many(*, by: Post, activities: Sequence[Activity], why: str, at: datetime) -> list[Activity]:
    """Cancel up to 200 patrols at once, for one reason: all of them or, if one is refused, none."""
    rules.at_most(len(activities)).enforce()
    rules.each_once([a.pk for a in activities], "activities").enforce()
    return _cancel(by, activities, why, at)


def _cancel(by: Post, activities: Sequence[Activity], why: str, at: datetime) -> list[Activity]:
    chosen = [a.pk for a in activities]
    found = {a.pk: a for a in Activity.objects.select_for_update(of=("self",)).filter(pk__in=chosen).select_related("matter")}
    rows = [found[pk] for pk in chosen]
    for n, (a, reason) in enumerate(zip(rows, keep_many([why] * len(rows), Purpose.REASON, at), strict=True)):
        rules.of_row(rules.may_cancel(by, a, why, local_day(at)), "activities", n, len(rows)).enforce()
        a.cancelled_at, a.why = at, reason
        a.version += 1
    update_each(rows, ["cancelled_at", "why", "version"])
    events = write_many(by=by, at=at, entries=[Entry("patrol.cancelled", a.matter, {}, {"why": a.why}) for a in rows])
    settle(list(zip(rows, events, strict=True)), at)
    return rows


def _plan(by: Post, drafts: Sequence[PatrolDraft], at: datetime) -> list[Activity]:
    rules.may_plan(by, local_day(at)).enforce()
    for n, draft in enumerate(drafts):
        rules.of_row(rules.fits_plan(draft, by.unit_id, at), "drafts", n, len(drafts)).enforce()
    titles = keep_many([d.title for d in drafts], Purpose.TITLE, at)
    openings = [_opening(by, d, title) for d, title in zip(drafts, titles, strict=True)]
    matters = open_matters(kind=MatterKind.PATROL, openings=openings, at=at)
    made = [
        Activity(
            matter=m, route=d.route, route_kind=d.route_kind, armed=d.armed, planned=d.planned, day=local_day(d.start),
            planned_start=d.start, planned_end=d.end,
        )
        for m, d in zip(matters, drafts, strict=True)
    ]  # fmt: skip
    insert(made)
    insert([leg for a, d in zip(made, drafts, strict=True) for leg in _legs(a, d)])
    insert([s for a, d in zip(made, drafts, strict=True) for s in _strengths(a, d)])
    entries = [Entry("patrol.planned", a.matter, _facts(a, d), {"title": a.matter.title}) for a, d in zip(made, drafts, strict=True)]
    events = write_many(by=by, at=at, entries=entries)
    ledger.post([(event, plan_of(a)) for event, a in zip(events, made, strict=True) if rules.plan_counts(a) and not a.matter.exercise])
    return made


def _opening(by: Post, d: PatrolDraft, title: Body | None) -> Opening:
    asked = [Asked(p.unit, p.role) for p in d.parties if p.unit.pk != by.unit_id] + [Asked(u, PartRole.INFORM) for u in d.followers]
    return Opening(lead=by.unit, area=d.area, asked=asked, title=title, exercise=d.exercise)


def _legs(a: Activity, d: PatrolDraft) -> list[Leg]:
    legs = d.legs or [rules.LegDraft(d.area, d.start, d.end)]
    return [Leg(activity=a, n=n, area=leg.area, planned_from=leg.first, planned_to=leg.until) for n, leg in enumerate(legs, 1)]


def _strengths(a: Activity, d: PatrolDraft) -> list[Strength]:
    return [Strength(activity=a, unit=p.unit, team=p.team, planned_teams=p.teams, planned_people=p.people) for p in d.parties]


def _meet_requests(a: Activity, d: PatrolDraft, at: datetime) -> list[int]:
    """Units that had asked the lead to take part or to see, and now do: their requests are met."""
    given = [(p.unit, (Wish.PART, Wish.SEE)) for p in d.parties] + [(unit, (Wish.SEE,)) for unit in d.followers]
    return [met for unit, wishes in given if (met := meet(a.matter, unit, wishes, at)) is not None]


def _facts(a: Activity, d: PatrolDraft) -> dict[str, object]:
    return {
        "from": a.planned_start,
        "to": a.planned_end,
        "area": d.area.code,
        "kind": item_of(a),
        "route": d.route.pk if d.route else None,
        "parties": [[p.unit.key, p.teams, p.people] for p in d.parties],
        "legs": [[leg.area.code, leg.first, leg.until] for leg in d.legs] or None,
    }


def _differs(a: Activity, d: PatrolDraft) -> bool:
    """Whether the draft is another patrol than the one that parties agreed to: when, where, on which way, armed or not."""
    now = (a.planned_start, a.planned_end, a.matter.area_id, a.route_id, a.route_kind, a.armed)
    return now != (d.start, d.end, d.area.pk, d.route.pk if d.route else None, d.route_kind, d.armed)


def _title(a: Activity, d: PatrolDraft, at: datetime) -> Body | None:
    former = a.matter.title
    return former if former and former.text == d.title.strip() else keep(d.title, Purpose.TITLE, at)
