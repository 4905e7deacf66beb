"""Plans that repeat what was planned before: last month again, every week. They are drafts; an action plans them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from phoihop.kernel.period import HOME, Period, local_day, month_start

from ...matters.models import PartRole, PartState
from ...people.models import Post
from ..models import Activity
from ..rules import LegDraft, PartyDraft, PatrolDraft

WEEK = timedelta(days=7)


def month_again(post: Post, year: int, month: int) -> list[PatrolDraft]:
    """My unit's plans of the month before, on the same weekday of the same week of the given month; days that do not exist are left out."""
    again = repeats(post, year, month)
    drafts = drafts_by_patrol(post, [pk for pk, _day in again])
    return sorted((on_day(drafts[pk], day) for pk, day in again), key=lambda d: d.start)


def repeats(post: Post, year: int, month: int) -> list[tuple[int, date]]:
    """Which patrols of the month before (by key) come again on which day of the given month: :func:`month_again` before it is drafted."""
    before = Period(month_start(year, month - 1), month_start(year, month))
    rows = Activity.objects.filter(
        matter__lead=post.unit_id, planned_start__gte=_midnight(before.first), planned_start__lt=_midnight(before.until), planned=True, cancelled_at=None
    ).order_by("planned_start", "pk")
    days = ((pk, same_weekday(local_day(start), year, month)) for pk, start in rows.values_list("pk", "planned_start"))
    return [(pk, day) for pk, day in days if day is not None]


def same_weekday(day: date, year: int, month: int) -> date | None:
    """The n-th Tuesday for an n-th Tuesday; None for a fifth one that the month lacks."""
    first = month_start(year, month)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * ((day.day - 1) // 7))
    return found if found < month_start(year, month + 1) else None


def every_week(post: Post, activity: Activity, until: date) -> list[PatrolDraft]:
    """A patrol that my unit leads again in each following week, up to a day."""
    drafts = []
    for draft in drafts_of([activity.pk]) if activity.matter.lead_id == post.unit_id else ():
        shift = WEEK
        while draft.start.astimezone(HOME).date() + shift < until:
            drafts.append(moved(draft, shift))
            shift += WEEK
    return drafts


def drafts_of(activities: Collection[int]) -> list[PatrolDraft]:
    """Patrols as drafts, in the order of their start: with the parties that were not taken off, legs and followers."""
    rows = (
        Activity.objects.filter(pk__in=activities)
        .select_related("matter__area", "matter__title", "route")
        .prefetch_related("legs__area", "strengths__unit__force", "matter__parts__unit__force")
        .order_by("planned_start", "pk")
    )
    return [_draft(a) for a in rows]


def drafts_by_patrol(post: Post, activities: Collection[int]) -> dict[int, PatrolDraft]:
    """Patrols that my unit leads as drafts, by their key; others' are left out."""
    led = Activity.objects.filter(pk__in=list(activities), matter__lead=post.unit_id).order_by("planned_start", "pk").values_list("pk", flat=True)
    keys = list(led)
    return dict(zip(keys, drafts_of(keys), strict=True))


def on_day(draft: PatrolDraft, day: date) -> PatrolDraft:
    """The same plan on another day."""
    return moved(draft, day - local_day(draft.start))


def moved(draft: PatrolDraft, shift: timedelta) -> PatrolDraft:
    """The same plan so many days later, at the same times of day (Vietnam keeps one time all year)."""
    legs = [replace(leg, first=leg.first + shift, until=leg.until + shift) for leg in draft.legs]
    return replace(draft, start=draft.start + shift, end=draft.end + shift, legs=legs)


def _draft(a: Activity) -> PatrolDraft:
    parts = {p.unit_id: p for p in a.matter.parts.all() if p.state != PartState.WITHDRAWN}
    whole = LegDraft(a.matter.area, a.planned_start, a.planned_end)
    legs = [LegDraft(leg.area, leg.planned_from, leg.planned_to) for leg in sorted(a.legs.all(), key=lambda leg: leg.n)]
    return PatrolDraft(
        start=a.planned_start.astimezone(HOME),
        end=a.planned_end.astimezone(HOME),
        area=a.matter.area,
        route_kind=a.route_kind,
        route=a.route,
        armed=a.armed,
        title=a.matter.title.text if a.matter.title else "",
        parties=[
            PartyDraft(s.unit, s.planned_people, s.planned_teams, s.team, _role(parts[s.unit_id].role) if s.unit_id in parts else PartRole.SUPPORT)
            for s in sorted(a.strengths.all(), key=lambda s: (s.unit_id != a.matter.lead_id, s.pk))
            if s.unit_id == a.matter.lead_id or s.unit_id in parts
        ],
        legs=[] if legs == [whole] else legs,
        followers=[p.unit for p in parts.values() if p.role == PartRole.INFORM],
        exercise=a.matter.exercise,
    )


def _role(role: str) -> str:
    """Who was offered or had the lead is asked as a party: the plan that repeats is led by who plans it."""
    return PartRole.SUPPORT if role == PartRole.LEAD else role


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HOME)
