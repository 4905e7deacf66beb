"""Pages that only tests have: a form over an action, one that breaks, one that needs a permission, one sent twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from phoihop.kernel.verdict import Refused, Verdict
from phoihop.web.base import Acting, acting, attempt, page
from phoihop.web.forms import DateField, Form, TextField
from phoihop.web.fresh import keep_on_phone, polled
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


PARTS = """{% extends "base.html" %}{% load static %}{% block title %}Thử{% endblock %}
{% block head %}<script type="module" src="{% static 'js/grid.js' %}"></script>{% endblock %}
{% block main %}<h1>Thử</h1>
<form method="post" action="/thu/gui/" data-draft="thu" data-outbox="Việc thử" data-outbox-next="/hang-doi/">{% csrf_token %}<label>Chữ <input class="in" name="text" id="typed"></label><button class="btn" id="send">Gửi</button></form>
<table role="grid" aria-label="Lưới" id="entry"><tbody>{% for r in "abc" %}<tr role="row">{% for c in "xyz" %}<td role="gridcell"><input class="in" aria-label="{{ r }}{{ c }}" name="{{ r }}{{ c }}" id="{{ r }}{{ c }}"></td>{% endfor %}</tr>{% endfor %}</tbody></table>
<table role="grid" aria-label="Tháng" id="month"><tbody>{% for r in "abc" %}<tr role="row">{% for c in "xyz" %}<td role="gridcell" tabindex="-1" id="m{{ r }}{{ c }}">{{ r }}{{ c }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>
<div class="row wrap"><button type="button" class="btn" data-key="Digit1" id="one">Tiếp nhận <kbd>1</kbd></button>{% code "TT-26-QS86-18371-7" copy=True %}{% due soon %}{% ago past %}</div>
<div id="fresh" data-poll hx-get="/thu/moi/" hx-trigger="tt:poll">cũ</div>
<ul class="rows"><li><a href="#mot" id="row1">một</a></li><li><a href="#hai" id="row2">hai</a></li></ul>
{% endblock %}"""


@acting()
def parts(request: Acting) -> HttpResponse:
    """Everything that scripts do, on one page."""
    now = timezone.now()
    context = {"soon": now + timedelta(minutes=18, seconds=30), "past": now - timedelta(minutes=5), "now": now}
    return keep_on_phone(request, HttpResponse(engines["django"].from_string(PARTS).render(context, request)))


@acting()
def sent(request: Acting) -> HttpResponse:
    return HttpResponse(
        engines["django"]
        .from_string('{% extends "base.html" %}{% block title %}Xong{% endblock %}{% block main %}<h1>Đã tới nơi</h1>{% endblock %}')
        .render({}, request)
    )


urlpatterns = [
    path("thu/cac-phan/", parts),
    path("thu/xong/", sent),
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
