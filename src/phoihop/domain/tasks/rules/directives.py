"""Documents that come in and ask for something: registered once by who received them; what they ask for becomes tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.models import Matter
from ...matters.rules import has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from .giving import TaskDraft

events("directive", registered=_("ghi văn bản chỉ đạo đến"), finished=_("kết thúc việc thực hiện văn bản chỉ đạo"))


@dataclass(frozen=True, slots=True)
class DirectiveDraft:
    """``text``: the part that lays something on units here, without anything secret. ``tasks``: what follows from it, on no matter yet."""

    number: str
    issuer: str
    issued_on: date
    received_on: date
    subject: str
    text: str = ""
    due_on: date | None = None
    tasks: Sequence[TaskDraft] = field(default_factory=list)

    @property
    def folded(self) -> str:
        """Number and issuer as they are compared: ``09/ct-ttg thu tuong chinh phu``."""
        return fold(f"{self.number} {self.issuer}")[:200]


def may_register(post: Post, on: date) -> Verdict:
    return allowed(post, "task.give", on)


def fits_directive(d: DirectiveDraft, there: bool, on: date) -> Verdict:
    """``there``: whether this unit has a document of this number by this issuer of the same year."""
    return first_no(
        has_text(d.number, "number"),
        no_unless(len(d.number) <= 60, "text-too-long", _("Số, ký hiệu dài nhất 60 chữ cái."), "number"),
        has_text(d.issuer, "issuer"),
        no_unless(len(d.issuer) <= 120, "text-too-long", _("Tên cơ quan dài nhất 120 chữ cái."), "issuer"),
        has_text(d.subject, "subject"),
        no_unless(d.issued_on <= on, "day-ahead", _("Ngày ban hành chưa đến."), "issued_on"),
        no_unless(d.received_on <= on, "day-ahead", _("Ngày nhận chưa đến."), "received_on"),
        no_unless(d.received_on >= d.issued_on, "received-before-issued", _("Ngày nhận không trước ngày ban hành."), "received_on"),
        no_unless(d.due_on is None or d.due_on >= d.received_on, "due-before-received", _("Hạn báo cáo không trước ngày nhận."), "due_on"),
        no_unless(not there, "directive-there", _("Văn bản số này của cơ quan này, cùng năm, đã có trong sổ của đơn vị."), "number"),
    )


def may_finish(post: Post, matter: Matter, open_tasks: int, on: date) -> Verdict:
    """Who registered it says that it is carried out, once nothing of it is open."""
    return first_no(
        allowed(post, "task.close", on),
        leads(post, matter),
        no_unless(matter.closed_at is None, "ended", _("Văn bản này đã kết thúc thực hiện.")),
        no_unless(not open_tasks, "tasks-open", _("Còn %(n)d nhiệm vụ chưa kết thúc.") % {"n": open_tasks}),
    )
