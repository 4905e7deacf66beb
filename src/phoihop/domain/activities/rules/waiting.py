"""What can wait for a unit, and by when a word is expected. One order, by deadline; the clock may say overdue, nothing more."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from ...agreements.rules.needs import NEED_NAMES


class Waits(StrEnum):
    """What waits for a unit of patrols, tasks and matters; what agreements need of it says ``agreements.rules.needs``."""

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
    TASK_LATE = "task-late"
    TASK_CONSENT = "task-consent"
    JOIN = "join"


WAIT_NAMES: dict[str, Any] = {
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
    Waits.TASK_LATE: _("nhiệm vụ đã giao, quá hạn"),
    Waits.TASK_CONSENT: _("chờ đồng ý điều động dân quân"),
    Waits.JOIN: _("xin tham gia, xin xem"),
    **NEED_NAMES,
}

WORD_WITHIN = timedelta(days=3)
"""Within how long a result is confirmed, an answer closed, a request to join answered: our own measure, no law sets one."""

SETTLED_WITHIN = timedelta(days=7)
"""Within how long after the result parties that disagree settle it."""

WITHIN: dict[Waits, timedelta] = {
    Waits.CONFIRM: WORD_WITHIN,
    Waits.TASK_ANSWERED: WORD_WITHIN,
    Waits.JOIN: WORD_WITHIN,
    Waits.DISPUTE: SETTLED_WITHIN,
}
"""For what bears no deadline of its own: how long after it began to wait. A missing result waits since its grace ran out."""
