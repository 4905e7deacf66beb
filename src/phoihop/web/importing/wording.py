"""How imports are said: the tag of a state, what the worker is doing, what a row is that is no patrol."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.activities.models import ImportRun, ImportState, RowState

from .. import moments
from ..templatetags.face import tag

ESTIMATED_FROM = 10
"""Per cent of the lines; they take about the same time each, so a guess is fair early."""

STATE_KINDS = {
    ImportState.READING: "info", ImportState.PREVIEW: "warn", ImportState.RUNNING: "info", ImportState.DONE: "ok",
    ImportState.WITHDRAWING: "info", ImportState.WITHDRAWN: "",
}  # fmt: skip
ROW_KINDS = {
    RowState.WAITING: "info", RowState.READY: "ok", RowState.DOUBTFUL: "warn", RowState.SAME: "line",
    RowState.SKIPPED: "", RowState.DONE: "ok", RowState.WITHDRAWN: "",
}  # fmt: skip
DOING = {
    ImportState.READING: lazy("Đang đọc sổ"),
    ImportState.RUNNING: lazy("Đang nhập các dòng sẵn sàng"),
    ImportState.WITHDRAWING: lazy("Đang rút lại các cuộc đã nhập"),
}
PASSED = {
    "blank": lazy("dòng trống"),
    "heading": lazy("tiêu đề lặp lại"),
    "title": lazy("tên sổ, tên tháng"),
    "total": lazy("dòng cộng"),
    "signature": lazy("chỗ ký"),
    "stray": lazy("không có ngày, giờ hay lực lượng"),
}


def run_tag(run: ImportRun) -> SafeString:
    state = ImportState(run.state)
    return tag(state.label, STATE_KINDS[state])


def row_tag(state: str) -> SafeString:
    return tag(RowState(state).label, ROW_KINDS[RowState(state)])


def sentence(said: Mapping[str, str]) -> str:
    """A stored sentence in the reader's language."""
    return said.get(get_language() or "vi") or said.get("vi", "")


def job(run: ImportRun, url: str, now: datetime) -> dict[str, Any]:
    """For ui/job.html: how far the present piece of work has come."""
    state = ImportState(run.state)
    share = 100 * run.handled // run.total if run.total else 0
    order = (ImportState.WITHDRAWING,) if state is ImportState.WITHDRAWING else (ImportState.READING, ImportState.PREVIEW, ImportState.RUNNING)
    return {
        "title": DOING[state], "done": run.handled, "total": run.total, "unit": _("dòng"), "url": url, "quarter": share // 25 * 25,
        "left": moments.left(run.since, now, run.handled, run.total, ESTIMATED_FROM),
        "steps": [{"label": _STEPS[one], "state": _place(order.index(one), order.index(state)), "about": ""} for one in order],
    }  # fmt: skip


_STEPS = {
    ImportState.READING: lazy("Đọc từng dòng, đối chiếu tên xã, đơn vị, tuyến"),
    ImportState.PREVIEW: lazy("Bạn xem lại và sửa chỗ còn ngờ"),
    ImportState.RUNNING: lazy("Ghi thành cuộc tuần tra, gửi các bên xác nhận"),
    ImportState.WITHDRAWING: lazy("Hủy từng cuộc của lần nhập, trả lại số liệu"),
}


def _place(at: int, now: int) -> str:
    return "done" if at < now else "now" if at == now else "next"
