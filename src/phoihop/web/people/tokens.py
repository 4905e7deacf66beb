"""/quan-tri/ma-truy-cap/: with which tokens machines act, in whose post, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions.tokens import issue_token, revoke_token
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.tokens import posts_for_tokens, tokens_seen_by
from phoihop.domain.people.rules import may
from phoihop.domain.people.rules.tokens import LONGEST_DAYS, is_good
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, page
from ..forms import Form
from ..toasts import toast


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.title} · {obj.unit.name} · {obj.user.full_name if obj.user else ''}"


class Issuing(Form):
    post = PostField(label=_("Chức trách"), queryset=Post.objects.none(), empty_label=_("Chọn chức trách"))
    label = forms.CharField(label=_("Dùng cho"), max_length=60, help_text=_("Máy hoặc phần mềm nào: Phần mềm trực ban Công an tỉnh."))
    days = forms.IntegerField(label=_("Dùng được mấy ngày"), min_value=1, max_value=LONGEST_DAYS, initial=90)

    def __init__(self, *args: Any, by: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared("post").queryset = posts_for_tokens(by, local_day(timezone.now()))


@never_cache
@acting(time="none")
def tokens(request: Acting) -> HttpResponse:
    """The tokens one may see; who may, issues another. Its secret is shown once, on the page that answers."""
    form = Issuing(request.POST or None, by=request.post)
    done = attempt(form, issue_token, by=request.post, at=timezone.now()) if request.method == "POST" else None
    now = timezone.now()
    rows = [{"token": t, "good": is_good(t, now)} for t in tokens_seen_by(request.post)]
    form = Issuing(by=request.post) if done else form
    issued = done.result if done else None
    return page(request, "people/tokens.html", form=form, rows=rows, issued=issued, issues=may(request.post, "token.issue"))


@require_POST
@acting(time="none")
def revoking(request: Acting, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens_seen_by(request.post), pk=pk)
    revoke_token(by=request.post, token=token, at=timezone.now())
    toast(request, _("Đã thu hồi mã truy cập “%(label)s”.") % {"label": token.label}, "warn")
    return redirect("/quan-tri/ma-truy-cap/")
