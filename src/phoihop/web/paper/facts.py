"""A patrol in the words of paper: who goes how strong, what came of it, who confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Activity, Confirmation, OutcomeKind, RouteKind, Way
from phoihop.domain.activities.queries.parties import Party
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.matters.models import PartState
from phoihop.kernel.figures_text import day, reader
from phoihop.kernel.period import local_day

from .. import moments
from ..patrols.wording import title_case


def span(start: datetime, end: datetime) -> str:
    """20:00–22:00 ngày 01/06/2026; past midnight both days are said."""
    first, last = local_day(start), local_day(end)
    if first == last:
        return _("%(a)s–%(b)s ngày %(day)s") % {"a": moments.clock(start), "b": moments.clock(end), "day": day(first, reader())}
    return f"{moments.exact(start)} – {moments.exact(end)}"


def way_of(a: Activity) -> str:
    """Its route, else what kind of route it is; armed or not."""
    named = f"{a.route.code} · {a.route.name}" if a.route else str(RouteKind(a.route_kind).label)
    return f"{named}, {_('vũ trang')}" if a.armed else named


def answer_of(party: Party) -> str:
    if party.leads:
        return _("chủ trì")
    return str(PartState(party.part.state).label) if party.part else ""


def word_of(party: Party, a: Activity) -> str:
    """What a party said of the result; who recorded it says nothing beside that."""
    if a.recorder_id == party.unit.pk:
        return _("ghi kết quả")
    return word(party.word)


def word(said: Confirmation | None) -> str:
    if said is None:
        return ""
    if not said.agrees:
        return _("không xác nhận")
    return _("xác nhận bản giấy") if said.way == Way.PAPER else _("đã xác nhận")


def outcomes(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {OutcomeKind(kind).label}" for kind, count in pairs)


def state_words(state: Any) -> str:
    return title_case(STATE_NAMES[State(state)])
