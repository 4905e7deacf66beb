"""How plans are said: spans, who does a step, how far a team is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phoihop.domain.agreements.models import TaskTeamMember
from phoihop.kernel.period import ONE_DAY, local_day

from ..templatetags.face import tag

_HOUR, _DAY = 60, 24 * 60


def span(minutes: int) -> str:
    """Minutes as people say them: 30 phút, 3 giờ, 2 ngày."""
    for unit, words in ((_DAY, _("%(n)d ngày")), (_HOUR, _("%(n)d giờ"))):
        if minutes % unit == 0:
            return words % {"n": minutes // unit}
    return _("%(n)d phút") % {"n": minutes}


def last_day(plan: Any) -> date | None:
    """The last day of the event that a plan is for, else of the plan, else of its posts. ``plan``: of ``queries.planning_events``."""
    named = getattr(plan, "for_event", None)
    until = named.event.until if named else plan.valid_until
    if until is None:
        return local_day(plan.posts_until) if plan.posts_until else None
    return until - ONE_DAY


def place_tag(place: TaskTeamMember) -> SafeString:
    if place.accepted is None:
        return tag(_("chưa trả lời"), "warn")
    return tag(_("đã nhận lời"), "ok") if place.accepted else tag(_("không tham gia"), "")


def spot_tag(ready: bool | None) -> SafeString | str:
    if ready is None:
        return "–"
    return tag(_("đã bảo đảm"), "ok") if ready else tag(_("chưa bảo đảm"), "danger")


def shortage(need: Any) -> SafeString | str:
    """A need beside what there is: "–" where nothing is registered; never by colour alone."""
    if need.short is None:
        return "–"
    return tag(_("thiếu %(n)d") % {"n": need.short}, "danger") if need.short else tag(_("đủ"), "ok")
