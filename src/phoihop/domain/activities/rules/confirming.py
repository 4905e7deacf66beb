"""Who confirms, of what, by which way; and when all has been said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post, Role
from ...people.rules import allowed
from ..models import Activity, Claim, ConfirmLink, Strength
from .drafts import Word
from .planning import MOST_PEOPLE, MOST_TEAMS, is_lead

LINK_LIVES = timedelta(days=7)


def may_confirm(w: Word, mine: Strength | None) -> Verdict:
    """A party speaks for itself, of exactly what it was shown. ``mine``: its strength, None if it was not asked to take part."""
    a = w.activity
    if mine is None:
        return Verdict("not-party", _("Chỉ đơn vị được đề nghị tham gia mới xác nhận được."))
    return first_no(
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim != Claim.NONE, "no-result", _("Chủ trì chưa ghi kết quả nên chưa có gì để xác nhận.")),
        no_unless(mine.unit_id != a.recorder_id, "lead-confirms", _("Đơn vị của bạn đã ghi kết quả này; bên kia mới là bên xác nhận.")),
        no_unless(w.digest == a.digest, "digest", _("Kết quả vừa được sửa. Hãy xem lại bản mới rồi xác nhận.")),
        no_unless(w.agrees or w.note.strip(), "reason-missing", _("Không xác nhận thì cần nêu lý do, một dòng là đủ."), "note"),
        no_unless(w.people is None or 0 <= w.people <= MOST_PEOPLE, "headcount", _("Số người phải từ 0 đến 5.000."), "people"),
        no_unless(w.teams is None or 0 <= w.teams <= MOST_TEAMS, "teams", _("Số tổ phải từ 0 đến 200."), "teams"),
        no_unless(
            a.claim != Claim.HELD or not w.agrees or was_there(mine.people if w.people is None else w.people),
            "absent",
            _("Theo kết quả, đơn vị của bạn không có mặt nên không có gì để xác nhận. Nếu đã đi, hãy ghi số người của đơn vị."),
            "people",
        ),
    )


def was_there(people: int | None) -> bool:
    return bool(people)


def all_said(a: Activity, present: Collection[int], spoken: Collection[int]) -> bool:
    """Whether nothing waits any more: cancelled; or at least one other party agrees, none disputes and none that was there is silent."""
    if a.cancelled_at is not None:
        return True
    return a.claim != Claim.NONE and a.confirmed > 0 and a.disputed == 0 and set(present) <= {*spoken, a.recorder_id}


def may_make_link(post: Post, a: Activity, party: Strength | None, on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.result", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim != Claim.NONE, "no-result", _("Hãy ghi kết quả trước; bên kia xác nhận đúng kết quả đó.")),
        no_unless(party is not None and party.unit_id != a.recorder_id, "not-party", _("Chỉ tạo liên kết cho đơn vị được đề nghị tham gia."), "unit"),
    )


def may_speak_by_link(post: Post, link: ConfirmLink, now: datetime) -> Verdict:
    """Who holds a link is not signed in: the node itself writes down what the party said, once, in time."""
    return first_no(
        no_unless(post.role == Role.NODE, "not-your-role", _("Liên kết được trả lời trên trang của nó, không qua tài khoản.")),
        no_unless(link.used_at is None, "link-used", _("Liên kết này đã dùng rồi. Mỗi liên kết chỉ xác nhận được một lần.")),
        no_unless(now < link.expires_at, "link-expired", _("Liên kết này đã hết hạn. Hãy xin đơn vị chủ trì liên kết mới.")),
    )


def may_enter_paper(post: Post, activities: Iterable[Activity], number: str, signed_on: date, on: date) -> Verdict:
    """A paper list is entered by the lead of every patrol on it; with its number, never dated ahead or before a patrol that it confirms."""
    rows = list(activities)
    return first_no(
        allowed(post, "paper.confirm", on),
        no_unless(number.strip(), "text-missing", _("Hãy ghi số, ký hiệu của danh sách."), "number"),
        no_unless(len(number.strip()) <= 40, "text-too-long", _("Số, ký hiệu dài nhất 40 chữ cái."), "number"),
        no_unless(signed_on <= on, "in-future", _("Ngày ký không thể sau hôm nay."), "signed_on"),
        no_unless(all(a.day <= signed_on for a in rows), "signed-before", _("Danh sách ký trước ngày của một cuộc tuần tra trong đó."), "signed_on"),
        *(is_lead(post, a) for a in rows),
    )


def is_for(w: Word, link: ConfirmLink) -> Verdict:
    return no_unless(w.activity.pk == link.activity_id, "other-patrol", _("Liên kết này dành cho một cuộc tuần tra khác."))
