"""The door: sign in with password and code, set a password anew with a code from the administrator, sign out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions.passwords import reset_password
from phoihop.domain.people.actions.signing_in import Outcome, sign_in, sign_in_with_code
from phoihop.domain.people.queries import demo_logins, node_post
from phoihop.domain.people.queries.accounts import knock
from phoihop.domain.people.rules import DEMO_PASSWORD
from phoihop.kernel.period import local_day

from .. import kept
from ..back import onward
from ..base import attempt, page, refuse
from ..forms import Form
from ..looks import take_over
from ..shell import node
from ..signing_in import begin, half_way, stop_half_way
from ..toasts import toast
from .fields import SecretField

NEXT = "next"


def _name_field() -> forms.CharField:
    """A user name as it is typed: no telephone corrects it or makes it begin with a capital."""
    widget = forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=_("Tên đăng nhập"), max_length=100, widget=widget)


class SigningIn(Form):
    username = _name_field()
    password = SecretField(label=_("Mật khẩu"), autocomplete="current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The cursor stands where the next thing is typed: in the password once there is a name."""
        super().__init__(*args, **kwargs)
        self.fields["password" if self.data.get("username") else "username"].widget.attrs["autofocus"] = True

    def arguments(self) -> dict[str, Any]:
        return {"knock": knock(self.cleaned_data["username"], self.cleaned_data["password"], timezone.now())}


class Code(Form):
    code = SecretField(label=_("Mã 6 số trên ứng dụng"), shown=True, autocomplete="one-time-code", help_text=_("Mất điện thoại thì nhập một mã dự phòng."))


class Reset(Form):
    username = _name_field()
    code = SecretField(label=_("Mã đặt lại"), shown=True, autocomplete="off", help_text=_("12 ký tự trên phiếu, gạch nối hay không đều được."))
    new = SecretField(label=_("Mật khẩu mới"), autocomplete="new-password", help_text=_("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt."))
    again = SecretField(label=_("Nhập lại mật khẩu mới"), autocomplete="new-password")


@never_cache
@sensitive_post_parameters("password")
def signing_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then on to where one wanted to go, over the code if there is an authenticator."""
    then = onward(request, NEXT)
    if request.user.is_authenticated:
        return redirect(then)
    form = SigningIn(request.POST or None)
    done = attempt(form, sign_in, by=node_post(), at=timezone.now()) if request.method == "POST" else None
    if done:
        outcome: Outcome = done.result
        if outcome.half and outcome.user:
            stop_half_way(request, outcome.user)
            return redirect(f"/dang-nhap/ma/?{urlencode({NEXT: then})}")
        if (answer := _let_in(request, form, outcome, then)) is not None:
            return answer
    demo = demo_logins(local_day(timezone.now())) if (own := node()) is not None and own.demo else []
    return page(request, "people/sign_in.html", form=form, next=then, demo=demo, demo_password=DEMO_PASSWORD, kept=kept.holds(request))


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step, within five minutes of the first."""
    then = onward(request, NEXT)
    user = half_way(request)
    if user is None:
        toast(request, _("Quá năm phút từ lúc nhập mật khẩu. Hãy đăng nhập lại."), "warn")
        return redirect(f"/dang-nhap/?{urlencode({NEXT: then})}")
    form = Code(request.POST or None)
    done = attempt(form, sign_in_with_code, by=node_post(), user=user, at=timezone.now()) if request.method == "POST" else None
    if done and (answer := _let_in(request, form, done.result, then)) is not None:
        return answer
    return page(request, "people/code.html", form=form, next=then, user=user)


@never_cache
@sensitive_post_parameters("code", "new", "again")
def reset(request: HttpRequest) -> HttpResponse:
    """Set a password with a code that an administrator handed over in person; the first password likewise."""
    form = Reset(request.POST or None)
    done = attempt(form, reset_password, by=node_post(), at=timezone.now()) if request.method == "POST" else None
    if done and done.result:
        toast(request, _("Đã đặt mật khẩu mới. Hãy đăng nhập."))
        return redirect("/dang-nhap/")
    if done:
        refuse(form, done.result)
    return page(request, "people/reset.html", form=form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session is gone, not only its cookie."""
    request.session.flush()
    return redirect("/dang-nhap/")


def _let_in(request: HttpRequest, form: Form, outcome: Outcome, then: str) -> HttpResponseRedirect | None:
    """Off to where one wanted to go, or None with the refusal in the form."""
    if outcome.verdict and outcome.user:
        begin(request, outcome.user)
        take_over(request, outcome.user)
        return HttpResponseRedirect(then)
    refuse(form, outcome.verdict)
    return None
