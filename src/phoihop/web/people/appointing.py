"""Giving a post, ending it, handing it over, and letting somebody stand in: the administrator's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.queries.units import units_kept
from phoihop.domain.people.actions.posts import appoint, deputise, end_post, hand_over_post
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.accounts import accounts_seen_by, takers_of
from phoihop.domain.people.queries.posts import deputies_of
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, page
from ..forms import DateField, Form
from ..toasts import toast
from .accounts import LIST
from .fields import ROLES, AccountField, UnitField
from .posts import Deputising


class Appointing(Form):
    unit = UnitField(label=_("Đơn vị"))
    role = forms.ChoiceField(label=_("Vai"), choices=ROLES)
    title = forms.CharField(label=_("Chức trách"), max_length=80, help_text=_("Như người khác gọi: Trực ban Công an xã."))
    first = DateField(label=_("Từ ngày"))
    until = DateField(label=_("Kết thúc từ ngày"), required=False, help_text=_("Để trống nếu chưa định."))

    def __init__(self, *args: Any, by: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared("unit").offer(units_kept(by.unit.home, local_day(timezone.now())))


class Ending(Form):
    day = DateField(label=_("Kết thúc từ ngày"), help_text=_("Từ ngày này không còn giữ nữa; sớm nhất là hôm nay."))


class HandingOver(Form):
    user = AccountField(label=_("Người nhận bàn giao"), help_text=_("Người đang giữ chức trách ở cùng đơn vị đứng trước."))
    day = DateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, by: Post, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared("user").queryset = takers_of(by, post, local_day(timezone.now()))


@acting("user.manage", time="none")
def appointing(request: Acting, username: str) -> HttpResponse:
    """Give a person a post."""
    today = local_day(timezone.now())
    user = get_object_or_404(accounts_seen_by(request.post, today), username=username)
    form = Appointing(request.POST or None, by=request.post, initial={"first": today})
    if request.method == "POST" and attempt(form, appoint, by=request.post, user=user, at=timezone.now()):
        toast(request, _("Đã giao chức trách."))
        return redirect(f"{LIST}{username}/")
    return page(request, "people/appoint.html", form=form, person=user)


@acting("user.manage", time="none")
def post_of_another(request: Acting, pk: int) -> HttpResponse:
    """One post: end it, hand it over, or let somebody stand in. ``do`` says which form was sent."""
    now = timezone.now()
    today = local_day(now)
    post = get_object_or_404(
        Post.objects.select_related("unit__force", "user", "deputy_for__user").exclude(user=None), pk=pk, unit__home=request.post.unit.home
    )
    by, sent = request.post, request.POST if request.method == "POST" else None
    do = sent.get("do", "") if sent else ""
    ending = Ending(sent if do == "end" else None, initial={"day": today})
    handing = HandingOver(sent if do == "hand-over" else None, by=by, post=post, initial={"day": today})
    standing_in = Deputising(sent if do == "deputise" else None, by=by, post=post)
    done = {
        "end": lambda: attempt(ending, end_post, by=by, post=post, at=now),
        "hand-over": lambda: attempt(handing, hand_over_post, by=by, post=post, at=now),
        "deputise": lambda: attempt(standing_in, deputise, by=by, post=post, at=now),
    }.get(do, lambda: None)()
    if done:
        toast(request, {"end": _("Đã kết thúc chức trách."), "hand-over": _("Đã bàn giao chức trách."), "deputise": _("Đã cử người làm thay.")}[do])
        return redirect(f"{LIST}{post.user.username}/" if post.user else LIST)
    form = {"end": ending, "hand-over": handing, "deputise": standing_in}.get(do)
    return page(request, "people/post.html", post=post, form=form, ending=ending, handing=handing, standing_in=standing_in, deputies=deputies_of(post, today))
