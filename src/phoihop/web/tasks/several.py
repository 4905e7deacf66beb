"""/nhiem-vu/nhieu/: what one directive asks for, as tasks of several leads in one go: each with its lead, its supports and its deadline.

The rows are those of the page on which an incoming document is registered, too (``directives``).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.matters.models import Matter
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.actions import give_many
from phoihop.domain.tasks.models import Task, TaskSource
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, go, page
from ..forms import Form, MomentField, TextField
from ..patrols.named import UNITS, NameField, Reader, suggestions
from ..toasts import toast
from .giving import NO_NAMES, matter_of

ROWS = 8
_END_OF_WORK = time(17)
_PARTS = ("what", "lead", "supports", "due_at")


class TaskRows(Form):
    """The fields of a row are ``0.what``, ``0.lead`` … A row without a task is left out. ``least``: how many tasks there must be."""

    least = 1
    grace_workdays = forms.IntegerField(
        label=_("Quá hạn mấy ngày làm việc thì việc hiện lại ở hàng đợi của đơn vị giao"), required=False, initial=2, help_text=_("Để trống nếu không cần.")
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post, self._reader, self._today = post, Reader(post), local_day(timezone.now())
        in_a_week = datetime.combine(self._today + timedelta(days=7), _END_OF_WORK, HOME)
        for n in range(ROWS):
            said = forms.Textarea(attrs={"rows": 2})
            self.fields[f"{n}.what"] = TextField(label=_("Việc phải làm"), required=False, widget=said, help_text=NO_NAMES if n == 0 else "")
            self.fields[f"{n}.lead"] = NameField(UNITS, label=_("Chủ trì"), required=False)
            self.fields[f"{n}.supports"] = forms.CharField(label=_("Phối hợp"), required=False, help_text=_("Cách nhau bằng dấu chấm phẩy.") if n == 0 else "")
            self.fields[f"{n}.due_at"] = MomentField(label=_("Hạn"), required=False, initial=in_a_week)

    @property
    def rows(self) -> list[tuple[int, list[Any]]]:
        return [(n + 1, [self[f"{n}.{part}"] for part in _PARTS]) for n in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or self.cleaned_data)
        self.filled = [n for n in range(ROWS) if told.get(f"{n}.what", "").strip()]
        if len(self.filled) < self.least:
            self.add_error("0.what", _("Ghi ít nhất một việc phải làm."))
        self.drafts = [draft for n in self.filled if (draft := self._draft(told, n)) is not None]
        return told

    def _draft(self, told: dict[str, Any], n: int) -> TaskDraft | None:
        """The task of a row; None if a name or its deadline is not understood, with the reason at its field."""
        try:
            names = [name.strip() for name in told.get(f"{n}.supports", "").split(";") if name.strip()]
            supports = [self._named(f"{n}.supports", name) for name in names]
            lead = self._named(f"{n}.lead", told.get(f"{n}.lead", ""))
        except forms.ValidationError:
            return None
        if not told.get(f"{n}.due_at"):
            self.add_error(f"{n}.due_at", _("Chọn ngày và giờ."))
            return None
        what, document = told[f"{n}.what"].strip(), self.document_of(told)
        said = f"{document}: {what}" if document else what
        return TaskDraft(self.matter_for(told), said, lead, told[f"{n}.due_at"], supports, TaskSource.DIRECTIVE, told.get("grace_workdays"))

    def document_of(self, told: dict[str, Any]) -> str:
        """What is put before each task: the number of the document that asks for it."""
        return ""

    def matter_for(self, told: dict[str, Any]) -> Matter | None:
        """The matter on which the tasks hang; None: each is one of its own, or the action opens one for them."""
        return None

    def _named(self, field: str, name: str) -> Any:
        try:
            return self._reader.unit(name, self._today)
        except forms.ValidationError as unclear:
            self.add_error(field, unclear)
            raise

    def place_of(self, field: str | None) -> str | None:
        """A refusal of one of the tasks, at the row as it stands on the page."""
        parts = (field or "").split(".")
        if len(parts) < 2 or not parts[1].isdecimal():
            return field
        return f"{self.filled[int(parts[1])]}.{parts[2] if len(parts) > 2 else 'what'}"


class Directive(TaskRows):
    """``document``: number and symbol of what asks for it, put before each task; ``matter``: the code of the register's entry, or empty."""

    document = forms.CharField(label=_("Văn bản: số, ký hiệu"), max_length=80, required=False, help_text=_("Ví dụ: Chỉ thị 09/CT-TTg. Ghi trước mỗi việc."))
    matter = forms.CharField(label=_("Thuộc văn bản trong sổ (mã)"), max_length=24, required=False, help_text=_("Để trống nếu văn bản không có trong sổ."))

    def clean_matter(self) -> Matter | None:
        said = str(self.cleaned_data["matter"]).strip()
        return matter_of(self._post, said) if said else None

    def document_of(self, told: dict[str, Any]) -> str:
        return str(told.get("document", "")).strip()

    def matter_for(self, told: dict[str, Any]) -> Matter | None:
        return told.get("matter")

    def arguments(self) -> dict[str, Any]:
        return {"drafts": self.drafts}

    def run(self, **kwargs: Any) -> Any:
        """Give them all; a refusal names the row as it stands on the page."""
        try:
            return give_many(**kwargs)
        except Refused as refusal:
            field = refusal.verdict.field
            if len(self.filled) == 1 and field and not field.startswith("drafts."):
                field = f"drafts.0.{field}"
            raise Refused(refusal.verdict.at(self.place_of(field))) from refusal


@acting("task.give", time="none")
def several(request: Acting) -> HttpResponse:
    form = Directive(
        request.POST or None, post=request.post, initial={"matter": request.GET.get("viec", "")[:24], "document": request.GET.get("van-ban", "")[:80]}
    )
    if request.method == "POST" and (done := attempt(form, form.run, by=request.post, at=timezone.now())):
        made: list[Task] = done.result
        toast(request, ngettext("Đã giao, đề nghị %(n)s nhiệm vụ.", "Đã giao, đề nghị %(n)s nhiệm vụ.", len(made)) % {"n": len(made)})
        return go(request, "/nhiem-vu/?vai=da-giao&nguon=van-ban")
    return page(request, "tasks/several.html", form=form, **suggestions(request.post, local_day(timezone.now())))
