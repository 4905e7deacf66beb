"""How long a text may be, how long it is kept, and who may have it taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import Purpose

# How long a text or file is kept, in days after it was written. Photos: ninety days after their matter closed (ground
# rule 1), and never longer than a file. The others are the project's defaults; a decision of the archive may only shorten them.
RETENTION: dict[str, int] = {
    Purpose.TITLE: 3650,
    Purpose.NOTE: 1825,
    Purpose.REASON: 1825,
    Purpose.ANSWER: 1825,
    Purpose.PLACE: 3650,
    Purpose.PHOTO: 90,
    Purpose.FILE: 1825,
    Purpose.IMPORT: 365,
    Purpose.CLAUSE: 7300,
}

# The longest text of a purpose, in characters: a line, a paragraph, a page.
LONGEST: dict[str, int] = {
    Purpose.TITLE: 300,
    Purpose.REASON: 1000,
    Purpose.PLACE: 300,
    Purpose.CLAUSE: 20_000,
}
_PAGE = 4000


def keep_until(purpose: str, since: date) -> date:
    """The first day on which a text of this purpose is no longer kept."""
    return since + timedelta(days=RETENTION[purpose])


def fits_length(text: str, purpose: str) -> Verdict:
    most = LONGEST.get(purpose, _PAGE)
    return no_unless(len(text) <= most, "text-too-long", _("Nội dung dài quá %(most)d chữ cái. Hãy rút gọn.") % {"most": most})


def has_text(text: str, field: str = "text") -> Verdict:
    return no_unless(text.strip(), "text-missing", _("Chưa có nội dung."), field)


def names_one_thing(text: object, attachment: object) -> Verdict:
    return no_unless((text is None) != (attachment is None), "one-thing", _("Chọn một nội dung hoặc một tệp để thu hồi."))


def may_recall(post: Post, owners: Collection[int], gone: bool, asked: bool, reason: str, on: date) -> Verdict:
    """The unit that wrote it, or the matter's lead (both in ``owners``), asks for a text or file to be recalled."""
    return first_no(
        allowed(post, "recall.ask", on),
        no_unless(post.unit_id in owners, "not-writer", _("Chỉ đơn vị đã ghi hoặc đơn vị chủ trì được đề nghị thu hồi.")),
        no_unless(not gone, "already-erased", _("Nội dung này đã được xóa hoặc thu hồi.")),
        no_unless(not asked, "already-asked", _("Đã có đề nghị thu hồi nội dung này; chờ người thứ hai đồng ý.")),
        has_text(reason, "reason"),
    )


def may_agree_recall(post: Post, asked_by: Post, owners: Collection[int], agreed: bool, on: date) -> Verdict:
    """Two posts, two persons: who asked cannot agree, in another post either."""
    return first_no(
        allowed(post, "recall.agree", on),
        no_unless(not agreed, "already-recalled", _("Nội dung này đã được thu hồi.")),
        no_unless(post.unit_id in owners, "not-writer", _("Chỉ đơn vị đã ghi hoặc đơn vị chủ trì được đồng ý thu hồi.")),
        no_unless(
            post.pk != asked_by.pk and (post.user_id is None or post.user_id != asked_by.user_id),
            "recall-takes-two",
            _("Thu hồi cần hai người: người đề nghị không thể tự đồng ý."),
        ),
    )
