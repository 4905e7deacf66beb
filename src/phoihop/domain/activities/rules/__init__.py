"""What may be done with a patrol, and what it is at a moment. Nothing here reads a clock or a table."""

from ...matters.rules import is_scan
from ...people.rules import allowed
from . import events
from .batches import AT_ONCE, at_most, beside_each_other, each_once, of_row
from .clashes import Slot, clashes, free_team
from .confirming import LINK_LIVES, all_said, is_for, may_confirm, may_enter_paper, may_make_link, may_speak_by_link
from .drafts import Counted, LegDraft, PartyDraft, PatrolDraft, PointDraft, Result, RouteDraft, Word
from .holding import has_begun, has_legs, may_report, may_start, may_tap, may_tell, outlier
from .planning import area_exists, fits_plan, fits_times, is_lead, may_cancel, may_change, may_plan, stays_what_it_is, unchanged, unit_exists, usual_length
from .routes import fits_route, may_change_route, may_draw, may_join, may_open_campaign, next_day, within_campaign
from .state import STATE_NAMES, Grace, State, counts, exact, plan_counts, plan_day, state
from .statement import Present, Statement

__all__ = [
    "AT_ONCE", "LINK_LIVES", "STATE_NAMES", "Counted", "Grace", "LegDraft", "PartyDraft", "PatrolDraft", "PointDraft", "Present", "Result", "RouteDraft",
    "Slot", "State", "Statement", "Word", "all_said", "allowed", "area_exists", "at_most", "beside_each_other", "clashes", "counts", "each_once", "events", "exact",
    "fits_plan", "fits_route", "fits_times", "free_team", "has_begun", "has_legs", "is_for", "is_lead", "is_scan", "may_cancel", "may_change", "may_change_route", "may_confirm", "may_draw",
    "may_enter_paper", "may_join", "may_make_link", "may_open_campaign", "may_plan", "may_report", "may_speak_by_link", "may_start", "may_tap", "may_tell",
    "next_day", "of_row", "outlier", "plan_counts", "plan_day", "state", "stays_what_it_is", "unchanged", "unit_exists", "usual_length", "within_campaign",
]  # fmt: skip
