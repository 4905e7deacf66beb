"""What may be done with a task. Between equals one requests and the other accepts or declines; along a chain one assigns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import Matter
from ...matters.rules import Facet, Sight, fits_unit, has_text, opens
from ...people.models import Post
from ...people.rules import allowed
from ..models import ExtensionState, SupportState, Task, TaskExtension, TaskSource, TaskState, TaskSupport
from .mobilising import MilitiaDraft, fits_militia
from .raising import fits_grace
from .whose import is_giver, is_task_lead

events(
    "task",
    given=_("giao nhiệm vụ"),
    requested=_("đề nghị thực hiện nhiệm vụ"),
    proposed=_("đề xuất với cấp trên"),
    accepted=_("nhận nhiệm vụ"),
    declined=_("từ chối nhiệm vụ"),
    support_accepted=_("nhận phối hợp nhiệm vụ"),
    support_declined=_("từ chối phối hợp nhiệm vụ"),
    answered=_("trả lời nhiệm vụ"),
    returned=_("trả lại để làm tiếp"),
    closed=_("kết thúc nhiệm vụ"),
    withdrawn=_("rút nhiệm vụ"),
    extended=_("gia hạn nhiệm vụ"),
    extension_asked=_("xin gia hạn nhiệm vụ"),
    extension_granted=_("đồng ý gia hạn nhiệm vụ"),
    extension_refused=_("không gia hạn nhiệm vụ"),
)
stays("Task.area", why="a task lies in the area of the day on which it was given; figures convert, records do not")

LONGEST = timedelta(days=1100)
MOST_AT_ONCE = 50
"""How many tasks one directive may give in one go."""
WAITS_ON_LEAD = (TaskState.ASKED, TaskState.OPEN)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What is to be done, by whom, by when; on a matter, or (None) as a matter of its own: a directive, a conclusion.

    ``grace_workdays``: unanswered so many working days after the deadline, it waits for the giver as well. ``militia``: how many are to be moved.
    """

    matter: Matter | None
    what: str
    lead: Unit
    due_at: datetime
    supports: Sequence[Unit] = ()
    source: str = TaskSource.MATTER
    grace_workdays: int | None = None
    militia: MilitiaDraft | None = None


def may_give(post: Post, draft: TaskDraft, seen: Sight, now: datetime, on: date) -> Verdict:
    """One lead, supports that are others, a deadline ahead (NĐ 30/2020, Art. 24.2); on a matter that the giver takes part in.

    Also on one that is closed: what a patrol found is often given as a task when everybody has confirmed it already.
    """
    support_ids = [u.pk for u in draft.supports]
    return first_no(
        allowed(post, "task.give", on),
        no_unless(opens(seen, Facet.WRITING), "not-party", _("Chỉ đơn vị chủ trì và các bên tham gia giao được nhiệm vụ ở đây.")),
        has_text(draft.what, "what"),
        no_unless(draft.source in TaskSource.values, "no-such-source", _("Nguồn nhiệm vụ không có trong danh mục."), "source"),
        no_unless(draft.due_at > now, "due-passed", _("Hạn phải ở phía trước."), "due_at"),
        no_unless(draft.due_at - now <= LONGEST, "due-too-far", _("Hạn xa nhất là ba năm."), "due_at"),
        no_unless(draft.lead.pk not in support_ids, "lead-supports", _("Đơn vị chủ trì không đồng thời là đơn vị phối hợp."), "supports"),
        no_unless(len(support_ids) == len(set(support_ids)), "party-twice", _("Một đơn vị phối hợp chỉ ghi một lần."), "supports"),
        fits_grace(draft.grace_workdays),
        YES if draft.militia is None else fits_militia(draft.militia, draft.lead, now),
        fits_unit(draft.lead, on, "lead"),
        *(fits_unit(u, on, f"supports.{n}") for n, u in enumerate(draft.supports)),
    )


def fits_many(drafts: Sequence[TaskDraft]) -> Verdict:
    """How many tasks may be given at once."""
    return no_unless(0 < len(drafts) <= MOST_AT_ONCE, "too-many", _("Mỗi lần giao từ 1 đến 50 nhiệm vụ."))


def may_answer_request(post: Post, task: Task, accepts: bool, reason: str, on: date) -> Verdict:
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, task),
        no_unless(task.state == TaskState.ASKED, "not-asked", _("Nhiệm vụ này không chờ nhận.")),
        no_unless(accepts or reason.strip(), "reason-missing", _("Từ chối thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_answer_support(post: Post, support: TaskSupport, accepts: bool, reason: str, on: date) -> Verdict:
    """A unit that was asked to help says for itself whether it will."""
    return first_no(
        allowed(post, "task.answer", on),
        no_unless(post.unit_id == support.unit_id, "not-support", _("Chỉ đơn vị được đề nghị phối hợp mới trả lời thay cho mình.")),
        no_unless(support.task.closed_at is None, "ended", _("Nhiệm vụ này đã kết thúc.")),
        no_unless(support.state == SupportState.ASKED, "not-asked", _("Nhiệm vụ này không chờ nhận.")),
        no_unless(accepts or reason.strip(), "reason-missing", _("Từ chối thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_answer(post: Post, task: Task, text: str, evidence_on: Collection[int | None], on: date) -> Verdict:
    """``evidence_on``: the matters on which the evidence hangs; it must be the task's own."""
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, task),
        no_unless(task.state == TaskState.OPEN, "not-open", _("Chỉ trả lời nhiệm vụ đang làm.")),
        has_text(text, "answer"),
        no_unless(set(evidence_on) <= {task.matter_id}, "evidence-elsewhere", _("Tệp làm bằng chứng phải đính kèm ở chính việc này."), "evidence"),
    )


def may_close(post: Post, task: Task, on: date) -> Verdict:
    """The giver closes what was answered; a unit closes its own task without asking itself."""
    own = task.giver_id == task.lead_id and task.state == TaskState.OPEN
    return first_no(
        allowed(post, "task.close", on),
        is_giver(post, task),
        no_unless(task.state == TaskState.ANSWERED or own, "not-answered", _("Đơn vị chủ trì chưa trả lời nhiệm vụ này.")),
    )


def may_return(post: Post, task: Task, reason: str, on: date) -> Verdict:
    return first_no(
        allowed(post, "task.close", on),
        is_giver(post, task),
        no_unless(task.state == TaskState.ANSWERED, "not-answered", _("Đơn vị chủ trì chưa trả lời nhiệm vụ này.")),
        no_unless(reason.strip(), "reason-missing", _("Trả lại thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_withdraw(post: Post, task: Task, reason: str, on: date) -> Verdict:
    return first_no(
        allowed(post, "task.give", on),
        is_giver(post, task),
        no_unless(task.closed_at is None, "ended", _("Nhiệm vụ này đã kết thúc.")),
        no_unless(reason.strip(), "reason-missing", _("Rút nhiệm vụ thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_extend(post: Post, task: Task, due_at: datetime, reason: str, now: datetime, on: date) -> Verdict:
    """The giver puts the deadline off before it has passed. What was overdue on a day stays so in the figures of that day."""
    return first_no(
        allowed(post, "task.give", on),
        is_giver(post, task),
        no_unless(task.state in WAITS_ON_LEAD, "not-open", _("Chỉ gia hạn nhiệm vụ chưa trả lời.")),
        no_unless(now <= task.due_at, "overdue-stays", _("Hạn đã qua thì không gia hạn được nữa. Chờ trả lời, hoặc rút rồi giao lại với hạn mới.")),
        no_unless(due_at > task.due_at, "not-later", _("Hạn mới phải sau hạn đang có."), "due_at"),
        no_unless(due_at - now <= LONGEST, "due-too-far", _("Hạn xa nhất là ba năm."), "due_at"),
        no_unless(reason.strip(), "reason-missing", _("Gia hạn thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_ask_extension(post: Post, task: Task, due_at: datetime, reason: str, asked: bool, now: datetime, on: date) -> Verdict:
    """The lead asks for more time while there is some left. ``asked``: whether it has asked already and waits for a word."""
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, task),
        no_unless(task.giver_id != task.lead_id, "own-task", _("Nhiệm vụ do chính đơn vị giao: tự gia hạn, không cần xin.")),
        no_unless(task.state == TaskState.OPEN, "not-open", _("Chỉ xin gia hạn nhiệm vụ đang làm.")),
        no_unless(not asked, "extension-waits", _("Đã xin gia hạn, đang chờ đơn vị giao trả lời.")),
        no_unless(now <= task.due_at, "overdue-stays", _("Hạn đã qua thì không xin gia hạn được nữa. Hãy trả lời ngay khi xong việc.")),
        no_unless(due_at > task.due_at, "not-later", _("Hạn mới phải sau hạn đang có."), "due_at"),
        no_unless(due_at - now <= LONGEST, "due-too-far", _("Hạn xa nhất là ba năm."), "due_at"),
        no_unless(reason.strip(), "reason-missing", _("Xin gia hạn thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_answer_extension(post: Post, extension: TaskExtension, grants: bool, reason: str, now: datetime, on: date) -> Verdict:
    """Who gave the task answers; what was asked for in time may be granted after the deadline, as long as the new one lies ahead."""
    task = extension.task
    return first_no(
        allowed(post, "task.give", on),
        is_giver(post, task),
        no_unless(extension.state == ExtensionState.ASKED, "already-answered", _("Lời xin gia hạn này đã được trả lời.")),
        no_unless(task.state in WAITS_ON_LEAD, "not-open", _("Chỉ gia hạn nhiệm vụ chưa trả lời.")),
        no_unless(not grants or extension.due_at > now, "due-passed", _("Hạn mới đã qua. Hãy từ chối, hoặc chờ trả lời.")),
        no_unless(grants or reason.strip(), "reason-missing", _("Không gia hạn thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def is_overdue(task: Task, now: datetime) -> bool:
    """Past its deadline without an answer. The clock says overdue, never done."""
    return task.state in WAITS_ON_LEAD and now > task.due_at
