"""What a party confirms, who may, and by which way."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Claim, ConfirmLink
from .drafts import Word
from .planning import MOST_PEOPLE, is_lead

LINK_LIVES = timedelta(days=7)


def what_is_confirmed(a: Activity, area_code: str, units: Iterable[tuple[str, int, int]]) -> str:
    """The digest of what parties confirm: which patrol, that it was held, when, where, and who was there how strong."""
    said = {
        "code": a.matter.code,
        "claim": a.claim,
        "from": a.started_at.isoformat() if a.started_at else "",
        "to": a.ended_at.isoformat() if a.ended_at else "",
        "area": area_code,
        "kind": a.route_kind,
        "armed": int(a.armed),
        "units": [list(u) for u in sorted(units)],
    }
    return digest(canonical(said))


def may_confirm(post_unit_id: int, w: Word, party_ids: Collection[int]) -> Verdict:
    """A party speaks for itself, of exactly what it was shown. ``party_ids``: units asked, other than the lead."""
    a = w.activity
    return first_no(
        no_unless(post_unit_id != a.matter.lead_id, "lead-confirms", _("Đơn vị chủ trì đã ghi kết quả; bên kia mới là bên xác nhận.")),
        no_unless(post_unit_id in party_ids, "not-party", _("Chỉ đơn vị được đề nghị tham gia mới xác nhận được.")),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim != Claim.NONE, "no-result", _("Chủ trì chưa ghi kết quả nên chưa có gì để xác nhận.")),
        no_unless(w.digest == a.digest, "digest", _("Kết quả vừa được sửa. Hãy xem lại bản mới rồi xác nhận.")),
        no_unless(w.agrees or w.note.strip(), "reason-missing", _("Không xác nhận thì cần nêu lý do, một dòng là đủ."), "note"),
        no_unless(w.people is None or 0 <= w.people <= MOST_PEOPLE, "headcount", _("Số người phải từ 0 đến 5.000."), "people"),
        no_unless(w.teams is None or 0 <= w.teams <= 200, "teams", _("Số tổ phải từ 0 đến 200."), "teams"),
    )


def may_make_link(post: Post, a: Activity, unit_id: int, party_ids: Collection[int], on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.result", on),
        is_lead(post, a),
        no_unless(unit_id in party_ids and unit_id != a.matter.lead_id, "not-party", _("Chỉ tạo liên kết cho đơn vị được đề nghị tham gia."), "unit"),
        no_unless(a.claim != Claim.NONE, "no-result", _("Hãy ghi kết quả trước; bên kia xác nhận đúng kết quả đó.")),
    )


def link_is_good(link: ConfirmLink, now: datetime) -> Verdict:
    return first_no(
        no_unless(link.used_at is None, "link-used", _("Liên kết này đã dùng rồi. Mỗi liên kết chỉ xác nhận được một lần.")),
        no_unless(now < link.expires_at, "link-expired", _("Liên kết này đã hết hạn. Hãy xin đơn vị chủ trì liên kết mới.")),
    )


def may_enter_paper(post: Post, activities: Iterable[Activity], signed_on: date, on: date) -> Verdict:
    """A paper list is entered by the lead of every patrol on it; never dated ahead."""
    return first_no(
        allowed(post, "paper.confirm", on),
        no_unless(signed_on <= on, "in-future", _("Ngày ký không thể sau hôm nay."), "signed_on"),
        first_no(*(is_lead(post, a) for a in activities)),
    )
