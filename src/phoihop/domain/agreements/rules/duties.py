"""What a duty needs to be kept, how far it is met, and what may be shown as having met it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.models import Matter, PartState
from ...matters.rules import Sight
from ...people.models import Post
from ...people.rules import allowed
from ...tasks.models import Task, TaskState
from ...tasks.rules import WAITS_ON_LEAD, is_task_lead
from ..models import Cadence, Occasion
from .clauses import fits_duty
from .drafts import DutyDraft, DutyRow
from .roles import fits_all_roles

events(
    "duty",
    opened=_("mở nhiệm vụ định kỳ theo quy chế, kế hoạch"),
    met=_("gắn việc đã làm vào nhiệm vụ định kỳ"),
    unmet=_("gỡ việc đã gắn khỏi nhiệm vụ định kỳ"),
    withdrawn=_("rút nhiệm vụ định kỳ vì văn bản không còn thực hiện"),
)


class Met(StrEnum):
    """How far a duty that falls due is met. The clock says overdue, never done."""

    DONE = "done"
    OVERDUE = "overdue"
    WAITING = "waiting"
    AHEAD = "ahead"


MET_NAMES = {Met.DONE: _("đã làm"), Met.OVERDUE: _("quá hạn"), Met.WAITING: _("đang chờ"), Met.AHEAD: _("chưa đến kỳ")}


def met(state: str, due_at: datetime, first: date, now: datetime, today: date) -> Met:
    """``first``: the day on which its period begins."""
    if state in (TaskState.ANSWERED, TaskState.CLOSED):
        return Met.DONE
    if due_at < now:
        return Met.OVERDUE
    return Met.WAITING if first <= today else Met.AHEAD


def fits_duties(duties: Sequence[DutyDraft], length: int) -> Verdict:
    """The duties of one clause, whose text has so many characters: each whole, and no two leads for the same thing."""
    same = [(d.act, d.level, d.cadence) for d in duties]
    return first_no(
        *(fits_whole(d, f"duties.{n}", length) for n, d in enumerate(duties)),
        *(
            no_unless(one not in same[:n], "duty-twice", _("Việc này đã ghi ở trên với cùng cấp và định kỳ. Hãy gộp làm một."), f"duties.{n}.act")
            for n, one in enumerate(same)
        ),
    )


MOST_ROWS = 400


def fits_rows(rows: Sequence[DutyRow], lengths: Sequence[int]) -> Verdict:
    """A table of all duties of a text, whose clauses have so many characters. Each row whole, none twice in its clause, one content for a clause."""
    same = [(row.clause, row.duty.act, row.duty.level, row.duty.cadence) for row in rows]
    contents = {row.clause: row.content for row in reversed(rows) if row.content}
    return first_no(
        no_unless(len(rows) <= MOST_ROWS, "too-many-rows", _("Một bảng có nhiều nhất 400 việc."), "rows"),
        *(no_such_clause(row.clause, len(lengths)).at(f"rows.{n}.clause") for n, row in enumerate(rows)),
        *(fits_whole(row.duty, f"rows.{n}", lengths[row.clause - 1]) for n, row in enumerate(rows) if 1 <= row.clause <= len(lengths)),
        *(
            no_unless(one not in same[:n], "duty-twice", _("Việc này đã ghi ở trên với cùng cấp và định kỳ. Hãy gộp làm một."), f"rows.{n}.act")
            for n, one in enumerate(same)
        ),
        *(
            no_unless(not row.content or row.content == contents[row.clause], "two-contents", _("Một điều chỉ có một nội dung phối hợp."), f"rows.{n}.content")
            for n, row in enumerate(rows)
        ),
    )


def fits_whole(d: DutyDraft, place: str, length: int) -> Verdict:
    """A duty that somebody laid down, not one that was only read out of a file: it has one lead, each part once, and one way to its deadline."""
    ways = sum(way is not None for way in (d.due_workdays, d.due_day, d.due_on))
    return first_no(
        fits_duty(d, place, length),
        fits_all_roles(d.roles, f"{place}.roles"),
        no_unless(ways <= 1, "due-two-ways", _("Chỉ ghi hạn theo một cách: số ngày làm việc, ngày trong tháng, hoặc một ngày."), f"{place}.due_workdays"),
        no_unless(d.cadence != Cadence.DEMAND or not ways, "demand-no-day", _("Việc khi có yêu cầu thì ghi hạn bằng số phút."), f"{place}.due_workdays"),
        no_unless(d.cadence != Cadence.WEEK or d.due_day is None, "week-no-day", _("Việc hằng tuần không có ngày trong tháng."), f"{place}.due_day"),
        no_unless(
            d.due_on is None or d.cadence in (Cadence.ONCE, Cadence.YEAR),
            "day-not-yearly",
            _("Một ngày đã định chỉ dùng cho việc làm một lần hoặc hằng năm."),
            f"{place}.due_on",
        ),
        no_unless(d.within_minutes is None or d.cadence == Cadence.DEMAND, "minutes-on-demand", _("Số phút chỉ dùng cho việc khi có yêu cầu."), f"{place}.within_minutes"),
    )  # fmt: skip


def no_such_clause(clause: int, count: int) -> Verdict:
    """``clause``: its place in the text, from 1; ``count``: how many there are."""
    return no_unless(1 <= clause <= count, "no-such-clause", _("Văn bản không có điều, khoản này."), "clause")


def may_open(post: Post, on: date) -> Verdict:
    """The node opens what fell due; no post does it by hand."""
    return allowed(post, "duty.open", on)


def may_link(post: Post, occasion: Occasion, matter: Matter, seen: Sight, part: str | None, linked: bool, on: date) -> Verdict:
    """``seen``: how much of the act the post sees; ``part``: the state of its unit's own part in it; ``linked``: whether it is shown here already."""
    task: Task = occasion.task
    took_part = matter.lead_id == post.unit_id or part == PartState.ACCEPTED
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, task),
        no_unless(task.state not in (TaskState.WITHDRAWN, TaskState.DECLINED), "ended", _("Nhiệm vụ này đã kết thúc.")),
        no_unless(task.state != TaskState.ASKED, "not-accepted", _("Hãy nhận nhiệm vụ trước rồi gắn việc đã làm.")),
        no_unless(occasion.first <= on, "not-begun", _("Kỳ này chưa bắt đầu.")),
        no_unless(seen >= Sight.TITLE, "act-not-seen", _("Không có việc nào mã này mà đơn vị của bạn xem được."), "matter"),
        no_unless(took_part, "act-of-others", _("Chỉ gắn việc mà đơn vị của bạn chủ trì hoặc đã tham gia."), "matter"),
        no_unless(matter.pk != task.matter_id, "act-is-the-text", _("Đây là chính văn bản lập ra nhiệm vụ. Hãy chọn việc đã làm."), "matter"),
        no_unless(not linked, "act-twice", _("Việc này đã được gắn rồi."), "matter"),
    )


def may_unlink(post: Post, task: Task, on: date) -> Verdict:
    """Whoever showed the wrong act takes it away again."""
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, task),
        no_unless(task.state not in (TaskState.WITHDRAWN, TaskState.DECLINED), "ended", _("Nhiệm vụ này đã kết thúc.")),
    )


def is_silent(task: Task, acts: int, now: datetime) -> bool:
    """Due, without an act, without an answer, without a word for more time."""
    return task.state in WAITS_ON_LEAD and acts == 0 and task.due_at < now
