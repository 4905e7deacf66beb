"""/ke-hoach/<mã>/so/soan-rieng/: a unit that was asked for its own text begins it from the one above."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.actions.cascade import draft_own
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.cascade import own_adoption
from phoihop.domain.agreements.queries.variations import here_of
from phoihop.domain.agreements.rules.drafting import PLANS
from phoihop.domain.agreements.rules.following import FollowingDraft

from ..agreements.seeing import agreement_page
from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form
from ..toasts import toast
from . import wording


class Beginning(Form):
    title = forms.CharField(label=lazy("Trích yếu"), max_length=300)
    valid_from = DateField(label=lazy("Có hiệu lực từ ngày"), required=False, help_text=lazy("Để trống: từ ngày đủ chữ ký."))
    valid_until = DateField(label=lazy("Hết hiệu lực từ ngày"), required=False)
    cleared_by = forms.CharField(label=lazy("Cơ quan xác định không thuộc danh mục bí mật"), max_length=120, required=False)
    cleared_on = DateField(label=lazy("Ngày xác định"), required=False)

    def __init__(self, *args: Any, plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not plan:
            del self.fields["cleared_by"], self.fields["cleared_on"]

    def arguments(self) -> dict[str, Any]:
        return {"draft": FollowingDraft(**self.cleaned_data)}


@acting("agreement.draft", time="none")
@agreement_page
def begin(request: Acting, found: Agreement) -> HttpResponse:
    """The form with the title of the text above, and its days as far as they are still to come; then the draft, to be mended like any other."""
    mine = own_adoption(request.post, found)
    if mine is None:
        raise Http404
    known = {"title": f"{wording.title_of(found)} – {mine.unit.area}"[:300]} | _days_ahead(found, request.scope.today)
    form = Beginning(request.POST if request.method == "POST" else None, plan=found.kind in PLANS, initial=known)
    if request.method == "POST" and (done := attempt(form, draft_own, by=request.post, adoption=mine, at=timezone.now())):
        toast(request, _("Đã soạn văn bản riêng từ bản trên. Sửa chỗ khác, rồi lấy ý kiến và trình ký."))
        return go(request, wording.PAGE % done.result.matter.code)
    here = here_of(request.post.unit, found, request.scope.today)
    return page(
        request, "register/own.html", form=form, agreement=found, title=wording.title_of(found), back=wording.PAGE % found.matter.code,
        parties=[p.unit for p in here.parties], laid_down=bool(here.laid_down),
    )  # fmt: skip


def _days_ahead(found: Agreement, today: date) -> dict[str, date]:
    """Nobody can sign for days that are over."""
    days = {"valid_from": found.valid_from, "valid_until": found.valid_until}
    return {name: day for name, day in days.items() if day is not None and day > today}
