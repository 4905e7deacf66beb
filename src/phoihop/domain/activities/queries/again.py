"""Plans that repeat what was planned before: last month again, every week. They are drafts; an action plans them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from phoihop.kernel.period import HOME, Period, month_start

from ...matters.models import PartRole, PartState
from ...people.models import Post
from ..models import Activity
from ..rules import LegDraft, PartyDraft, PatrolDraft

WEEK = timedelta(days=7)


def drafts_of(activities: list[Activity], shift: dict[int, timedelta]) -> list[PatrolDraft]:
    """Each patrol as a draft, moved by its shift. Reads parties, legs and followers of all of them at once."""
    rows = (
        Activity.objects.filter(pk__in=[a.pk for a in activities])
        .select_related("matter__area", "route")
        .prefetch_related("legs__area", "strengths__unit__force", "matter__parts__unit__force")
        .order_by("planned_start", "pk")
    )
    return [_draft(a, shift[a.pk]) for a in rows]


def month_again(post: Post, year: int, month: int) -> list[PatrolDraft]:
    """My unit's patrols of the month before, on the same weekday of the same week of the given month; days that do not exist are left out."""
    before = Period(month_start(year, month - 1), month_start(year, month))
    rows = list(Activity.objects.filter(matter__lead=post.unit_id, day__gte=before.first, day__lt=before.until, planned=True, cancelled_at=None))
    moved: dict[int, timedelta] = {}
    for a in rows:
        same = same_weekday(a.day, year, month)
        if same is not None:
            moved[a.pk] = same - a.day
    return drafts_of([a for a in rows if a.pk in moved], moved)


def same_weekday(day: date, year: int, month: int) -> date | None:
    """The n-th Tuesday for an n-th Tuesday; None for a fifth one that the month lacks."""
    first = month_start(year, month)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * ((day.day - 1) // 7))
    return found if found < month_start(year, month + 1) else None


def every_week(activity: Activity, until: date) -> list[PatrolDraft]:
    """The patrol again in each following week, up to a day."""
    drafts, shift = [], WEEK
    while activity.day + shift < until:
        drafts += drafts_of([activity], {activity.pk: shift})
        shift += WEEK
    return drafts


def _draft(a: Activity, shift: timedelta) -> PatrolDraft:
    parts = {p.unit_id: p for p in a.matter.parts.all() if p.state != PartState.WITHDRAWN}
    return PatrolDraft(
        start=_moved(a.planned_start, shift),
        end=_moved(a.planned_end, shift),
        area=a.matter.area,
        route_kind=a.route_kind,
        route=a.route,
        armed=a.armed,
        title=a.matter.title.text if a.matter.title else "",
        parties=[
            PartyDraft(s.unit, s.planned_people, s.planned_teams, s.team, parts[s.unit_id].role if s.unit_id in parts else PartRole.SUPPORT)
            for s in a.strengths.all()
            if s.unit_id == a.matter.lead_id or s.unit_id in parts
        ],
        legs=[LegDraft(leg.area, _moved(leg.planned_from, shift), _moved(leg.planned_to, shift)) for leg in a.legs.all()],
        followers=[p.unit for p in parts.values() if p.role == PartRole.INFORM],
        exercise=a.matter.exercise,
    )


def _moved(moment: datetime, shift: timedelta) -> datetime:
    """The same time of day, so many days on."""
    local = moment.astimezone(HOME)
    return datetime.combine(local.date() + shift, time(local.hour, local.minute), HOME)
