"""One's own account: how the pages look, the password, the authenticator, where one is signed in, posts and deputies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

import pyotp
import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions import authenticator, passwords
from phoihop.domain.people.actions.accounts import set_preferences
from phoihop.domain.people.models import Post, RecoveryCode, User
from phoihop.domain.people.queries import held_by, node_post
from phoihop.domain.people.queries.posts import posts_of
from phoihop.domain.people.queries.tokens import tokens_seen_by
from phoihop.domain.people.rules import holds, may
from phoihop.domain.people.rules.signing_in import code_required
from phoihop.kernel.period import local_day
from phoihop.kernel.seal import Unreadable, recognised_by, seal, unseal
from phoihop.kernel.secret import Secret

from .. import sessions
from ..back import onward
from ..base import attempt, page, to_sign_in
from ..forms import Form
from ..models import SignIn
from ..shell import LOOKS, node
from ..signing_in import renew
from ..toasts import toast
from .fields import SecretField

PENDING = "authenticator"
_PENDING_SEAL = "authenticator to confirm"

View = Callable[..., HttpResponse]


class Own(HttpRequest):
    """A request behind ``@own_account``: somebody is signed in, perhaps without a post."""

    user: User
    post: Post | None


def own_account(view: View) -> View:
    """A page for whoever is signed in, whatever the post."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return never_cache(inner)


class Preferences(Form):
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=(("vi", "Tiếng Việt"), ("en", "English")))
    theme = forms.ChoiceField(label=_("Nền"), choices=[(value, label) for value, label, _icon in LOOKS])
    shortcuts = forms.BooleanField(label=_("Dùng phím tắt một chữ (G, N, J, K…)"), required=False)


class NewPassword(Form):
    old = SecretField(label=_("Mật khẩu đang dùng"), autocomplete="current-password")
    new = SecretField(label=_("Mật khẩu mới"), autocomplete="new-password", help_text=_("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt."))
    again = SecretField(label=_("Nhập lại mật khẩu mới"), autocomplete="new-password")


class FirstCode(Form):
    code = SecretField(label=_("Mã 6 số đang hiện trên ứng dụng"), shown=True, autocomplete="one-time-code")


class WithPassword(Form):
    password = SecretField(label=_("Mật khẩu đang dùng"), autocomplete="current-password")


@own_account
def account(request: Own) -> HttpResponse:
    """Everything about one's own account on one page; the looks are changed here."""
    user, today = request.user, local_day(timezone.now())
    now = {"language": user.language, "theme": user.theme, "shortcuts": user.shortcuts}
    form = Preferences(request.POST or None, initial=now)
    if request.method == "POST" and attempt(form, set_preferences, by=node_post(), user=user, at=timezone.now()):
        toast(request, _("Đã lưu."))
        return redirect("/toi/")
    held = held_by(user, today)
    return page(
        request,
        "people/account.html",
        form=form,
        posts=held,
        other_posts=[p for p in posts_of(user) if not holds(p, today)],
        browsers=_browsers(request),
        spare=RecoveryCode.objects.filter(user=user, used_at=None).count(),
        required=any(code_required(p.role, user.username) for p in held),
        may_deputise=request.post is not None and may(request.post, "post.deputise"),
        may_tokens=request.post is not None and (may(request.post, "token.revoke") or tokens_seen_by(request.post).exists()),
    )


@sensitive_post_parameters("old", "new", "again")
@own_account
def password(request: Own) -> HttpResponse:
    """Change one's password. Whoever got it from another must, before anything else."""
    then = onward(request, "next", "/toi/")
    form = NewPassword(request.POST or None)
    done = attempt(form, passwords.change_password, by=node_post(), user=request.user, at=timezone.now()) if request.method == "POST" else None
    if done:
        renew(request, done.result)
        toast(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))
        return redirect(then)
    return page(request, "people/password.html", form=form, next=then)


@sensitive_post_parameters("code")
@own_account
def set_up(request: Own) -> HttpResponse:
    """Scan a fresh secret, confirm the first code, read the recovery codes. The secret waits sealed in the session."""
    secret = _pending(request)
    form = FirstCode(request.POST or None)
    done = (
        attempt(form, authenticator.set_authenticator, by=node_post(), user=request.user, secret=Secret(secret), at=timezone.now())
        if request.method == "POST"
        else None
    )
    if done:
        del request.session[PENDING]
        return page(request, "people/recovery.html", codes=done.result, fresh=True)
    address = pyotp.TOTP(secret).provisioning_uri(name=request.user.username, issuer_name=_issuer())
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#111", light="#fff")
    spelled = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return page(request, "people/authenticator.html", form=form, picture=picture, spelled=spelled)


@sensitive_post_parameters("password")
@own_account
def drop(request: Own) -> HttpResponse:
    """Back to the password alone."""
    form = WithPassword(request.POST or None)
    if request.method == "POST" and attempt(form, authenticator.drop_authenticator, by=node_post(), user=request.user, at=timezone.now()):
        toast(request, _("Đã tắt mã xác thực."), "warn")
        return redirect("/toi/")
    return page(request, "people/drop_authenticator.html", form=form)


@sensitive_post_parameters("password")
@own_account
def recovery(request: Own) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    form = WithPassword(request.POST or None)
    done = attempt(form, authenticator.renew_recovery_codes, by=node_post(), user=request.user, at=timezone.now()) if request.method == "POST" else None
    if done:
        return page(request, "people/recovery.html", codes=done.result)
    return page(request, "people/renew_recovery.html", form=form)


@require_POST
@own_account
def end_sign_in(request: Own) -> HttpResponse:
    """End one of one's own sign-ins (``which``), or all but this one."""
    which = request.POST.get("which", "")
    mine = SignIn.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    keys = [row.session_key for row in mine if which == "all" or _mark(row.session_key) == which]
    sessions.end(keys)
    toast(request, _("Đã kết thúc %(n)s phiên đăng nhập.") % {"n": len(keys)})
    return redirect("/toi/#phien")


def _browsers(request: Own) -> list[dict[str, Any]]:
    """Where the person is signed in, this browser first. A session's key never leaves the server: rows are named by a digest."""
    rows = SignIn.objects.filter(user=request.user, expire_date__gt=timezone.now()).order_by("-expire_date")
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    here = request.session.session_key
    found = [{"mark": _mark(r.session_key), "agent": r.agent, "began": r.began_at, "seen": r.expire_date - age, "here": r.session_key == here} for r in rows]
    return sorted(found, key=lambda row: not row["here"])


def _mark(session_key: str) -> str:
    return recognised_by("sign-in", session_key)[:16]


def _pending(request: Own) -> str:
    try:
        return unseal(request.session.get(PENDING, ""), _PENDING_SEAL)
    except Unreadable:
        secret = authenticator.new_secret()
        request.session[PENDING] = seal(secret, _PENDING_SEAL)
        return secret


def _issuer() -> str:
    own = node()
    return f"Phối Hợp {own.tag}" if own else "Phối Hợp"
