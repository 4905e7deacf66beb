"""What may be done with tasks, with the directives that they come from, and with militia that they ask for."""

from .directives import DirectiveDraft, fits_directive, may_finish, may_register
from .giving import (
    MOST_AT_ONCE,
    WAITS_ON_LEAD,
    TaskDraft,
    fits_many,
    is_overdue,
    may_answer,
    may_answer_extension,
    may_answer_request,
    may_answer_support,
    may_ask_extension,
    may_close,
    may_extend,
    may_give,
    may_return,
    may_withdraw,
)
from .mobilising import MilitiaDraft, binds, fits_militia, may_consent, may_enter_paper
from .raising import fits_grace, raised_on
from .whose import is_giver, is_task_lead

__all__ = [
    "MOST_AT_ONCE", "WAITS_ON_LEAD", "DirectiveDraft", "MilitiaDraft", "TaskDraft", "binds", "fits_directive", "fits_grace", "fits_many", "fits_militia",
    "is_giver", "is_overdue", "is_task_lead", "may_answer", "may_answer_extension", "may_answer_request", "may_answer_support", "may_ask_extension",
    "may_close", "may_consent", "may_enter_paper", "may_extend", "may_finish", "may_give", "may_register", "may_return", "may_withdraw", "raised_on",
]  # fmt: skip
