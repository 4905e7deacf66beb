"""/nhiem-vu/moi/: give a task. Whether it is assigned or requested follows from how the two units stand to each other, and the page says so."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.queries.relations import relation_between
from phoihop.domain.matters.models import Matter
from phoihop.domain.matters.queries.sight import seen_by
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.models import Task, TaskSource
from phoihop.domain.tasks.queries.modes import mode_between
from phoihop.domain.tasks.queries.queue import seen_by as tasks_seen_by
from phoihop.domain.tasks.rules import MilitiaDraft, TaskDraft
from phoihop.kernel import spoken
from phoihop.kernel.period import HOME, local_day

from ..base import Acting, acting, attempt, go, page
from ..forms import Form, MomentField, TextField, Unclear
from ..patrols.named import UNIT_HINT, UNITS, NameField, Reader, suggestions
from ..toasts import toast
from . import wording
from .listing import SOURCES

NO_NAMES = _("Không ghi họ tên, giấy tờ, số điện thoại của người dân.")
GIVEN = {"assigned": _("Đã giao %(code)s."), "requested": _("Đã đề nghị %(code)s."), "proposed": _("Đã đề xuất %(code)s.")}
PEOPLE, SINCE, UNTIL = "militia.people", "militia.since", "militia.until"
_END_OF_WORK = time(17)
_NO_SUCH = _("Không có việc nào mã này mà đơn vị của bạn xem được. Kiểm tra lại mã, hoặc để trống.")


class Giving(Form):
    """``matter``: the code of what it belongs to; empty: the task stands by itself."""

    what = TextField(label=_("Việc phải làm"), help_text=NO_NAMES, error_messages={"required": _("Hãy ghi việc phải làm.")})
    lead = NameField(UNITS, label=_("Đơn vị chủ trì"), help_text=UNIT_HINT, error_messages={"required": _("Hãy ghi tên đơn vị chủ trì.")})
    supports = forms.CharField(
        label=_("Đơn vị phối hợp"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Mỗi dòng một đơn vị. Để trống nếu không cần.")
    )
    due_at = MomentField(label=_("Hạn"))
    source = forms.ChoiceField(label=_("Nguồn"), choices=TaskSource.choices)
    grace_workdays = forms.IntegerField(
        label=_("Quá hạn mấy ngày làm việc thì việc hiện lại ở hàng đợi của đơn vị giao"), required=False, help_text=_("Để trống nếu không cần.")
    )
    matter = forms.CharField(
        label=_("Thuộc việc (mã)"), required=False, help_text=_("Mã của cuộc tuần tra hay việc đang xử lý; để trống nếu nhiệm vụ đứng riêng.")
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post, self._reader, self._today = post, Reader(post), local_day(timezone.now())
        self.fields |= {
            PEOPLE: forms.IntegerField(label=_("Số dân quân đề nghị điều động"), required=False),
            SINCE: MomentField(label=_("Từ lúc"), required=False),
            UNTIL: MomentField(label=_("Đến lúc"), required=False),
        }

    @property
    def militia(self) -> list[Any]:
        """The fields about militia, for the template."""
        return [self[name] for name in (PEOPLE, SINCE, UNTIL)]

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or self.cleaned_data)
        if told.get(PEOPLE) is not None:
            for name in (SINCE, UNTIL):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Ghi thời gian điều động."))
        return told

    def clean_lead(self) -> Unit:
        return self._reader.unit(self.cleaned_data["lead"], self._today)

    def clean_supports(self) -> list[Unit]:
        """A line that is not understood is told by its words; it offers nothing, for its button would replace the other lines."""
        names = [line.strip() for line in self.cleaned_data["supports"].replace(";", "\n").splitlines() if line.strip()]
        found = []
        for name in names:
            try:
                found.append(self._reader.unit(name, self._today))
            except Unclear as unclear:
                raise forms.ValidationError(f"{name}: {unclear.messages[0]}", code=unclear.code) from unclear
        return found

    def clean_matter(self) -> Matter | None:
        said = self.cleaned_data["matter"].strip()
        return matter_of(self._post, said) if said else None

    def arguments(self) -> dict[str, Any]:
        got = {name: value for name, value in self.cleaned_data.items() if name not in (PEOPLE, SINCE, UNTIL)}
        people = self.cleaned_data[PEOPLE]
        militia = None if people is None else MilitiaDraft(people, self.cleaned_data[SINCE], self.cleaned_data[UNTIL])
        return {"draft": TaskDraft(**got, militia=militia)}


def matter_of(post: Post, text: str) -> Matter:
    """The matter of a code that the post sees. Raises ValidationError."""
    code = spoken.parse(text)
    found = seen_by(post, local_day(timezone.now())).filter(code=str(code)).select_related("title", "area").first() if code else None
    if found is None:
        raise forms.ValidationError(_NO_SUCH, code="no-such-matter")
    return found


@acting("task.give", time="none")
def new(request: Acting) -> HttpResponse:
    form = Giving(request.POST or None, post=request.post, initial=_initial(request))
    if request.method == "POST" and (done := attempt(form, give, by=request.post, at=timezone.now())):
        task: Task = done.result
        toast(request, GIVEN[task.mode] % {"code": task.code})
        return go(request, f"/nhiem-vu/{task.code}/")
    lead = form.cleaned_data.get("lead") if form.is_bound else None
    return page(request, "tasks/new.html", form=form, said=_said(request.post, lead), **suggestions(request.post, local_day(timezone.now())))


def _initial(request: Acting) -> dict[str, Any]:
    """From the address: the matter it is to hang on, where it comes from; or a task that is given again to somebody else."""
    get = request.GET
    in_three_days = datetime.combine(local_day(timezone.now()) + timedelta(days=3), _END_OF_WORK, HOME)
    known: dict[str, Any] = {"due_at": in_three_days, "matter": get.get("viec", "")[:24], "source": SOURCES.get(get.get("nguon", ""), TaskSource.MATTER)}
    if known["matter"][:2].upper() == "TT" and "nguon" not in get:
        known["source"] = TaskSource.PATROL
    if (again := spoken.parse(get.get("tu-nhiem-vu", ""))) is not None:
        old = tasks_seen_by(request.post, local_day(timezone.now())).filter(code=str(again), giver=request.post.unit_id).first()
        if old is not None:
            known |= {"what": old.what.text, "source": old.source, "matter": "" if old.matter.code == old.code else old.matter.code}
    return known


@acting("task.give", time="none")
def mode(request: Acting) -> HttpResponse:
    """Assigned or requested, and why: asked while the lead is typed. Nothing while the name is not one unit."""
    try:
        lead = Reader(request.post).unit(request.GET.get("lead", "")[:160], local_day(timezone.now()))
    except Unclear:
        return page(request, "tasks/mode.html", said=None)
    return page(request, "tasks/mode.html", said=_said(request.post, lead))


def _said(post: Post, lead: Unit | None) -> dict[str, Any] | None:
    if lead is None:
        return None
    today = local_day(timezone.now())
    mode = mode_between(post.unit, lead, today)
    return {"mode": mode, "why": wording.why(post.unit, lead, relation_between(post.unit, lead, today), mode)}
