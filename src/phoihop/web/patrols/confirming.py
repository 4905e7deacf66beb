"""A party speaks of a result for its own unit: right, right with its own numbers, or not right and why; the lead makes a one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from phoihop.domain.activities.actions.confirming import confirm, make_link
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries.statements import Asked, statement_for
from phoihop.domain.activities.rules import LINK_LIVES, Word, is_lead
from phoihop.domain.forces.models import Unit
from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, acting, attempt, no_access, page
from ..forms import Form, TextField
from ..written import read_number
from . import wording
from .acts import NO_NAMES, act_page, done
from .one.parties import rows
from .seeing import SeenPatrol, address, now_and_today, of_patrol, record

LINK_PAGE = "/xn/"
"""Where a party without an account answers; the secret follows (web/paper/link.py)."""


class Agreeing(Form):
    """The digest is what stood on the page that was read: a result changed meanwhile is read again first."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    people = forms.IntegerField(
        label=_("Số người của đơn vị tôi"), required=False, help_text=_("Chỉ ghi nếu khác số chủ trì ghi; số này tính cho phần của đơn vị mình.")
    )
    teams = forms.IntegerField(label=_("Số tổ của đơn vị tôi"), required=False)
    note = TextField(label=_("Ghi chú"), required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {"word": Word(self.activity, got["digest"], True, got.get("people"), got.get("teams"), got.get("note", ""))}


class Disputing(Form):
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    note = TextField(label=_("Điều gì không đúng"), needed=True, help_text=NO_NAMES)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def arguments(self) -> dict[str, Any]:
        return {"word": Word(self.activity, self.cleaned_data["digest"], False, note=self.cleaned_data["note"])}


@acting("patrol.confirm", time="none")
@of_patrol
def agree(request: Acting, a: SeenPatrol) -> HttpResponse:
    asked = _asked(request, a)
    form = Agreeing(request.POST or None, activity=a, initial=_own_words(asked))
    if request.method == "POST" and attempt(form, confirm, by=request.post, at=timezone.now()):
        return done(request, a, now_("Đã xác nhận cho đơn vị của bạn."))
    if form.is_bound:
        _read_again(form, a)
    return act_page(request, a, form, now_("Xác nhận kết quả"), now_("Đúng, xác nhận"), lines=list(asked.statement.sentences()))


@acting("patrol.confirm", time="none")
@of_patrol
def dispute(request: Acting, a: SeenPatrol) -> HttpResponse:
    asked = _asked(request, a)
    form = Disputing(request.POST or None, activity=a, initial={"digest": a.digest})
    if request.method == "POST" and attempt(form, confirm, by=request.post, at=timezone.now()):
        return done(request, a, now_("Đã báo chủ trì là không đúng. Cuộc này tạm không được tính."), "warn")
    if form.is_bound:
        _read_again(form, a)
    text = now_("Cuộc này không được tính cho đến khi chủ trì sửa kết quả hoặc bạn xác nhận lại.")
    return act_page(request, a, form, now_("Kết quả không đúng"), now_("Gửi"), text=text, lines=list(asked.statement.sentences()))


def _own_words(asked: Asked) -> dict[str, Any]:
    return {"digest": asked.activity.digest, "people": asked.mine.own_people, "teams": asked.mine.own_teams}


def _asked(request: Acting, a: SeenPatrol) -> Asked:
    """What the acting unit is asked to confirm. Raises Refused where there is nothing."""
    _now, today = now_and_today()
    asked = statement_for(request.post, a, today)
    if asked is None:
        raise Refused(Verdict("nothing-to-confirm", _("Chưa có kết quả nào để đơn vị của bạn xác nhận.")))
    return asked


def _read_again(form: Form, a: SeenPatrol) -> None:
    """The refused page shows the present result: what is sent next is about that one."""
    sent: Any = form.data
    again = sent.copy()
    again["digest"] = a.digest
    form.data = again


@never_cache
@acting("patrol.result", time="none")
@of_patrol
def link(request: Acting, a: SeenPatrol) -> HttpResponse:
    """Choose the party, make its link, show it once."""
    if not (verdict := is_lead(request.post, a)):
        return no_access(request, verdict)
    now, _today = now_and_today()
    silent = [row for row in rows(request.post, a, record(request, a).parties, now) if row.may_link]
    chosen = request.POST.get("unit") or request.GET.get("cho", "")
    made = None
    if request.method == "POST":
        unit = get_object_or_404(Unit, pk=read_number(chosen) or 0)
        _record, secret = make_link(by=request.post, activity=a, unit=unit, at=now)
        made = {"unit": unit, "url": request.build_absolute_uri(f"{LINK_PAGE}{secret.reveal()}/"), "until": now + LINK_LIVES}
    name = wording.name_of(a, bool(a.exact))
    return page(request, "patrols/link.html", a=a, base=address(a.matter.code), name=name, silent=silent, chosen=chosen, made=made)
