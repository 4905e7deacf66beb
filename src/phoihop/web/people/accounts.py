"""/quan-tri/tai-khoan/: who has an account and holds which post; opening, helping, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions.accounts import Opened, close_account, open_account
from phoihop.domain.people.actions.passwords import issue_reset_code
from phoihop.domain.people.actions.signing_in import unlock
from phoihop.domain.people.models import User
from phoihop.domain.people.queries.accounts import accounts_seen_by, head_count, locked_until, search
from phoihop.domain.people.queries.posts import current_posts, is_last_admin, posts_of
from phoihop.domain.people.rules import accounts as rules
from phoihop.domain.people.rules import holds, may
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc

from ..base import Acting, acting, attempt, page
from ..forms import Form
from ..lists import Listing, chosen, filter_links
from ..toasts import toast

LIST = "/quan-tri/tai-khoan/"
STATES = {"": _("Đang mở"), "chua-giao": _("Chưa giữ chức trách"), "da-dong": _("Đã đóng")}


class Accounts(Listing[User]):
    """Accounts by given name, as lists of officials go; the order is made here, no database knows it."""

    def __init__(self, request: HttpRequest, users: Sequence[User]) -> None:
        super().__init__(request, User.objects.none(), {}, "", total=len(users))
        self._users = users

    @cached_property
    def rows(self) -> Sequence[User]:
        start = (self.number - 1) * self.per
        return self._users[start : start + self.per]


class Opening(Form):
    full_name = forms.CharField(label=_("Họ và tên cán bộ"), max_length=80, widget=forms.TextInput({"autocomplete": "off", "autofocus": True}))
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Để trống thì lấy tên và chữ đầu họ, đệm: Nguyễn Văn An là an.nv."),
    )

    def arguments(self) -> dict[str, Any]:
        full_name = self.cleaned_data["full_name"]
        return {"full_name": full_name, "username": self.cleaned_data["username"] or rules.suggested_username(full_name)}


@acting("structure.view", time="none")
def accounts(request: Acting) -> HttpResponse:
    """The list, searched by name, title or unit."""
    today, text = local_day(timezone.now()), nfc(request.GET.get("q", ""))
    state = chosen(request, "loai", STATES)
    found = [u for u in search(request.post, text, today) if _state(u) == state or (state == "" and u.is_active)]
    links = filter_links(request, "loai", STATES, state)
    listing = Accounts(request, found)
    shown: dict[str, Any] = {"listing": listing, "q": text, "links": links, "today": today, "counts": head_count(request.post, today)}
    return page(request, "people/accounts.html", part="found", manages=may(request.post, "user.manage"), **shown)


@never_cache
@acting("user.manage", time="none")
def opening(request: Acting) -> HttpResponse:
    """Open an account; the one-time code for the first password is shown once, to be printed."""
    form = Opening(request.POST or None)
    if request.method == "POST" and (done := attempt(form, open_account, by=request.post, at=timezone.now())):
        opened: Opened = done.result
        return page(request, "people/slips.html", slips=[_slip(opened.user, opened.code)], lives=rules.FIRST_CODE_LIVES.days, first=True)
    return page(request, "people/open.html", form=form)


@acting("structure.view", time="none")
def account(request: Acting, username: str) -> HttpResponse:
    """One account: the posts held, to come and over; what can be done, and if not, why not."""
    now, user = timezone.now(), _seen(request, username)
    today = local_day(now)
    posts = posts_of(user)
    current = current_posts(user, today)
    return page(
        request,
        "people/account_of.html",
        person=user,
        held=[p for p in current if holds(p, today)],
        to_come=[p for p in current if not holds(p, today)],
        past=[p for p in posts if p not in current],
        locked=locked_until(user, now),
        helping=rules.may_help(request.post, user, posts, today),
        closing=rules.may_close(request.post, user, current, is_last_admin([p.pk for p in current], request.post.unit.home, today), today),
        manages=may(request.post, "user.manage"),
    )


@require_POST
@never_cache
@acting("user.manage", time="none")
def reset_code(request: Acting, username: str) -> HttpResponse:
    """A code to be handed over in person, shown once."""
    user, lost = _seen(request, username), bool(request.POST.get("authenticator"))
    code = issue_reset_code(by=request.post, user=user, authenticator=lost, at=timezone.now())
    return page(request, "people/slips.html", slips=[_slip(user, code)], lives=rules.RESET_LIVES.days, lost=lost)


@require_POST
@acting("user.manage", time="none")
def unlocking(request: Acting, username: str) -> HttpResponse:
    unlock(by=request.post, user=_seen(request, username), at=timezone.now())
    toast(request, _("Đã mở khóa đăng nhập."))
    return redirect(f"{LIST}{username}/")


@acting("user.manage", time="none")
def closing(request: Acting, username: str) -> HttpResponse:
    """Ask once more, saying what ends with the account: it is not opened again."""
    user = _seen(request, username)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, close_account, by=request.post, user=user, at=timezone.now()):
        toast(request, _("Đã đóng tài khoản %(name)s.") % {"name": user.username}, "warn")
        return redirect(f"{LIST}{username}/")
    return page(request, "people/close.html", form=form, person=user, current=current_posts(user, local_day(timezone.now())))


def _seen(request: Acting, username: str) -> User:
    return get_object_or_404(accounts_seen_by(request.post, local_day(timezone.now())), username=username)


def _slip(user: User, code: str) -> dict[str, str]:
    return {"full_name": user.full_name, "username": user.username, "code": code}


def _state(user: Any) -> str:
    if not user.is_active:
        return "da-dong"
    return "" if user.held else "chua-giao"
