"""What may be done with a matter, who sees how much of it, and how long its texts are kept."""

from ...people.rules import allowed
from . import events
from .files import is_scan
from .journal import chained, day_is_over, end_of, journal_began, not_signed_yet
from .parts import (
    ANSWERS,
    answer_is_late,
    fits_answer,
    fits_answers,
    fits_unit,
    is_open,
    is_role,
    leads,
    may_answer,
    may_ask,
    may_close,
    may_end_grant,
    may_grant,
    may_withdraw_ask,
)
from .requests import may_decline_request, may_request
from .sight import OPENS, Facet, Sight, may_write, opens, sight
from .texts import LONGEST, RETENTION, fits_length, has_text, keep_until, may_agree_recall, may_recall, names_one_thing

__all__ = [
    "ANSWERS", "LONGEST", "OPENS", "RETENTION", "Facet", "Sight", "allowed", "answer_is_late", "chained", "day_is_over", "end_of", "events",
    "fits_answer", "fits_answers", "fits_length", "fits_unit", "has_text", "is_open", "is_role", "is_scan", "journal_began", "keep_until", "leads",
    "may_agree_recall", "may_answer", "may_ask", "may_close", "may_decline_request", "may_end_grant", "may_grant", "may_recall", "may_request",
    "may_withdraw_ask", "may_write", "names_one_thing", "not_signed_yet", "opens", "sight",
]  # fmt: skip
