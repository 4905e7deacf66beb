"""What may be done with a matter, who sees how much of it, and how long its texts are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays
from phoihop.kernel.period import HOME
from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..people.models import Post
from ..people.rules import allowed
from .models import Grant, Mark, Matter, Participation, PartRole, PartState, Purpose

events(
    "node",
    founded=_("lập máy chủ"),
    head_signed=_("ký đầu nhật ký trong ngày"),
    erased=_("xóa nội dung hết hạn giữ"),
)
events(
    "matter",
    asked=_("đề nghị tham gia"),
    answered=_("trả lời đề nghị tham gia"),
    informed=_("cho theo dõi"),
    ask_withdrawn=_("thôi đề nghị tham gia"),
    lead_passed=_("chuyển chủ trì"),
    granted=_("cho xem"),
    grant_ended=_("thôi cho xem"),
    noted=_("ghi diễn biến"),
    attached=_("đính kèm tệp"),
    recall_asked=_("đề nghị thu hồi nội dung"),
    recalled=_("thu hồi nội dung"),
)
stays(
    "LeadTerm.unit", "Note.unit", "Attachment.unit",
    why="history: the unit that led, wrote or sent on that day",
)  # fmt: skip
stays("Matter.area", why="a matter happened in the area of its day; figures convert, records do not")

# How long a text or file is kept, in days after the matter closed (or after writing, when it hangs on none).
# Photos: ground rule 1. The others are the project's defaults; a decision of the archive may only shorten them.
RETENTION: dict[str, int] = {
    Purpose.TITLE: 3650,
    Purpose.NOTE: 1825,
    Purpose.REASON: 1825,
    Purpose.ANSWER: 1825,
    Purpose.PLACE: 3650,
    Purpose.PHOTO: 90,
    Purpose.FILE: 1825,
    Purpose.IMPORT: 365,
}

ANSWERS = {PartState.ACCEPTED, PartState.DECLINED, PartState.UNABLE}


class Sight(IntEnum):
    """How much of a matter a unit sees, from nothing to everything."""

    NOTHING = 0
    FIGURES = 1
    TITLE = 2
    GRANTED = 3
    SHARED = 4
    WHOLE = 5


def sight(*, leads: bool, part: str | None, directs: bool, guides: bool, granted: bool) -> Sight:
    """What a unit sees of a matter (architecture, section 3): the most that any of its relations to it opens.

    ``part`` is the state of the unit's own part, None if it has none. ``directs``: it directs the lead or a unit taking part.
    """
    if leads or part in (PartState.ASKED, PartState.ACCEPTED, PartState.INFORMED):
        return Sight.WHOLE
    if directs:
        return Sight.SHARED
    if granted:
        return Sight.GRANTED
    if part in (PartState.DECLINED, PartState.UNABLE):
        return Sight.TITLE
    return Sight.FIGURES if guides else Sight.NOTHING


def chained(before: str, seq: int, at: datetime, by: int, what: str, matter: str, body: str) -> str:
    """The hash of an event: over the hash of the one before it and everything that the event says."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest(before.encode(), canonical([seq, moment, by, what, matter, body]))


def keep_until(purpose: str, since: date) -> date:
    """The first day on which a text of this purpose is no longer kept."""
    return since + timedelta(days=RETENTION[purpose])


def leads(post: Post, matter: Matter) -> Verdict:
    return no_unless(
        post.unit_id == matter.lead_id,
        "not-lead",
        _("Chỉ đơn vị chủ trì làm được việc này. Đơn vị của bạn có thể đề nghị với đơn vị chủ trì."),
    )


def is_open(matter: Matter) -> Verdict:
    return no_unless(matter.closed_at is None, "closed", _("Việc này đã kết thúc."))


def may_ask(post: Post, matter: Matter, parts: Iterable[Participation], unit_id: int, on: date) -> Verdict:
    """The lead asks a unit to take part; once."""
    there = {p.unit_id for p in parts if p.state not in (PartState.WITHDRAWN,)}
    return first_no(
        allowed(post, "matter.ask", on),
        leads(post, matter),
        is_open(matter),
        no_unless(unit_id != matter.lead_id, "lead-is-party", _("Đơn vị này đang chủ trì, không cần đề nghị."), "unit"),
        no_unless(unit_id not in there, "party-twice", _("Đơn vị này đã được đề nghị."), "unit"),
    )


def may_answer(post: Post, part: Participation, on: date) -> Verdict:
    """Only the asked unit answers for itself; an answer may be changed until the matter closes."""
    return first_no(
        allowed(post, "matter.answer", on),
        no_unless(post.unit_id == part.unit_id, "not-asked", _("Chỉ đơn vị được đề nghị mới trả lời thay cho mình.")),
        is_open(part.matter),
        no_unless(
            part.state not in (PartState.INFORMED, PartState.WITHDRAWN), "nothing-asked", _("Không có đề nghị nào đang chờ trả lời.")
        ),
    )


def fits_answer(state: str, reason: str) -> Verdict:
    return first_no(
        no_unless(state in ANSWERS, "no-such-answer", _("Chọn một trong: nhận, từ chối, không thể."), "state"),
        no_unless(
            state == PartState.ACCEPTED or reason.strip(), "reason-missing", _("Từ chối thì cần nêu lý do, một dòng là đủ."), "reason"
        ),
    )


def may_withdraw_ask(post: Post, part: Participation, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.ask", on),
        leads(post, part.matter),
        no_unless(part.state in (PartState.ASKED, PartState.INFORMED), "already-answered", _("Đơn vị này đã trả lời rồi.")),
    )


def may_end_grant(post: Post, grant: Grant, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.grant", on),
        leads(post, grant.matter),
        no_unless(grant.ended_at is None, "already-ended", _("Đơn vị này đã thôi được xem.")),
    )


def may_grant(post: Post, matter: Matter, unit_id: int, until: date | None, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.grant", on),
        leads(post, matter),
        no_unless(unit_id != post.unit_id, "grant-to-self", _("Đơn vị của bạn đã xem được việc này."), "unit"),
        no_unless(until is None or until > on, "ends-before", _("Ngày hết hạn xem phải sau hôm nay."), "until"),
    )


def may_write(post: Post, matter: Matter, seen: Sight, on: date) -> Verdict:
    """Notes and files come from the lead and those who take part."""
    return first_no(
        allowed(post, "note.write", on),
        no_unless(seen is Sight.WHOLE, "not-party", _("Chỉ đơn vị chủ trì và các bên tham gia ghi được ở đây.")),
    )


def has_text(text: str, field: str = "text") -> Verdict:
    return no_unless(text.strip(), "text-missing", _("Chưa có nội dung."), field)


def names_one_thing(note: object, attachment: object) -> Verdict:
    return no_unless((note is None) != (attachment is None), "one-thing", _("Chọn một ghi chú hoặc một tệp để thu hồi."))


def may_recall(post: Post, owners: Collection[int], on: date) -> Verdict:
    """The unit that wrote it, or the matter's lead (both in ``owners``), asks for a text or file to be recalled."""
    return first_no(
        allowed(post, "recall.ask", on),
        no_unless(post.unit_id in owners, "not-writer", _("Chỉ đơn vị đã ghi hoặc đơn vị chủ trì được đề nghị thu hồi.")),
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


def fits_mark(mark: str) -> Verdict:
    """*Thường* or *lưu hành nội bộ*; nothing above has a place here (Luật 117/2025/QH15)."""
    return no_unless(mark in Mark.values, "no-such-mark", _("Chỉ có hai mức: thường, lưu hành nội bộ. Văn bản mật không đưa vào hệ thống."), "mark")


def answer_is_late(part: Participation, now: datetime) -> bool:
    return part.state == PartState.ASKED and part.answer_by is not None and now > part.answer_by


def is_role(role: str) -> Verdict:
    return no_unless(role in PartRole.values, "no-such-role", _("Vai tham gia không có trong danh mục."), "role")


def end_of(day: date) -> datetime:
    """The moment at which a day in Vietnam is over."""
    return datetime.combine(day + timedelta(days=1), time(), HOME)


def day_is_over(day: date, today: date) -> Verdict:
    return no_unless(day < today, "day-not-over", _("Chỉ ký đầu nhật ký của ngày đã qua."), "day")


def journal_began(last: object) -> Verdict:
    return no_unless(last is not None, "journal-empty", _("Nhật ký chưa có sự kiện nào đến ngày này."), "day")
