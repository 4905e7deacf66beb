"""What is proposed when many event plans are drawn up at once: out of last year's plan or another one, for each place; and who would stand twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Aggregate, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from phoihop.kernel.period import ONE_DAY, local_day

from ...forces.models import Force, Unit
from ...matters.models import PartRole
from ...people.models import Post
from ...territory.models import Area
from ..models import (
    Agreement,
    AgreementKind,
    AgreementParty,
    EventPost,
    EventPostKind,
    EventResult,
    EventShift,
    PublicEvent,
    SituationKind,
    Stage,
    Version,
)
from ..rules.drafts import AgreementDraft, PartyDraft
from ..rules.planning_events import AT_ONCE as MOST
from ..rules.planning_events import Clash, EventPlanDraft, Stand, clashes, parties_there, settled, shifted, text_again, title_for
from ..rules.plans import Arrangement
from .bound import units_there
from .calendar import event_of, event_plans, last_times, plans_for
from .drafted import draft_of
from .playbook import arrangement_draft
from .versions import shown_to


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plans are to be proposed: one for each event in each area. ``template``: the plan that all follow; without one each follows the plan of
    the same event the last time (``again``), or begins empty with the units that these forces have there."""

    events: Sequence[PublicEvent]
    areas: Sequence[Area]
    cleared_by: str
    cleared_on: date
    template: Agreement | None = None
    again: bool = True
    forces: Sequence[Force] = ()


@dataclass(slots=True)
class Proposal:
    """A plan as it would be drafted, out of which former one, and which of that one's units have no counterpart in the place.

    ``lacking``: of one that follows no former plan, the forces that were asked for and have no unit there.
    """

    plan: EventPlanDraft
    former: Agreement | None = None
    without: list[Unit] = field(default_factory=list)
    lacking: list[Force] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Former:
    agreement: Agreement
    draft: AgreementDraft
    arrangement: Arrangement
    began: date


def proposals(viewer: Post, wanted: Wanted, on: date) -> list[Proposal]:
    """The plans that are wanted, in the order of events and areas. What the viewer takes no part in is no template."""
    last = _last_plans(viewer, wanted, on)
    former_of = cache(partial(_former, viewer))
    there = _places(wanted, on)
    found = []
    for event in wanted.events:
        for area in wanted.areas:
            agreement = wanted.template or last.get((event.pk, area.pk)) or last.get((event.pk, None))
            found.append(_proposal(viewer, wanted, event, area, former_of(agreement) if agreement else None, there))
    return found


def clashes_of(viewer: Post, plans: Sequence[tuple[str, EventPlanDraft]], on: date) -> list[Clash]:
    """Who would stand in two of these plans at once, or in one of them and in a plan in which the viewer's unit takes part."""
    stands = [Stand(n, name, p.place, p.unit, p.since, p.until, p.people) for n, (name, plan) in enumerate(plans) for p in plan.laid.posts]
    if not stands:
        return []
    drafted = {s.plan for s in stands}
    others = _stands_elsewhere(viewer, {s.unit.pk for s in stands}, min(s.since for s in stands), max(s.until for s in stands), on)
    return [c for c in clashes([*stands, *others]) if c.one.plan in drafted or c.other.plan in drafted]


def templates(viewer: Post, on: date, most: int = 50) -> list[Any]:
    """Event plans in which the viewer's unit takes part, the newest first."""
    return list(event_plans(viewer, on).filter(parties__unit=viewer.unit_id).order_by("-valid_from", "-pk")[:most])


def to_send(viewer: Post, on: date) -> list[Any]:
    """Own event plans that nobody was sent yet, the next event first."""
    return list(_with_posts(_own(viewer, on).filter(stage=Stage.DRAFT).order_by(F("valid_from").asc(nulls_last=True), "pk"), _newest)[:MOST])


def to_tell(viewer: Post, on: date) -> list[Any]:
    """Own agreed plans, also while a new version is written, whose event is over and of which nobody has told how it went."""
    over = Q(for_event__event__until__lte=on) | Q(for_event=None, valid_until__lte=on)
    held = _own(viewer, on).filter(over, agreed_on__isnull=False, result=None).exclude(stage=Stage.ENDED)
    return list(_with_posts(held.order_by("valid_from", "pk"), _agreed)[:MOST])


def as_planned(viewer: Post, agreement: Agreement, on: date) -> Any:
    """The viewer's own plan with what its agreed text laid down: with that its result begins. None for somebody else's."""
    return _with_posts(_own(viewer, on).filter(pk=agreement.pk), _agreed).first()


def shifts_to_tell(viewer: Post, on: date) -> list[EventResult]:
    """Results of events at which the viewer's unit is a party and has not said how many it put in; ``planned``: how many its posts were to hold."""
    plans = event_plans(viewer, on).filter(parties__in=AgreementParty.objects.filter(unit=viewer.unit_id).exclude(role=PartRole.INFORM))
    told = EventShift.objects.filter(result=OuterRef("pk"), unit=viewer.unit_id)
    rows = EventResult.objects.filter(~Exists(told), agreement__in=plans).annotate(planned=Subquery(_own_people(viewer, OuterRef("agreement"))))
    return list(rows.select_related("agreement__matter__title", "agreement__matter__area").order_by("held_on", "pk")[:MOST])


def own_people(viewer: Post, agreement: Agreement) -> int | None:
    """How many the viewer's unit was to put in by the agreed text; None where it had no post. The plan was fetched for its viewer."""
    return next(iter(_own_people(viewer, agreement.pk).values_list("n", flat=True)), None)


def _own_people(viewer: Post, agreement: Any) -> QuerySet[Any, Any]:
    own = EventPost.objects.filter(version__agreement=agreement, version=_agreed(OuterRef("version__agreement")), unit=viewer.unit_id).exclude(
        kind=EventPostKind.RESERVE
    )
    return own.order_by().values("version__agreement").annotate(n=Sum("people")).values("n")


def _own(viewer: Post, on: date) -> QuerySet[Any]:
    return event_plans(viewer, on).filter(matter__lead=viewer.unit_id).select_related("for_event__event__name")


def _with_posts(rows: QuerySet[Any], version: Callable[[Any], Subquery]) -> QuerySet[Any]:
    """Plans with how many posts (``fixed_posts``), teams (``mobile_teams``) and people (``planned_people``) one text of each lays down, and until when."""

    def laid(**only: Any) -> QuerySet[Any]:
        return EventPost.objects.filter(version__agreement=OuterRef("pk"), version=version(OuterRef("version__agreement")), **only).order_by()

    def count(**only: Any) -> Subquery:
        return Subquery(laid(**only).values("version__agreement").annotate(n=Count("pk")).values("n"))

    def of_all(amount: Aggregate) -> Subquery:
        return Subquery(laid().values("version__agreement").annotate(n=amount).values("n"))

    return rows.annotate(
        fixed_posts=count(kind=EventPostKind.FIXED), mobile_teams=count(kind=EventPostKind.TEAM), planned_people=of_all(Sum("people")),
        posts_until=of_all(Max("until")),
    )  # fmt: skip


def _newest(agreement: Any) -> Subquery:
    """Its last text, also one that is being written."""
    return Subquery(Version.objects.filter(agreement=agreement).order_by("-number").values("pk")[:1])


def _agreed(agreement: Any) -> Subquery:
    """Its last text that all signed: what was carried out."""
    return Subquery(Version.objects.filter(agreement=agreement, agreed_on__isnull=False).order_by("-number").values("pk")[:1])


def _proposal(viewer: Post, wanted: Wanted, event: PublicEvent, area: Area, former: _Former | None, there: dict[tuple[int, int], Unit]) -> Proposal:
    title = title_for(event.name.text, (event.until - ONE_DAY).year, area)
    if former is None:
        draft = _empty(viewer, wanted, event, area, title, there)
        return Proposal(EventPlanDraft(event, draft), lacking=[f for f in wanted.forces if (f.pk, area.pk) not in there])
    days = (event.first_on - former.began).days
    units = _counterparts(former, area, there)
    validity = (
        min(_later(former.draft.valid_from, days) or event.first_on, event.first_on),
        max(_later(former.draft.valid_until, days) or event.until, event.until),
    )
    draft = text_again(former.draft, title, validity, viewer.unit, event.first_on.year - former.began.year)
    parties = parties_there(draft.parties, viewer.unit, units)
    draft = replace(draft, areas=[area], parties=parties, situation=SituationKind.PUBLIC_EVENT, cleared_by=wanted.cleared_by, cleared_on=wanted.cleared_on)
    arrangement = settled(shifted(former.arrangement, days), units)
    bound = {p.unit.pk for p in parties}
    arrangement = replace(arrangement, posts=[p for p in arrangement.posts if p.unit.pk in bound], checks=[c for c in arrangement.checks if c.unit.pk in bound])
    gone = [p.unit for p in former.draft.parties if p.unit.pk in units and units[p.unit.pk] is None]
    return Proposal(EventPlanDraft(event, draft, arrangement), former.agreement, gone)


def _empty(viewer: Post, wanted: Wanted, event: PublicEvent, area: Area, title: str, there: dict[tuple[int, int], Unit]) -> AgreementDraft:
    helping = [there[force.pk, area.pk] for force in wanted.forces if (force.pk, area.pk) in there]
    parties = parties_there([PartyDraft(unit, PartRole.SUPPORT) for unit in helping], viewer.unit, {})
    return AgreementDraft(
        AgreementKind.EVENT, title, [area], parties, valid_from=event.first_on, valid_until=event.until,
        situation=SituationKind.PUBLIC_EVENT, cleared_by=wanted.cleared_by, cleared_on=wanted.cleared_on,
    )  # fmt: skip


def _counterparts(former: _Former, area: Area, there: dict[tuple[int, int], Unit]) -> dict[int, Unit | None]:
    """For units that stand in the former plan's own place, the unit of the same force in the new one; others go along."""
    home = former.agreement.matter.area_id
    if home == area.pk:
        return {}
    units = {
        u.pk: u for u in [*(p.unit for p in former.draft.parties), *(p.unit for p in former.arrangement.posts), *(c.unit for c in former.arrangement.checks)]
    }
    return {u.pk: there.get((u.force_id, area.pk)) for u in units.values() if u.area_id == home}


def _former(viewer: Post, agreement: Agreement) -> _Former:
    version = shown_to(viewer, agreement)
    event = event_of(agreement)
    draft, arrangement = draft_of(version), arrangement_draft(version)
    first = min((local_day(p.since) for p in arrangement.posts), default=None)
    began = event.first_on if event else first or version.valid_from or local_day(version.made_at)
    return _Former(agreement, draft, arrangement, began)


def _last_plans(viewer: Post, wanted: Wanted, on: date) -> dict[tuple[int, int | None], Agreement]:
    """By event and area (none: any) the own plan of the same event the last time."""
    if wanted.template is not None or not wanted.again:
        return {}
    before = last_times(wanted.events)
    plans = plans_for(viewer, list(before.values()), on)
    found: dict[tuple[int, int | None], Agreement] = {}
    for event, former in before.items():
        for plan in plans[former.pk]:
            if plan.matter.lead_id == viewer.unit_id:
                found.setdefault((event, plan.matter.area_id), plan)
                found.setdefault((event, None), plan)
    return found


def _places(wanted: Wanted, on: date) -> dict[tuple[int, int], Unit]:
    """The unit of each force in each area: at most three queries for each level."""
    forces = list(Force.objects.values_list("pk", flat=True))
    found: dict[tuple[int, int], Unit] = {}
    for level in {a.level for a in wanted.areas}:
        found |= units_there(forces, [a for a in wanted.areas if a.level == level], level, on)
    return found


def _stands_elsewhere(viewer: Post, units: Collection[int], first: Any, until: Any, on: date) -> list[Stand]:
    """Posts of these units in plans that go on, of which the viewer's unit is a party: posts show to nobody else."""
    plans = {a.pk: a for a in event_plans(viewer, on).filter(parties__unit=viewer.unit_id).exclude(stage=Stage.ENDED)}
    rows = EventPost.objects.filter(version__agreement__in=plans, unit__in=units, since__lt=until, until__gt=first)
    newest: dict[int, int] = {}
    found = list(rows.select_related("version", "unit__force", "place"))
    for post in found:
        newest[post.version.agreement_id] = max(newest.get(post.version.agreement_id, 0), post.version.number)
    return [
        Stand(a.matter.code, a.matter.title.text if a.matter.title else a.matter.code, p.place.text, p.unit, p.since, p.until, p.people)
        for p in found
        if p.version.number == newest[p.version.agreement_id] and (a := plans[p.version.agreement_id])
    ]


def _later(day: date | None, days: int) -> date | None:
    return None if day is None else day + days * ONE_DAY
