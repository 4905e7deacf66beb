"""Pages that only tests have: a form over an action, one that breaks, one that needs a permission, one sent twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.http import require_POST

from phoihop.kernel.verdict import Refused, Verdict
from phoihop.web.base import Acting, acting, attempt, page
from phoihop.web.forms import DateField, Form, TextField
from phoihop.web.fresh import polled
from phoihop.web.once import once
from phoihop.web.toasts import toast

DONE: list[dict[str, Any]] = []


class Noting(Form):
    day = DateField(label="Ngày")
    text = TextField(label="Nội dung", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], initial="a")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


def note(*, by: Any, day: Any, text: str, kind: str, version: int, sure: frozenset[str] = frozenset()) -> str:
    """Stands for an action: refuses by the words it is given, as rules and gates do."""
    if text == "refuse":
        raise Refused(Verdict("no-such-thing", "Không được ghi như vậy.", "text", offer="ghi khác"))
    if text == "whole":
        raise Refused(Verdict("closed", "Việc này đã kết thúc.", "rows.3.note"))
    if text == "ask" and "name" not in sure:
        raise Refused(Verdict("likely-name", "Có vẻ là tên người.", "text", asks=True, answer="name"))
    if version != 1:
        raise Refused(Verdict("changed-meanwhile", "Người khác vừa sửa."))
    DONE.append({"by": by, "day": day, "text": text, "kind": kind})
    return "made"


@acting("patrol.plan")
def noting(request: Acting) -> HttpResponse:
    form = Noting(request.POST or None)
    if request.method == "POST" and (done := attempt(form, note, by=request.post)):
        toast(request, f"Đã ghi: {done.result}", undo="/thu/hoan-tac/", note=7)
        return HttpResponseRedirect("/thu/")
    return page(request, "errors/no_access.html", part="answer", form=form, verdict=Verdict("x", "Trang thử"))


@acting()
@once
def sending(request: Acting) -> HttpResponse:
    if request.POST.get("text") == "refuse":
        return HttpResponse("refused", status=422)
    DONE.append({"text": request.POST.get("text")})
    return HttpResponseRedirect("/thu/xong/")


def breaking(request: HttpRequest, how: str) -> HttpResponse:
    if how == "disk":
        raise OperationalError("database or disk is full")
    if how == "system":
        raise OSError(28, "No space left on device")
    if how == "busy":
        raise OperationalError("database is locked")
    if how == "refused":
        raise Refused(Verdict("day-not-over", "Ngày chưa qua."))
    raise ValueError("anything")


STATE = {"value": 1}


@acting()
@polled(lambda request: STATE["value"])
def polling(request: Acting) -> HttpResponse:
    DONE.append({"polled": STATE["value"]})
    return HttpResponse("fresh")


@require_POST
@acting()
def undo(request: Acting) -> HttpResponse:
    toast(request, "Đã hoàn tác.")
    return HttpResponseRedirect("/thu/")


urlpatterns = [
    path("thu/", noting),
    path("thu/gui/", sending),
    path("thu/hong/<slug:how>/", breaking),
    path("thu/moi/", polling),
    path("thu/hoan-tac/", undo),
    path("", include("phoihop.config.urls")),
]
handler400 = "phoihop.web.errors.bad_request"
handler403 = "phoihop.web.errors.forbidden"
handler404 = "phoihop.web.errors.not_found"
handler500 = "phoihop.web.errors.failed"
