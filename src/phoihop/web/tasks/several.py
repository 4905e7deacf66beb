"""/nhiem-vu/nhieu/: what one directive asks for, as tasks of several leads in one go: each with its lead, its supports and its deadline.

The rows are those of the page on which an incoming document is registered, too (``directives``).
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any, Self

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import Matter
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.actions import give_many
from phoihop.domain.tasks.models import Task, TaskSource
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused

from .. import rows
from ..base import Acting, acting, attempt, go, page
from ..forms import Form, MomentField, TextField
from ..patrols.named import UNITS, NameField, Reader, suggestions
from ..rows import Row, places
from ..toasts import toast
from .giving import NO_NAMES, matter_of

FIRST_ROWS = 2
_TASKS = "tasks"
_END_OF_WORK = time(17)
_PARTS = ("what", "lead", "supports", "due_at")
_PRESET = frozenset({"due_at_0", "due_at_1"})


class TaskRows(Form):
    """The fields of a row are ``tasks.0.what``, ``tasks.0.lead`` … (``rows``). A row in which nothing was typed is left out.

    ``least``: how many tasks there must be.
    """

    least = 1
    grace_workdays = forms.IntegerField(
        label=_("Quá hạn mấy ngày làm việc thì việc hiện lại ở hàng đợi của đơn vị giao"), required=False, initial=2, help_text=_("Để trống nếu không cần.")
    )

    def __init__(self, *args: Any, post: Post, tree: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post, self._reader, self._today, self.tree = post, Reader(post), local_day(timezone.now()), tree
        for n, (p, _row) in enumerate(places(tree, _TASKS)):
            said = forms.Textarea(attrs={"rows": 2})
            self.fields[f"{p}what"] = TextField(label=_("Việc phải làm"), required=False, widget=said, help_text=NO_NAMES if n == 0 else "")
            self.fields[f"{p}lead"] = NameField(UNITS, label=_("Chủ trì"), required=False)
            self.fields[f"{p}supports"] = forms.CharField(label=_("Phối hợp"), required=False, help_text=_("Cách nhau bằng dấu chấm phẩy.") if n == 0 else "")
            self.fields[f"{p}due_at"] = MomentField(label=_("Hạn"), required=False)

    @classmethod
    def asked(cls, request: Acting, post: Post, first: dict[str, Any]) -> tuple[Self, bool]:
        """The form as the request has it, and whether it is to be run: not when it is opened, nor when a row is to be added or taken away."""
        fresh = _fresh()
        if request.method != "POST":
            return cls._unsent(post, {_TASKS: [dict(fresh) for _n in range(FIRST_ROWS)]}, first), False
        tree = rows.read(request.POST)
        heads = {name: request.POST.getlist(name) for name in (*cls.base_fields, "sure")}
        if (wish := rows.asked(request.POST.get("do", ""))) is not None:
            return cls._unsent(post, _some(rows.changed(tree, *wish, {_TASKS: fresh}), fresh), {name: said[-1] for name, said in heads.items() if said}), False
        tree = _some(rows.pruned(tree, _PRESET), fresh)
        return cls(rows.written(tree, heads), post=post, tree=tree), True

    @classmethod
    def _unsent(cls, post: Post, tree: Row, first: dict[str, Any]) -> Self:
        return cls(post=post, tree=tree, initial=rows.initial(tree) | first)

    @property
    def task_rows(self) -> list[dict[str, Any]]:
        return [{"place_of_row": p.rstrip("."), "fields": [self[p + part] for part in _PARTS]} for p, _row in places(self.tree, _TASKS)]

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or self.cleaned_data)
        filled = [p for p, row in places(self.tree, _TASKS) if rows.pruned({_TASKS: [row]}, _PRESET)[_TASKS]]
        if len(filled) < self.least:
            self.add_error("tasks.0.what", _("Ghi ít nhất một việc phải làm."))
        self.drafts = [draft for p in filled if (draft := self._draft(told, p)) is not None]
        return told

    def _draft(self, told: dict[str, Any], p: str) -> TaskDraft | None:
        """The task of a row; None if something of it is missing or not understood, with the reason at its field."""
        if not told.get(f"{p}what", "").strip():
            self.add_error(f"{p}what", _("Ghi việc phải làm, hoặc bỏ dòng này."))
        names = [name.strip() for name in told.get(f"{p}supports", "").split(";") if name.strip()]
        supports = [self._named(f"{p}supports", name) for name in names]
        lead = self._named(f"{p}lead", said) if (said := told.get(f"{p}lead", "").strip()) else None
        if not said:
            self.add_error(f"{p}lead", _("Hãy ghi tên đơn vị chủ trì."))
        if not told.get(f"{p}due_at") and f"{p}due_at" not in self.errors:
            self.add_error(f"{p}due_at", _("Chọn ngày và giờ."))
        if lead is None or any(name in self.errors for name in (f"{p}{part}" for part in _PARTS)):
            return None
        what, document = told[f"{p}what"].strip(), self.document_of(told)
        asked = f"{document}: {what}" if document else what
        helping = [unit for unit in supports if unit is not None]
        return TaskDraft(self.matter_for(told), asked, lead, told[f"{p}due_at"], helping, TaskSource.DIRECTIVE, told.get("grace_workdays"))

    def document_of(self, told: dict[str, Any]) -> str:
        """What is put before each task: the number of the document that asks for it."""
        return ""

    def matter_for(self, told: dict[str, Any]) -> Matter | None:
        """The matter on which the tasks hang; None: each is one of its own, or the action opens one for them."""
        return None

    def _named(self, field: str, name: str) -> Unit | None:
        try:
            return self._reader.unit(name, self._today)
        except forms.ValidationError as unclear:
            self.add_error(field, unclear)
            return None


def _fresh() -> Row:
    """With what a new row begins: the end of a working day in a week."""
    day = local_day(timezone.now()) + timedelta(days=7)
    return {"due_at_0": [f"{day:%d/%m/%Y}"], "due_at_1": [f"{_END_OF_WORK:%H:%M}"]}


def _some(tree: Row, fresh: Row) -> Row:
    """One row at least, for what is wrong with none to stand at."""
    return tree | {_TASKS: tree.get(_TASKS) or [dict(fresh)]}


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
            raise Refused(refusal.verdict.at(_in_row(refusal.verdict.field, len(self.drafts)))) from refusal


def _in_row(field: str | None, count: int) -> str | None:
    """What :func:`give_many` refuses, at its row: of one task it names the field alone."""
    if field and count == 1 and not field.startswith("drafts."):
        return f"{_TASKS}.0.{field}"
    return field and field.replace("drafts.", f"{_TASKS}.", 1)


@acting("task.give", time="none")
def several(request: Acting) -> HttpResponse:
    first = {"matter": request.GET.get("viec", "")[:24], "document": request.GET.get("van-ban", "")[:80]}
    form, run = Directive.asked(request, request.post, first)
    if run and (done := attempt(form, form.run, by=request.post, at=timezone.now())):
        made: list[Task] = done.result
        toast(request, ngettext("Đã giao, đề nghị %(n)s nhiệm vụ.", "Đã giao, đề nghị %(n)s nhiệm vụ.", len(made)) % {"n": len(made)})
        return go(request, "/nhiem-vu/?vai=da-giao&nguon=van-ban")
    return page(request, "tasks/several.html", form=form, here=request.path, **suggestions(request.post, local_day(timezone.now())))
