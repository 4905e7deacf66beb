"""What waits for the reader's unit: the board shows it, the badges of the rail count it on every page; what is done about each kind, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.queries.waiting import EARLIER, Deadline, Waiting, deadlines, waiting
from phoihop.domain.activities.rules import Grace
from phoihop.domain.activities.rules.events import SUBJECTS
from phoihop.domain.activities.rules.waiting import Waits
from phoihop.domain.agreements.rules.needs import Needs
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from .shell import Badge, badges, counted_in
from .standing import Standing, tail

PATROLS_PAGE, TASKS_PAGE, AGREEMENTS_PAGE = "/tuan-tra/", "/nhiem-vu/", "/ke-hoach/"
TASKS = frozenset(kind for kind in EARLIER if isinstance(kind, Waits))
_KEPT = "_waiting"
_earlier: Standing[Mapping[str, Badge]] = Standing(*SUBJECTS)


@dataclass(frozen=True, slots=True)
class Act:
    """The one thing to do about what waits: at ``url`` (with the ``code`` and the ``key`` of the record), at once if it ``posts``."""

    label: Any
    url: str
    permissions: tuple[str, ...]
    posts: bool = False


ACTS: dict[Waits | Needs, Act] = {
    Waits.ASKED: Act(_("Nhận lời"), "/hom-nay/nhan-loi/%(key)s/", ("matter.answer",), posts=True),
    Waits.OFFERED_LEAD: Act(_("Xem"), "/tuan-tra/%(code)s/", ("matter.answer",)),
    Waits.RESULT: Act(_("Ghi kết quả"), "/tuan-tra/%(code)s/ket-qua/", ("patrol.result",)),
    Waits.CONFIRM: Act(_("Xác nhận"), "/hom-nay/xac-nhan/%(key)s/", ("patrol.confirm",), posts=True),
    Waits.DISPUTE: Act(_("So sánh"), "/tuan-tra/%(code)s/", ("patrol.result",)),
    Waits.TASK_ASKED: Act(_("Nhận"), "/nhiem-vu/%(code)s/nhan/", ("task.answer",), posts=True),
    Waits.TASK_OPEN: Act(_("Trả lời"), "/nhiem-vu/%(code)s/#viec-can-lam", ("task.answer",)),
    Waits.TASK_ANSWERED: Act(_("Kết thúc"), "/nhiem-vu/%(code)s/xong/", ("task.close",), posts=True),
    Waits.TASK_HELP: Act(_("Nhận lời"), "/nhiem-vu/%(code)s/phoi-hop/", ("task.answer",), posts=True),
    Waits.TASK_EXTENSION: Act(_("Trả lời"), "/nhiem-vu/%(code)s/#viec-can-lam", ("task.give",)),
    Waits.TASK_LATE: Act(_("Xem"), "/nhiem-vu/%(code)s/", ("task.give",)),
    Waits.TASK_CONSENT: Act(_("Trả lời"), "/nhiem-vu/%(code)s/#viec-can-lam", ("task.answer",)),
    Waits.JOIN: Act(_("Xem"), "/m/%(code)s/", ("matter.ask",)),
    Needs.OPINION: Act(_("Góp ý"), "/ke-hoach/%(code)s/#nguyen-van", ("agreement.opine",)),
    Needs.SIGN: Act(_("Xem để ký"), "/ke-hoach/%(code)s/#nguyen-van", ("agreement.sign", "agreement.paper")),
    Needs.APPROVE: Act(_("Xem để phê duyệt"), "/ke-hoach/%(code)s/#nguyen-van", ("agreement.paper",)),
    Needs.PAPER: Act(_("Ghi nhận"), "/ke-hoach/%(code)s/#viec-can-lam", ("agreement.paper",)),
    Needs.ADOPT: Act(_("Trả lời"), "/ke-hoach/%(code)s/#below", ("agreement.adopt",)),
    Needs.RECEIVE: Act(_("Báo đã nhận"), "/ke-hoach/%(code)s/so/da-nhan/", ("matter.answer",), posts=True),
    Needs.SPREAD: Act(_("Ghi quán triệt"), "/ke-hoach/%(code)s/so/quan-triet/", ("matter.answer",)),
    Needs.PREPARE: Act(_("Đã xong"), "/ke-hoach/%(code)s/chuan-bi/%(key)s/", ("task.answer",), posts=True),
    Needs.TEAM: Act(_("Trả lời"), "/ke-hoach/%(code)s/#teams", ("agreement.opine",)),
    Needs.SHIFT: Act(_("Ghi số"), "/ke-hoach/%(code)s/cong-viec/luot-nguoi/", ("agreement.opine",)),
    Needs.WISHES: Act(_("Trả lời góp ý"), "/ke-hoach/%(code)s/#gop-y-cua-cac-ben", ("agreement.draft",)),
    Needs.PROPOSAL: Act(_("Trả lời đề xuất"), "/ke-hoach/%(code)s/so/de-xuat/%(key)s/", ("agreement.register",)),
    Needs.REVIEW: Act(_("Ghi lần rà soát"), "/ke-hoach/%(code)s/so/ra-soat/", ("agreement.register",)),
    Needs.PRACTISE: Act(_("Ghi lần luyện tập"), "/ke-hoach/%(code)s/cong-viec/luyen-tap/", ("agreement.draft",)),
}


def page_of(kind: Waits | Needs) -> str:
    """The page under which what waits is counted and listed."""
    if isinstance(kind, Needs):
        return AGREEMENTS_PAGE
    return TASKS_PAGE if kind in TASKS else PATROLS_PAGE


def waiting_of(post: Post, now: datetime) -> list[Waiting]:
    """What waits for the unit of an acting post. A request has a post of its own, so what is kept on it lives as long as the page."""
    if _KEPT not in post.__dict__:
        post.__dict__[_KEPT] = waiting(post, now, _grace(), local_day(now))
    kept: list[Waiting] = post.__dict__[_KEPT]
    return kept


def _grace() -> Grace:
    return Grace(timedelta(minutes=settings.LATE_MINUTES), timedelta(minutes=settings.RESULT_MINUTES))


@badges(PATROLS_PAGE, TASKS_PAGE, AGREEMENTS_PAGE)
def _count(post: Post, now: datetime) -> Mapping[str, Badge]:
    """On a page that shows what waits, of that; on every other it is only counted: all of it, or what is not known to stand as it was."""
    if _KEPT in post.__dict__:
        return _counts(waiting_of(post, now), now)
    key, at = (post.pk, counted_in(now)), tail.mark
    earlier = _earlier.still(key)
    found = _counts(deadlines(post, now, _grace(), local_day(now), here_only=earlier is not None), now)
    if earlier is None:
        _earlier.keep(key, at, {page: found[page] for page in (TASKS_PAGE, AGREEMENTS_PAGE)})
    return {**found, **(earlier or {})}


def _counts(found: Sequence[Waiting | Deadline], now: datetime) -> dict[str, Badge]:
    return {page: _badge([one for one in found if page_of(one.waits) == page], now) for page in (PATROLS_PAGE, TASKS_PAGE, AGREEMENTS_PAGE)}


def _badge(found: Sequence[Waiting | Deadline], now: datetime) -> Badge:
    return Badge(len(found), sum(one.over(now) for one in found))
