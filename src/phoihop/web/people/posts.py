"""In which post one acts, and who stands in for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions.posts import deputise, end_post
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries import acting as acting_post
from phoihop.domain.people.queries import held_by
from phoihop.domain.people.queries.posts import deputies_of, possible_deputies
from phoihop.domain.people.rules.signing_in import may_act_in
from phoihop.kernel.period import local_day

from ..back import onward
from ..base import Acting, acting, attempt, page
from ..forms import DateField, Form
from ..middleware import CHOSEN_POST
from ..switched import going_back
from ..toasts import toast
from ..written import read_number
from .account import Own, own_account
from .fields import AccountField


@own_account
def choose(request: Own) -> HttpResponse:
    """Choose among the posts one holds today. Nothing is chosen for anybody who holds several."""
    then = onward(request, "next")
    if request.user.must_change:
        return redirect(f"/toi/mat-khau/?{urlencode({'next': then})}")
    today = local_day(timezone.now())
    if request.method == "POST":
        chosen = acting_post(request.user, read_number(request.POST.get("post")) or 0, today)  # 0: no post has that key
        if chosen is not None:
            request.session[CHOSEN_POST] = chosen.pk
            going_back(request, then)
            return redirect(then)
    held = held_by(request.user, today)
    choices = [{"post": post, "verdict": may_act_in(post, request.user), "here": request.post == post} for post in held]
    return page(request, "people/choose.html", choices=choices, next=then)


class Deputising(Form):
    user = AccountField(label=_("Người làm thay"))
    first = DateField(label=_("Từ ngày"))
    until = DateField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, by: Post, post: Post, **kwargs: Any) -> None:
        today = local_day(timezone.now())
        super().__init__(*args, initial={"first": today, "until": today + timedelta(days=6)}, **kwargs)
        self.declared("user").queryset = possible_deputies(by, post, today)

    def arguments(self) -> dict[str, Any]:
        """A person names the last day; a period ends where the next day begins."""
        return {**self.cleaned_data, "until": self.cleaned_data["until"] + timedelta(days=1)}


@acting("post.deputise", time="none")
def deputies(request: Acting) -> HttpResponse:
    """Who stands in for the acting post, and for whom one may arrange it."""
    today = local_day(timezone.now())
    form = Deputising(request.POST or None, by=request.post, post=request.post)
    if request.method == "POST" and (done := attempt(form, deputise, by=request.post, post=request.post, at=timezone.now())):
        toast(request, _("Đã cử %(name)s làm thay.") % {"name": done.result.user.full_name})
        return redirect("/toi/lam-thay/")
    return page(request, "people/deputies.html", form=form, deputies=deputies_of(request.post, today))


@require_POST
@acting("post.deputise", time="none")
def end_deputy(request: Acting, pk: int) -> HttpResponse:
    """Somebody no longer stands in for the acting post, from today."""
    today = local_day(timezone.now())
    deputy = get_object_or_404(Post, pk=pk, deputy_for=request.post)
    end_post(by=request.post, post=deputy, day=max(today, deputy.valid_from), at=timezone.now())
    toast(request, _("Đã thôi làm thay."))
    return redirect("/toi/lam-thay/")
