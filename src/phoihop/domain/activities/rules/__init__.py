"""What may be done with a patrol, and what it is at a moment. Nothing here reads a clock or a table."""

from ...people.rules import allowed
from . import events
from .clashes import Slot, clashes, free_team
from .confirming import LINK_LIVES, link_is_good, may_confirm, may_enter_paper, may_make_link, what_is_confirmed
from .drafts import Counted, LegDraft, PartyDraft, PatrolDraft, Result, Word
from .holding import may_report, may_start, may_tap, outlier
from .planning import (
    AT_ONCE,
    area_exists,
    at_most,
    fits_party,
    fits_plan,
    fits_times,
    is_lead,
    may_cancel,
    may_change,
    may_plan,
    unchanged,
)
from .routes import fits_route, may_change_route, may_draw, may_join, may_open_campaign, next_day
from .state import STATE_NAMES, Grace, State, counts, state

__all__ = [
    "AT_ONCE", "LINK_LIVES", "STATE_NAMES", "Counted", "Grace", "LegDraft", "PartyDraft", "PatrolDraft", "Result", "Slot", "State", "Word",
    "allowed", "area_exists", "at_most", "clashes", "counts", "events", "fits_party", "fits_plan", "fits_route", "fits_times", "free_team", "is_lead", "link_is_good",
    "may_cancel", "may_change", "may_change_route", "may_confirm", "may_draw", "may_enter_paper", "may_join", "may_make_link", "may_open_campaign", "may_plan", "may_report", "may_start", "may_tap", "next_day", "outlier",
    "state", "unchanged", "what_is_confirmed",
]  # fmt: skip
