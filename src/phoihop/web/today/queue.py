"""The rows of the queue: what waits, for whom, until when, and the one thing that can be done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.activities.queries.owed import Holder, Owed
from phoihop.domain.activities.queries.waiting import Waiting
from phoihop.domain.activities.rules.waiting import WAIT_NAMES, Waits
from phoihop.domain.agreements.queries.needs import REMINDED
from phoihop.domain.agreements.rules.needs import Needs
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may

from ..waiting import ACTS, TASKS

SHOWN = 12
LATE_SHOWN = 6
NAMED = 3


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


@dataclass(frozen=True, slots=True)
class Late:
    """What other units have not done in time; ``holders``: the first of them, ``others``: how many more."""

    title: str
    url: str
    code: str
    holders: tuple[Holder, ...]
    others: int
    kind: Any
    due: datetime


_LATE_KINDS: dict[str, Any] = {
    Waits.TASK_LATE: lazy("chưa làm xong"),
    Needs.OPINION: lazy("chưa góp ý"),
    Needs.SIGN: lazy("chưa ký"),
    Needs.ADOPT: lazy("chưa ban hành"),
}


def late(found: Iterable[Owed]) -> list[Late]:
    return [_late(one) for one in found]


def _late(one: Owed) -> Late:
    named = one.holders if len(one.holders) <= NAMED else one.holders[: NAMED - 1]
    return Late(one.title or one.code, _place(one.waits, one.code), one.code, named, len(one.holders) - len(named), _LATE_KINDS[one.waits], one.due)


def rows(post: Post, found: Iterable[Waiting]) -> list[Row]:
    return [_row(post, one) for one in found]


def _row(post: Post, one: Waiting) -> Row:
    kind = _("đã nhắc, %(what)s") % {"what": WAIT_NAMES[one.waits]} if one.mark == REMINDED else WAIT_NAMES[one.waits]
    return Row(
        _title(one), _place(one.waits, one.code), one.code, one.force, f"{one.unit} · {one.place}", kind, one.due, _do(post, one), f"{one.code}-{one.key}"
    )


def _place(waits: Waits | Needs, code: str) -> str:
    if waits in TASKS:
        return f"/nhiem-vu/{code}/"
    if isinstance(waits, Needs):
        return f"/ke-hoach/{code}/"
    return f"/tuan-tra/{code}/" if code.startswith("TT") else f"/m/{code}/"


def _title(one: Waiting) -> str:
    if one.waits is Waits.JOIN:
        return _("%(unit)s xin tham gia, xin xem %(code)s") % {"unit": one.unit, "code": one.code}
    return one.title or _("Tuần tra chung")


def _do(post: Post, one: Waiting) -> Do | None:
    """None for a role that may not: the row then only tells."""
    act = ACTS[one.waits]
    if not any(may(post, permission) for permission in act.permissions):
        return None
    return Do(act.label, act.url % {"key": one.key, "code": one.code}, act.posts, one.mark if one.waits is Waits.CONFIRM else "")
