"""What the lead does with one patrol: it leaves, is cancelled, did not take place; and what everybody on it does: tap, note, attach."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.activities.actions import holding, planning, under_way
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries.routes import points_known
from phoihop.domain.activities.rules import Result
from phoihop.domain.matters.actions import notes
from phoihop.domain.matters.queries.notes import attachments_of, content_of
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..forms import Form, MomentField, TextField
from ..once import once
from ..saved import saved
from ..toasts import toast
from ..uploads import file_field, upload_of
from . import wording
from .one.page import shown
from .seeing import SeenPatrol, address, now_and_today, of_patrol

NO_NAMES = _("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân.")


class Why(Form):
    """The refusal of an empty reason is the rule's, with its own sentence."""

    why = TextField(label=_("Lý do"), needed=True, help_text=NO_NAMES)


class Starting(Form):
    started_at = MomentField(label=_("Xuất phát lúc"))


class Noting(Form):
    text = TextField(label=_("Diễn biến"), required=False)
    private = forms.BooleanField(label=_("Chỉ đơn vị tôi xem"), required=False)


class Attaching(Form):
    upload = file_field(_("Tệp"), help_text=_("Ảnh được xóa vị trí, giờ và tên máy chụp trước khi lưu; chỉ chụp vật, không chụp người."))

    def arguments(self) -> dict[str, Any]:
        return {"upload": upload_of(self.cleaned_data["upload"])}


def act_page(request: Acting, a: SeenPatrol, form: Form, heading: Any, button: Any, **more: Any) -> HttpResponse:
    """A page with the form of one act."""
    name = wording.name_of(a, bool(a.exact))
    return page(request, "patrols/act.html", a=a, base=address(a.matter.code), name=name, form=form, heading=heading, button=button, **more)


def done(request: Acting, a: SeenPatrol, said: Any, kind: str = "ok") -> HttpResponse:
    """Back to the patrol, with what was done."""
    toast(request, said, kind)
    return go(request, address(a.matter.code))


@acting("patrol.cancel", time="none")
@of_patrol
def cancel(request: Acting, a: SeenPatrol) -> HttpResponse:
    form = Why(request.POST or None)
    if request.method == "POST" and attempt(form, planning.cancel, by=request.post, activity=a, at=timezone.now()):
        return done(request, a, now_("Đã hủy cuộc tuần tra."), "warn")
    text = now_("Các bên thấy là đã hủy, cùng lý do. Số liệu đã tính (nếu có) được rút lại.")
    return act_page(request, a, form, now_("Hủy cuộc tuần tra"), now_("Hủy cuộc này"), text=text, danger=True)


@acting("patrol.result", time="none")
@of_patrol
def not_held(request: Acting, a: SeenPatrol) -> HttpResponse:
    """It did not take place, and why."""
    form = Why(request.POST or None)
    if request.method == "POST":
        report = _as_not_held(request, a)
        if attempt(form, report, by=request.post, at=timezone.now()):
            return done(request, a, now_("Đã ghi là không tổ chức."), "warn")
    text = now_("Các bên được đề nghị sẽ xác nhận điều này; cuộc này không được tính là đã tổ chức.")
    return act_page(request, a, form, now_("Không tổ chức"), now_("Ghi không tổ chức"), text=text)


def _as_not_held(request: Acting, a: SeenPatrol) -> Any:
    def report(*, why: str, **kwargs: Any) -> Activity:
        return holding.report(result=Result(a, a.version, held=False, why=why), **kwargs)

    return report


@acting("patrol.start", time="none")
@of_patrol
@once
def start(request: Acting, a: SeenPatrol) -> HttpResponse:
    """It has left: now at one tap, or at another time that is typed."""
    now = timezone.now()
    typed = "started_at_0" in request.POST
    form = Starting(request.POST if typed else None, initial={"started_at": now})
    if request.method == "POST" and not typed:
        under_way.start(by=request.post, activity=a, started_at=now, at=now)
        return done(request, a, now_("Đã ghi xuất phát."))
    if typed and attempt(form, under_way.start, by=request.post, activity=a, at=now):
        return done(request, a, now_("Đã ghi xuất phát."))
    return act_page(request, a, form, now_("Xuất phát"), now_("Ghi xuất phát"))


@require_POST
@acting("patrol.start", time="none")
@of_patrol
@once
def tap(request: Acting, a: SeenPatrol, point: int) -> HttpResponse:
    """A check-point was reached: the moment of the tap on the phone, sent now or when there is a network again."""
    now = timezone.now()
    checkpoint = get_object_or_404(points_known(request.post, local_day(now)), pk=point, route=a.route_id)
    under_way.tap(by=request.post, activity=a, checkpoint=checkpoint, tapped_at=_moment(request.POST.get("at", ""), now), at=now)
    return done(request, a, now_("Đã ghi giờ tới %(name)s.") % {"name": checkpoint.name})


_ASTRAY = timedelta(minutes=5)
"""By how much a phone's clock may be ahead without the tap being refused."""


def _moment(text: str, now: datetime) -> datetime:
    try:
        said = parse_datetime(text)
    except ValueError:
        said = None
    if said is None or said.tzinfo is None:
        return now
    return now if now < said <= now + _ASTRAY else said


@require_POST
@acting("note.write", time="none")
@of_patrol
def note(request: Acting, a: SeenPatrol) -> HttpResponse:
    """A line in the story. Refused, it comes back with the page as it was typed."""
    form = Noting(request.POST)
    if attempt(form, notes.note, by=request.post, matter=a.matter, at=timezone.now()):
        return done(request, a, now_("Đã ghi."))
    return page(request, "patrols/patrol.html", status=422, **shown(request, a, note_form=form, form=form))


@acting("file.attach", time="none")
@of_patrol
def attach(request: Acting, a: SeenPatrol) -> HttpResponse:
    form = Attaching(request.POST or None, request.FILES or None) if request.method == "POST" else Attaching()
    if request.method == "POST" and attempt(form, notes.attach, by=request.post, matter=a.matter, at=timezone.now()):
        return done(request, a, now_("Đã đính kèm."))
    return act_page(request, a, form, now_("Đính kèm tệp"), now_("Đính kèm"))


@acting("matter.view", time="none")
@of_patrol
def file(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    """The file itself."""
    _now, today = now_and_today()
    kept = attachments_of(request.post, a.matter, today).filter(pk=pk).first()
    content = content_of(request.post, a.matter, pk, today) if kept else None
    if kept is None or content is None:
        raise Http404
    return saved(content, kept.media, kept.name.text)
