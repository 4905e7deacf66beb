"""Everything that changes a task, the directive that it comes from, and the consents that it takes."""

from .directives import finish_directive, register_directive
from .giving import (
    answer,
    answer_extension,
    answer_request,
    answer_support,
    ask_extension,
    close,
    extend,
    give,
    give_many,
    hand_over_tasks,
    send_back,
    withdraw,
)
from .mobilising import answer_consent, enter_paper_consent

__all__ = [
    "answer", "answer_consent", "answer_extension", "answer_request", "answer_support", "ask_extension", "close", "enter_paper_consent", "extend",
    "finish_directive", "give", "give_many", "hand_over_tasks", "register_directive", "send_back", "withdraw",
]  # fmt: skip
