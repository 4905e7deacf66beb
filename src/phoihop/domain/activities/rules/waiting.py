"""What can wait for a unit, and by when a word is expected. One order, by deadline; the clock may say overdue, nothing more."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Waits(StrEnum):
    """What waits for a unit."""

    ASKED = "asked"
    OFFERED_LEAD = "offered-lead"
    RESULT = "result"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    TASK_ASKED = "task-asked"
    TASK_OPEN = "task-open"
    TASK_ANSWERED = "task-answered"
    TASK_HELP = "task-help"
    TASK_EXTENSION = "task-extension"
    JOIN = "join"
    OPINION = "opinion"
    SIGNATURE = "signature"
    WISH = "wish"
    PREPARE = "prepare"
    TEAM = "team"
    SHIFT = "shift"


WAIT_NAMES = {
    Waits.ASKED: _("đề nghị phối hợp"),
    Waits.OFFERED_LEAD: _("mời chủ trì"),
    Waits.RESULT: _("thiếu kết quả"),
    Waits.CONFIRM: _("chờ xác nhận"),
    Waits.DISPUTE: _("chưa thống nhất"),
    Waits.TASK_ASKED: _("đề nghị nhận nhiệm vụ"),
    Waits.TASK_OPEN: _("nhiệm vụ"),
    Waits.TASK_ANSWERED: _("trả lời chờ kết thúc"),
    Waits.TASK_HELP: _("đề nghị phối hợp nhiệm vụ"),
    Waits.TASK_EXTENSION: _("xin gia hạn nhiệm vụ"),
    Waits.JOIN: _("xin tham gia, xin xem"),
    Waits.OPINION: _("chờ góp ý dự thảo"),
    Waits.SIGNATURE: _("chờ ký"),
    Waits.WISH: _("góp ý chờ trả lời"),
    Waits.PREPARE: _("chuẩn bị theo kế hoạch"),
    Waits.TEAM: _("mời vào tổ, đội công tác"),
    Waits.SHIFT: _("chờ ghi số lượt người"),
}

WORD_WITHIN = timedelta(days=3)
"""Within how long a result is confirmed, an answer closed, a request to join answered: our own measure, no law sets one."""

SETTLED_WITHIN = timedelta(days=7)
"""Within how long after the result parties that disagree settle it."""

WITHIN: dict[Waits, timedelta] = {
    Waits.CONFIRM: WORD_WITHIN,
    Waits.TASK_ANSWERED: WORD_WITHIN,
    Waits.JOIN: WORD_WITHIN,
    Waits.WISH: WORD_WITHIN,
    Waits.SHIFT: WORD_WITHIN,
    Waits.DISPUTE: SETTLED_WITHIN,
}
"""For what bears no deadline of its own: how long after it began to wait. A missing result waits since its grace ran out."""
