"""What an agreement can need of a unit: who of it may answer, since or until when it waits, by when a word is expected."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import HOME, ONE_DAY

from ..models import Norm
from .norms import SHIPPED
from .reviewing import months_after


class Needs(StrEnum):
    """What waits for a unit, in the order of a glance: to speak, to sign, to say what it makes of it, to say that it has it and made it known,
    what a plan asks of it; and for a lead."""

    OPINION = "opinion"
    SIGN = "sign"
    APPROVE = "approve"
    PAPER = "paper"
    ADOPT = "adopt"
    RECEIVE = "receive"
    SPREAD = "spread"
    PREPARE = "prepare"
    TEAM = "team"
    SHIFT = "shift"
    WISHES = "wishes"
    PROPOSAL = "proposal"
    REVIEW = "review"
    PRACTISE = "practise"


NEED_NAMES: dict[str, Any] = {
    Needs.OPINION: _("chờ góp ý dự thảo"), Needs.SIGN: _("chờ ký"), Needs.APPROVE: _("chờ phê duyệt"), Needs.PAPER: _("chờ ghi nhận bản giấy"), Needs.ADOPT: _("chờ ban hành, thực hiện"),
    Needs.RECEIVE: _("chờ báo nhận"), Needs.SPREAD: _("chờ quán triệt"), Needs.PREPARE: _("chuẩn bị theo kế hoạch"),
    Needs.TEAM: _("mời vào tổ, đội công tác"), Needs.SHIFT: _("chờ ghi số lượt người"), Needs.WISHES: _("góp ý chờ trả lời"),
    Needs.PROPOSAL: _("đề xuất sửa đổi chờ trả lời"), Needs.REVIEW: _("đến kỳ rà soát"), Needs.PRACTISE: _("đến kỳ luyện tập"),
}  # fmt: skip

ANSWERED_BY: dict[Needs, tuple[str, ...]] = {
    Needs.OPINION: ("agreement.opine",), Needs.SIGN: ("agreement.sign", "agreement.paper"), Needs.APPROVE: ("agreement.paper",), Needs.PAPER: ("agreement.paper",),
    Needs.ADOPT: ("agreement.adopt",), Needs.RECEIVE: ("matter.answer",), Needs.SPREAD: ("matter.answer",), Needs.PREPARE: ("task.answer",),
    Needs.TEAM: ("agreement.opine",), Needs.SHIFT: ("agreement.opine",), Needs.WISHES: ("agreement.draft",), Needs.PROPOSAL: ("agreement.register",),
    Needs.REVIEW: ("agreement.register",), Needs.PRACTISE: ("agreement.draft",),
}  # fmt: skip
"""What a post may that answers: with any of these it is told. The rest of the unit has somebody else for it."""

WISHES_WITHIN = timedelta(days=3)
"""Within how long the lead answers a wish, and a party says how many it put in at an event: our own measure, as for every word that is awaited."""

RECEIVED_WITHIN = timedelta(days=3)
SPREAD_WITHIN = timedelta(days=30)
"""Within how long after it was received a text is made known to one's own: our own measure."""

APPROVED_WITHIN = timedelta(days=10)
"""Within how long after the last party signed a body above decides whether it approves: our own measure."""

PROPOSAL_WITHIN = timedelta(days=30)
"""Within how long the lead answers a proposal of change: our own measure."""

PRACTISED_EVERY = int(SHIPPED[Norm.PRACTICE_MONTHS].value)
"""Months after which a contingency plan is practised again where nobody laid down otherwise; the first time after it was agreed."""

AHEAD = timedelta(days=30)
"""From how long before its day a review or a practice waits for the lead."""

_WITHIN = {
    Needs.APPROVE: APPROVED_WITHIN, Needs.RECEIVE: RECEIVED_WITHIN, Needs.SPREAD: SPREAD_WITHIN, Needs.SHIFT: WISHES_WITHIN,
    Needs.WISHES: WISHES_WITHIN, Needs.PROPOSAL: PROPOSAL_WITHIN,
}  # fmt: skip
BY_DAY = frozenset({Needs.ADOPT, Needs.TEAM, Needs.SHIFT, Needs.REVIEW, Needs.PRACTISE})
"""What is due by the end of a day in Vietnam; its ``since`` is the midnight (UTC) that a day is as a moment in the database."""


def due_of(need: Needs, since: datetime) -> datetime:
    """By when a word is expected. ``since``: the deadline itself where one was set, else from when it waits."""
    within = _WITHIN.get(need, timedelta())
    if need not in BY_DAY:
        return since + within
    day = since.astimezone(UTC).date()
    if need is Needs.PRACTISE:
        day = months_after(day, PRACTISED_EVERY)
    return datetime.combine(day + ONE_DAY, time(), HOME) + within
