"""/toi/khoa-ky/: the key with which one confirms for the own unit: made under a PIN, revoked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions.keys import make_key, revoke_key
from phoihop.domain.people.queries.keys import keys_seen_by
from phoihop.domain.people.queries.posts import posts_with
from phoihop.domain.people.rules import may
from phoihop.domain.people.rules.keys import MOST_MISSES
from phoihop.kernel.period import local_day

from ..back import onward
from ..base import Acting, acting, attempt, page
from ..forms import Form
from ..people.fields import SecretField
from ..toasts import toast

PAGE = "/toi/khoa-ky/"


class Making(Form):
    password = SecretField(label=_("Mật khẩu đang dùng"), autocomplete="current-password")
    pin = SecretField(
        label=_("Mã PIN mới"), autocomplete="off", strip=True, help_text=_("8 đến 32 chữ số hoặc chữ cái. Không ai lấy lại được mã PIN; quên thì tạo khóa mới.")
    )
    again = SecretField(label=_("Nhập lại mã PIN"), autocomplete="off", strip=True)


@sensitive_post_parameters("password", "pin", "again")
@never_cache
@acting(time="none")
def keys(request: Acting) -> HttpResponse:
    """The keys one may see; who signs, makes the own."""
    makes = may(request.post, "key.make")
    form = Making(request.POST or None)
    if request.method == "POST" and attempt(form, make_key, by=request.post, at=timezone.now()):
        toast(request, _("Đã tạo khóa ký. Khóa cũ, nếu có, không ký được nữa."))
        return redirect(onward(request, "next", PAGE))
    titles = () if makes else (post.title for post in posts_with("key.make", request.post.unit_id, local_day(timezone.now())))
    rows = [{"key": key, "own": key.post_id == request.post.pk, "locked": key.misses >= MOST_MISSES} for key in keys_seen_by(request.post)]
    return page(request, "agreements/keys.html", form=form, rows=rows, makes=makes, signers=list(dict.fromkeys(titles)))


@require_POST
@acting(time="none")
def revoking(request: Acting, pk: int) -> HttpResponse:
    key = get_object_or_404(keys_seen_by(request.post), pk=pk)
    revoke_key(by=request.post, key=key, at=timezone.now())
    toast(request, _("Đã thu hồi khóa. Chữ ký trước đó vẫn còn giá trị."), "warn")
    return redirect(PAGE)
