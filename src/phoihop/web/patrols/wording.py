"""How patrols are said: the tag of a state, the hours, the name of one that has no title, how many have confirmed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.models import Activity, RouteKind
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.kernel.figures_text import MISSING
from phoihop.kernel.period import HOME, local_day

from .. import moments
from ..templatetags.face import tag

# Red is for what is overdue: a patrol that should have left. Everything else that waits is amber.
STATE_KINDS = {
    State.PLANNED: "", State.READY: "ok", State.LATE: "danger", State.UNDER_WAY: "info", State.MISSING: "warn", State.WAITING: "warn",
    State.HELD: "ok", State.DISPUTED: "warn", State.NOT_HELD: "", State.CANCELLED: "",
}  # fmt: skip
STATE_ICONS = {
    State.PLANNED: "calendar", State.READY: "users", State.LATE: "clock-exclamation", State.UNDER_WAY: "route", State.MISSING: "clipboard-x",
    State.WAITING: "hourglass", State.HELD: "circle-check", State.DISPUTED: "scale", State.NOT_HELD: "circle-off", State.CANCELLED: "ban",
}  # fmt: skip
KIND_ICONS = {
    RouteKind.SEA: "anchor", RouteKind.RIVER: "ripple", RouteKind.ROAD: "road", RouteKind.RESIDENTIAL: "home-2", RouteKind.BORDER: "map-2",
}  # fmt: skip


def state_tag(state: State) -> SafeString:
    return tag(STATE_NAMES[state], STATE_KINDS[state], STATE_ICONS[state])


def hours(start: datetime | None, end: datetime | None) -> str:
    """20:00–22:00; past midnight 22:00–01:00 (+1)."""
    if start is None or end is None:
        return MISSING
    nights = (local_day(end) - local_day(start)).days
    return f"{moments.clock(start)}–{moments.clock(end)}" + (f" (+{nights})" if nights else "")


def name_of(a: Activity, exact: bool) -> str:
    """Its title, else its route, else what kind it is; who may not see it exactly reads the title or nothing more."""
    if a.matter.title is not None and a.matter.title.text:
        return a.matter.title.text
    if not exact:
        return _("Tuần tra chung")
    return a.route.name if a.route else str(RouteKind(a.route_kind).label)


def when_of(a: Activity) -> tuple[datetime, datetime]:
    """As it was, once there is a result; as planned before."""
    return (a.started_at, a.ended_at) if a.started_at and a.ended_at else (a.planned_start, a.planned_end)


def strength(teams: int, people: int) -> str:
    """2 tổ · 7 người"""
    return " · ".join((ngettext("%(n)s tổ", "%(n)s tổ", teams) % {"n": teams}, people_of(people)))


def people_of(n: int) -> str:
    return ngettext("%(n)s người", "%(n)s người", n) % {"n": n}


def day_words(day: date, today: date) -> str:
    """T7 21/11"""
    return f"{moments.SHORT_WEEKDAYS[day.weekday()]} {moments.short_day(day, today)}"


def local(moment: datetime) -> datetime:
    return moment.astimezone(HOME)


def title_case(text: Any) -> str:
    """The first letter large: names of states and kinds are written small inside sentences."""
    said = str(text)
    return said[:1].upper() + said[1:]
