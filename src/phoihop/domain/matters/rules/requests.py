"""Asking the lead of a matter that one does not see."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import JoinRequest, Matter, RequestState, Wish
from .parts import is_open, leads
from .sight import Sight

_ENOUGH = {Wish.PART: Sight.WHOLE, Wish.SEE: Sight.GRANTED}


def may_request(post: Post, matter: Matter, seen: Sight, waiting: bool, wish: str, on: date) -> Verdict:
    """Whoever speaks for a unit may ask the lead to let it take part or see: once at a time, and for more than it has."""
    if wish not in Wish.values:
        return Verdict("no-such-wish", _("Chọn một trong: được tham gia, được xem."), "wish")
    return first_no(
        allowed(post, "matter.answer", on),
        no_unless(seen < _ENOUGH[Wish(wish)], "sees-already", _("Đơn vị của bạn đã tham gia hoặc đã xem được việc này.")),
        no_unless(not waiting, "already-requested", _("Đơn vị của bạn đã xin; đơn vị chủ trì chưa trả lời.")),
        no_unless(wish == Wish.SEE or is_open(matter), "closed", _("Việc này đã kết thúc nên chỉ xin xem được."), "wish"),
    )


def may_decline_request(post: Post, request: JoinRequest, reason: str, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.grant", on),
        leads(post, request.matter),
        no_unless(request.state == RequestState.OPEN, "already-answered", _("Đề nghị này đã được trả lời.")),
        no_unless(reason.strip(), "reason-missing", _("Không đáp ứng thì cần nêu lý do, một dòng là đủ."), "reason"),
    )
