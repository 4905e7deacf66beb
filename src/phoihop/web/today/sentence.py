"""The situation sentence: what a duty officer would say on the telephone. Its numbers are links to what is behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from phoihop.domain.activities.queries.waiting import Waiting
from phoihop.domain.activities.rules.situation import Clause, Told
from phoihop.kernel.figures_text import grouped

from .. import moments

SLUGS = {
    Told.ALL: "tat-ca", Told.RECORDED: "da-ghi", Told.UNDER_WAY: "dang-di", Told.TO_COME: "chua-toi-gio", Told.LATE: "cham",
    Told.MISSING: "thieu-ket-qua", Told.OFF: "khong-di",
}  # fmt: skip
SAID = {
    Told.RECORDED: lazy("%(n)s đã ghi kết quả"), Told.UNDER_WAY: lazy("%(n)s đang đi"), Told.TO_COME: lazy("%(n)s chưa tới giờ"),
    Told.LATE: lazy("%(n)s chậm xuất phát"), Told.MISSING: lazy("%(n)s thiếu kết quả"), Told.OFF: lazy("%(n)s đã hủy hoặc không tổ chức"),
}  # fmt: skip


_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` with links; ``heed``: how many things are late or overdue."""

    text: SafeString
    heed: int


def sentence(
    clauses: Sequence[Clause], waiting: Sequence[Waiting], now: datetime, day: Any, address: Callable[[str], str], others: Sequence[tuple[str, str, int]] = ()
) -> Sentence:
    """``day``: words for the day looked at; ``address``: the board with one part of its patrols opened; ``others``: who leads what the own unit sees nothing of, and how many."""
    over = sum(one.over(now) for one in waiting)
    late = sum(c.n for c in clauses if c.overdue)
    said = [_of_others(others, day) if others else _patrols(clauses, day, address)]
    if waiting:
        said.append(_mine(len(waiting), over))
    return Sentence(format_html_join(" ", "{}", ((part,) for part in said)), late + over)


def _patrols(clauses: Sequence[Clause], day: Any, address: Callable[[str], str]) -> SafeString:
    whole, *parts = clauses
    if not whole.n and not parts:
        return format_html(_("Trong ca trực {day} chưa có cuộc tuần tra chung nào."), day=day)
    first = _link(ngettext("%(n)s cuộc tuần tra chung", "%(n)s cuộc tuần tra chung", whole.n) % {"n": _n(whole.n)}, address(SLUGS[Told.ALL]), "")
    links = [_link(SAID[c.told] % {"n": _n(c.n)}, address(SLUGS[c.told]), "t-danger" if c.told is Told.LATE else "t-warn" if c.overdue else "") for c in parts]
    listed = format_html_join(", ", "{}", ((link,) for link in links))
    return format_html(_("Trong {all} {day} có {parts}."), all=first, day=day, parts=listed) if links else format_html(_("Có {all} {day}."), all=first, day=day)


def _of_others(others: Sequence[tuple[str, str, int]], day: Any) -> SafeString:
    """How many there are that the own unit does not see, and whom to ask."""
    n = sum(count for _key, _short, count in others)
    leads = format_html_join(", ", '<a href="/luc-luong/{}/">{}</a>', ((key, short) for key, short, _count in others[:_NAMED]))
    if more := len(others) - _NAMED if len(others) > _NAMED else 0:
        leads = format_html(_("{leads} và {n} đơn vị khác"), leads=leads, n=_n(more))
    return format_html(_("Có {n} cuộc tuần tra chung {day} mà đơn vị bạn không xem được, do {leads} chủ trì."), n=_n(n), day=day, leads=leads)


def _mine(n: int, over: int) -> SafeString:
    things = _link(_("%(n)s việc chờ đơn vị của bạn") % {"n": _n(n)}, "#hang-doi", "")
    if not over:
        return format_html(_("{things}, chưa việc nào quá hạn."), things=things)
    return format_html("{}, {}.", things, _link(_("%(n)s quá hạn") % {"n": _n(over)}, "#hang-doi", "t-danger"))


def _link(text: str, url: str, css: str) -> SafeString:
    return format_html('<a class="{}" href="{}">{}</a>', css, url, text)


def _n(n: int) -> str:
    return grouped(n, 0, moments.language())
