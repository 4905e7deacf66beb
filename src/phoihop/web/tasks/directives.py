"""/nhiem-vu/van-ban-den/: the book of documents that came in and ask for something; each with what follows from it and how far that is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.people.rules import may
from phoihop.domain.tasks.actions import finish_directive, register_directive
from phoihop.domain.tasks.models import IncomingDirective, TaskSource
from phoihop.domain.tasks.queries.directives import directives_seen, with_progress
from phoihop.domain.tasks.queries.queue import of_matter
from phoihop.domain.tasks.rules import DirectiveDraft
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc
from phoihop.search import tasks as asking

from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form, TextField
from ..lists import Listing
from ..patrols.named import suggestions
from ..toasts import toast
from . import wording
from .several import TaskRows

PAGE = "/nhiem-vu/van-ban-den/%s/"
_SORTS = {"nhan": "received_on", "han": "due_on"}


class Registering(TaskRows):
    """A document as it came in, and what it asks for; the tasks may follow later."""

    least = 0
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 09/CT-UBND"), error_messages={"required": _("Hãy ghi số, ký hiệu.")})
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=120, error_messages={"required": _("Hãy ghi cơ quan ban hành.")})
    issued_on = DateField(label=_("Ngày ban hành"))
    received_on = DateField(label=_("Ngày nhận"))
    due_on = DateField(label=_("Phải báo cáo kết quả trước hoặc trong ngày"), required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=300, error_messages={"required": _("Hãy ghi trích yếu.")})
    text = TextField(
        label=_("Phần giao việc cho đơn vị"), required=False,
        help_text=_("Chỉ ghi phần không mật. Văn bản có dấu mật không đưa vào hệ thống này."),
    )  # fmt: skip

    def document_of(self, told: dict[str, Any]) -> str:
        return str(told.get("number", "")).strip()

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "draft": DirectiveDraft(got["number"], got["issuer"], got["issued_on"], got["received_on"], got["subject"], got["text"], got["due_on"], self.drafts)
        }


class Finishing(Form):
    """Nothing to fill in: the button says it all."""


@acting("matter.view", time="none")
def book(request: Acting) -> HttpResponse:
    now = timezone.now()
    seen = directives_seen(request.post, local_day(now))
    text = nfc(request.GET.get("q", "")).strip()[:100]
    rows = with_progress(asking.in_book(seen, text) if text else seen, now)
    listing: Listing[IncomingDirective] = Listing(request, rows, _SORTS, "-nhan")
    return page(
        request, "tasks/directives.html", part="found", listing=listing, rows=[_row(d) for d in listing.rows], text=text, may_register=may(request.post, "task.give"),
    )  # fmt: skip


def _row(d: Any) -> dict[str, Any]:
    return {"one": d, "url": PAGE % d.matter.code, "late": d.late, "ended": d.matter.closed_at is not None}


@acting("task.give", time="none")
def register(request: Acting) -> HttpResponse:
    today = local_day(timezone.now())
    form, run = Registering.asked(request, request.post, {"received_on": today})
    if run and (done := attempt(form, register_directive, by=request.post, at=timezone.now())):
        made: IncomingDirective = done.result
        toast(request, now_("Đã ghi %(number)s vào sổ văn bản đến.") % {"number": made.number})
        return go(request, PAGE % made.matter.code)
    return page(request, "tasks/directive_new.html", form=form, here=request.path, **suggestions(request.post, today))


@acting("matter.view", time="none")
def one(request: Acting, code: str) -> HttpResponse:
    """A document with its tasks; a POST says that it is carried out."""
    now = timezone.now()
    found = _found(request, code)
    form = Finishing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, finish_directive, by=request.post, directive=found, at=now):
        toast(request, now_("Đã ghi kết thúc thực hiện."))
        return go(request, PAGE % found.matter.code)
    tasks = [
        {"one": t, "tag": wording.state_tag(t), "over": wording.overdue(t, now), "open": t.closed_at is None}
        for t in of_matter(request.post, found.matter, local_day(now))
    ]
    leads = found.matter.lead_id == request.post.unit_id
    return page(
        request, "tasks/directive.html", form=form, status=422 if form.is_bound else 200, one=found, tasks=tasks, source=TaskSource.DIRECTIVE,
        may_finish=leads and found.matter.closed_at is None and may(request.post, "task.close"),
        may_give=leads and found.matter.closed_at is None and may(request.post, "task.give"),
    )  # fmt: skip


def _found(request: Acting, code: str) -> Any:
    """The document of a code with how far it is. Raises Http404 for one that the post does not see."""
    said = spoken.parse(code)
    if said is None:
        raise Http404
    now = timezone.now()
    return get_object_or_404(with_progress(directives_seen(request.post, local_day(now)), now), matter__code=str(said))
