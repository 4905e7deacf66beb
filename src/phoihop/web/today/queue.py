"""The rows of the queue: what waits, for whom, until when, and the one thing that can be done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.activities.queries.waiting import REMINDED, Waiting
from phoihop.domain.activities.rules.waiting import WAIT_NAMES, Waits
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may

from ..waiting import AGREEMENTS, TASKS

SHOWN = 12


class Do(NamedTuple):
    """The one primary action: a POST to ``url`` with ``digest``, or a way to the page where it is done."""

    label: Any
    url: str
    post: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    url: str
    code: str
    force: str
    about: str
    kind: Any
    due: datetime
    do: Do | None
    key: str


_ACTS: dict[Waits, tuple[Any, str, str, bool]] = {
    Waits.ASKED: (lazy("Nhận lời"), "/hom-nay/nhan-loi/%(key)s/", "matter.answer", True),
    Waits.OFFERED_LEAD: (lazy("Xem"), "/tuan-tra/%(code)s/", "matter.answer", False),
    Waits.RESULT: (lazy("Ghi kết quả"), "/tuan-tra/%(code)s/ket-qua/", "patrol.result", False),
    Waits.CONFIRM: (lazy("Xác nhận"), "/hom-nay/xac-nhan/%(key)s/", "patrol.confirm", True),
    Waits.DISPUTE: (lazy("So sánh"), "/tuan-tra/%(code)s/", "patrol.result", False),
    Waits.TASK_ASKED: (lazy("Nhận"), "/nhiem-vu/%(code)s/nhan/", "task.answer", True),
    Waits.TASK_OPEN: (lazy("Trả lời"), "/nhiem-vu/%(code)s/#viec-can-lam", "task.answer", False),
    Waits.TASK_ANSWERED: (lazy("Kết thúc"), "/nhiem-vu/%(code)s/xong/", "task.close", True),
    Waits.TASK_HELP: (lazy("Nhận lời"), "/nhiem-vu/%(code)s/phoi-hop/", "task.answer", True),
    Waits.TASK_EXTENSION: (lazy("Trả lời"), "/nhiem-vu/%(code)s/#viec-can-lam", "task.give", False),
    Waits.JOIN: (lazy("Xem"), "/m/%(code)s/", "matter.ask", False),
    Waits.OPINION: (lazy("Góp ý"), "/ke-hoach/%(code)s/#viec-can-lam", "agreement.opine", False),
    Waits.SIGNATURE: (lazy("Xem để ký"), "/ke-hoach/%(code)s/#viec-can-lam", "agreement.paper", False),
    Waits.WISH: (lazy("Trả lời"), "/ke-hoach/%(code)s/#gop-y", "agreement.draft", False),
    Waits.PREPARE: (lazy("Đã xong"), "/ke-hoach/%(code)s/chuan-bi/%(key)s/", "task.answer", True),
    Waits.TEAM: (lazy("Xem"), "/ke-hoach/%(code)s/#teams", "agreement.opine", False),
    Waits.SHIFT: (lazy("Ghi số"), "/ke-hoach/%(code)s/#event-result", "agreement.opine", False),
}


def rows(post: Post, found: Iterable[Waiting]) -> list[Row]:
    return [_row(post, one) for one in found]


def _row(post: Post, one: Waiting) -> Row:
    kind = _("đã nhắc, %(what)s") % {"what": WAIT_NAMES[one.waits]} if one.mark == REMINDED else WAIT_NAMES[one.waits]
    return Row(_title(one), _page(one), one.code, one.force, f"{one.unit} · {one.place}", kind, one.due, _do(post, one), f"{one.code}-{one.key}")


def _page(one: Waiting) -> str:
    if one.waits in TASKS:
        return f"/nhiem-vu/{one.code}/"
    if one.waits in AGREEMENTS:
        return f"/ke-hoach/{one.code}/"
    return f"/tuan-tra/{one.code}/" if one.code.startswith("TT") else f"/m/{one.code}/"


def _title(one: Waiting) -> str:
    if one.waits is Waits.JOIN:
        return _("%(unit)s xin tham gia, xin xem %(code)s") % {"unit": one.unit, "code": one.code}
    return one.title or _("Tuần tra chung")


def _do(post: Post, one: Waiting) -> Do | None:
    """None for a role that may not: the row then only tells."""
    label, url, permission, posts = _ACTS[one.waits]
    if not may(post, permission):
        return None
    return Do(label, url % {"key": one.key, "code": one.code}, posts, one.mark if one.waits is Waits.CONFIRM else "")
