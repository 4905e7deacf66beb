"""When a text may be sent for opinions and for signing, with how much time, and who is reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import PartRole
from ...matters.rules import leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementParty, DraftHead, Opinion, Stage, Version
from .drafting import OPINIONS_ONLY, PLANS, is_cleared

MOST_WORKDAYS = 60


def fits_workdays(workdays: int) -> Verdict:
    """How long parties have: at least a day, so that nobody can be late at once."""
    return no_unless(1 <= workdays <= MOST_WORKDAYS, "workdays", _("Thời hạn từ 1 đến 60 ngày làm việc."), "workdays")


def may_send(post: Post, a: Agreement, head: Agreement | DraftHead, on: date) -> Verdict:
    """The lead sends its own draft; a plan only after somebody determined that it is no secret. ``head``: what the text to be sent says of itself."""
    return first_no(
        allowed(post, "agreement.draft", on),
        leads(post, a.matter),
        no_unless(
            a.stage != Stage.ENDED,
            "ended",
            _("Đợt góp ý chung này đã kết thúc. Cần hỏi lại thì lập đợt mới.")
            if a.kind in OPINIONS_ONLY
            else _("Văn bản này đã thôi thực hiện. Hãy lập văn bản mới."),
        ),
        is_cleared(head.cleared_by, head.cleared_on) if head.kind in PLANS else YES,
    )


def may_circulate(a: Agreement, others: Sequence[AgreementParty], clauses: int) -> Verdict:
    """Opinions are asked of a draft with a text, from somebody else, once for each version."""
    return first_no(
        no_unless(a.stage == Stage.DRAFT, "not-draft", _("Chỉ gửi lấy ý kiến bản đang soạn. Hãy sửa nguyên văn để mở bản mới.")),
        no_unless(clauses, "text-missing", _("Văn bản chưa có điều, khoản nào. Hãy nhập nguyên văn trước khi lấy ý kiến.")),
        no_unless(others, "nobody-asked", _("Không có bên nào khác để lấy ý kiến. Hãy thêm các bên.")),
    )


def may_open_signing(a: Agreement, version: Version, waiting_wishes: int, unseen: Sequence[Opinion], silent: Sequence[Unit], now: datetime) -> Verdict:
    """Every wish is answered; who was asked has spoken, or its time is over. The clock may say overdue, never agreed.

    ``unseen``: wishes that were taken up, of which the text shows nothing and the answer does not say why.
    """
    return first_no(
        no_unless(a.kind not in OPINIONS_ONLY, "never-signed", _("Góp ý chung không trình ký. Trả lời đủ góp ý rồi kết thúc đợt lấy ý kiến.")),
        no_unless(a.stage in (Stage.DRAFT, Stage.OPINIONS), "not-before-signing", _("Văn bản này đã trình ký.")),
        _is_heard(version, waiting_wishes, silent, now),
        no_unless(
            not unseen,
            "taken-unseen",
            _("Góp ý của %(units)s ghi là tiếp thu nhưng nguyên văn chưa đổi ở chỗ đó. Hãy sửa nguyên văn, hoặc ghi vào giải trình vì sao không cần sửa.")
            % {"units": ", ".join(dict.fromkeys(o.unit.short for o in unseen[:5]))},
        ),
    )


def may_close_appraisal(a: Agreement, version: Version, waiting_wishes: int, silent: Sequence[Unit], now: datetime) -> Verdict:
    """What is only sent for opinions ends by its lead's word, once every wish has its answer."""
    return first_no(
        no_unless(a.kind in OPINIONS_ONLY, "not-appraisal", _("Chỉ góp ý chung cho dự án, quy hoạch mới kết thúc bằng trả lời góp ý.")),
        no_unless(a.stage == Stage.OPINIONS, "not-asked-yet", _("Chưa gửi lấy ý kiến các bên.")),
        _is_heard(version, waiting_wishes, silent, now),
    )


def _is_heard(version: Version, waiting_wishes: int, silent: Sequence[Unit], now: datetime) -> Verdict:
    return first_no(
        no_unless(
            not waiting_wishes,
            "wishes-waiting",
            _("Còn %(n)d góp ý chưa trả lời. Hãy ghi tiếp thu, tiếp thu một phần hoặc không tiếp thu kèm lý do.") % {"n": waiting_wishes},
        ),
        no_unless(
            not silent or version.opinions_by is None or now > version.opinions_by,
            "opinions-open",
            _("Chưa hết hạn góp ý; còn chờ: %(units)s.") % {"units": ", ".join(u.short for u in silent[:5])},
        ),
    )


def may_remind(post: Post, a: Agreement, party: AgreementParty | None, waits: bool, now: datetime, on: date) -> Verdict:
    """The lead reminds a party that is asked and silent; once a day is enough."""
    first = first_no(
        allowed(post, "agreement.draft", on),
        leads(post, a.matter),
        no_unless(party is not None and waits, "nothing-waits", _("Đơn vị này không còn nợ ý kiến hay chữ ký.")),
    )
    if not first or party is None:
        return first
    last = party.reminded_at
    return no_unless(last is None or (now - last).total_seconds() >= 12 * 3600, "reminded-already", _("Đơn vị này vừa được nhắc. Mỗi ngày nhắc một lần là đủ."))


def asked_for_opinion(party: AgreementParty) -> bool:
    """Who is bound and did not draft it is asked what it thinks; who only follows is told."""
    return party.role not in (PartRole.LEAD, PartRole.INFORM)
