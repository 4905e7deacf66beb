"""/xn/<token>/: a party without an account reads what its patrol is said to have been, and says that it is so or that it is not. Once.

Who holds the link is not signed in. The page shows the statement to be confirmed and nothing else; it loads nothing from
elsewhere, tells no other site where it was opened, is kept by no cache, and its address is written into no log.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.actions.confirming import confirm_by_link
from phoihop.domain.activities.models import Claim
from phoihop.domain.activities.queries.statements import Asked, link_of, statement_by_link
from phoihop.domain.activities.rules import Word
from phoihop.domain.people.queries import node_post
from phoihop.kernel.secret import Secret

from ..base import attempt
from ..forms import Form, TextField

MISSES, WITHIN, REMEMBERED = 10, timedelta(minutes=10), 1_000
_LOUD = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class Answering(Form):
    """``digest``: what was on the page when it was answered."""

    agrees = forms.ChoiceField(
        label=_("Kết quả này có đúng không?"),
        choices=[("co", _("Đúng, đơn vị xác nhận")), ("khong", _("Không đúng"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một trong hai.")},
    )
    people = forms.IntegerField(label=_("Số người của đơn vị, nếu khác"), required=False, error_messages={"invalid": _("Ghi một số nguyên.")})
    note = TextField(label=_("Lý do, nếu không đúng"), required=False, help_text=_("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân."))
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any, asked: Asked) -> None:
        super().__init__(data, initial={"digest": asked.activity.digest})
        self._asked = asked
        if asked.activity.claim != Claim.HELD:
            del self.fields["people"]

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"word": Word(self._asked.activity, said["digest"], said["agrees"] == "co", people=said.get("people"), note=said["note"])}


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The headers of every answer; and no line in the log, for the address is the secret."""

    @wraps(view)
    def inner(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in _LOUD.items():
            response.headers[name] = value
        response._has_been_logged = True  # type: ignore[attr-defined] # Django's own mark, which its stubs leave out
        return response

    return inner


@_guarded
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Read and answer; a used, ended or unknown link says so, and who guesses is slowed down. A real link opens all the same: behind a proxy all come
    from one address, and one who guesses must not shut out the others.
    """
    now = timezone.now()
    found = link_of(Secret(token))
    if found is None:
        return _unknown(request, now)
    if found.used_at is not None:
        return _closed(request, 410, _("Liên kết này đã dùng"), _("Đơn vị đã trả lời qua liên kết này. Muốn nói khác, hãy xin đơn vị chủ trì liên kết mới."))
    asked = statement_by_link(found, now)
    if asked is None:
        return _closed(request, 410, _("Liên kết này đã hết hạn"), _("Liên kết hết hạn, hoặc cuộc tuần tra đã hủy. Hãy xin đơn vị chủ trì liên kết mới."))
    form = Answering(request.POST if request.method == "POST" else None, asked)
    if request.method == "POST" and attempt(form, confirm_by_link, by=node_post(), link=found, at=now):
        agreed = form.cleaned_data["agrees"] == "co"
        return render(request, "paper/link_done.html", {"agreed": agreed, "code": asked.statement.code, "unit": found.unit})
    # What was stated changed while the page was open: it is shown as it is now, to be judged anew.
    if getattr(form.verdict, "code", "") == "digest":
        fresh = request.POST.copy()
        fresh["digest"] = asked.activity.digest
        form.data = fresh
    status = 422 if form.is_bound else 200
    context = {"form": form, "unit": found.unit, "until": found.expires_at, "sentences": list(asked.statement.sentences()), "code": asked.statement.code}
    return render(request, "paper/link.html", context, status=status)


def _unknown(request: HttpRequest, now: datetime) -> HttpResponse:
    if _brake.holds(_where(request), now):
        return _closed(
            request, 429, _("Quá nhiều lần thử"), _("Máy này vừa mở nhiều liên kết không có thật. Hãy đợi mười phút rồi mở lại đúng liên kết đã nhận.")
        )
    _brake.miss(_where(request), now)
    return _closed(request, 404, _("Không có liên kết này"), _("Hãy mở lại đúng liên kết đã nhận, hoặc xin đơn vị chủ trì gửi lại."))


def _closed(request: HttpRequest, status: int, title: Any, said: Any) -> HttpResponse:
    return render(request, "paper/link_closed.html", {"title": title, "said": said}, status=status)


def _where(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


class Brake:
    """Addresses from which unknown links were opened lately. In memory: a link has 192 bits, the brake only keeps the log of misses short."""

    def __init__(self) -> None:
        self._misses: OrderedDict[str, deque[datetime]] = OrderedDict()

    def miss(self, where: str, now: datetime) -> None:
        self._misses.setdefault(where, deque(maxlen=MISSES)).append(now)
        self._misses.move_to_end(where)
        if len(self._misses) > REMEMBERED:
            self._misses.popitem(last=False)

    def holds(self, where: str, now: datetime) -> bool:
        seen = self._misses.get(where)
        return seen is not None and len(seen) == MISSES and now - seen[0] < WITHIN


_brake = Brake()
