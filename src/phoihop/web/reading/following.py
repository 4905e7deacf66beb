"""On the page of an agreement: the first draft of next year's document. /ke-hoach/doc-tep/nam-sau/<code>/: its head once more, then the draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.following import draft_following
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import found
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.versions import shown_to
from phoihop.domain.agreements.rules.drafting import PLANS
from phoihop.domain.agreements.rules.following import FollowingDraft, may_follow, proposed
from phoihop.kernel.period import local_day

from ..agreements.parts import part
from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form
from ..register.naming import lines
from ..toasts import toast

PAGE = "/ke-hoach/doc-tep/nam-sau/%s/"


class Following(Form):
    title = forms.CharField(label=_("Trích yếu"), max_length=300, widget=lines(3))
    valid_from = DateField(label=_("Có hiệu lực từ ngày"), required=False)
    valid_until = DateField(label=_("Hết hiệu lực từ ngày"), required=False)
    cleared_by = forms.CharField(label=_("Kế hoạch, phương án: cơ quan xác định không thuộc danh mục bí mật"), required=False, max_length=120)
    cleared_on = DateField(label=_("Ngày xác định"), required=False)

    def __init__(self, data: Any, proposal: FollowingDraft, plan: bool) -> None:
        names = ("title", "valid_from", "valid_until")
        super().__init__(data, initial={name: getattr(proposal, name) for name in names})
        if not plan:
            del self.fields["cleared_by"], self.fields["cleared_on"]

    def arguments(self) -> dict[str, Any]:
        return {"draft": FollowingDraft(**self.cleaned_data)}


@acting("agreement.draft", time="none")
def next_year(request: Acting, code: str) -> HttpResponse:
    """The same clauses, dates a year later, the number empty; then the new draft's page."""
    agreement = found(request.post, code, local_day(timezone.now()))
    if agreement is None:
        raise Http404
    form = Following(request.POST or None, proposed(draft_of(shown_to(request.post, agreement))), agreement.kind in PLANS)
    if request.method == "POST" and (done := attempt(form, draft_following, by=request.post, agreement=agreement, at=timezone.now())):
        toast(request, now_("Đã soạn dự thảo %(code)s.") % {"code": done.result.matter.code})
        return go(request, f"/ke-hoach/{done.result.matter.code}/")
    return page(request, "reading/following.html", form=form, agreement=agreement)


@part(_("Văn bản kỳ sau"), order=80, side=True)
def next_document(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """For a party that may draft: one click to the first draft of what follows."""
    parties = list(agreement.parties.values_list("unit", flat=True))
    if not may_follow(request.post, agreement, parties, local_day(timezone.now())):
        return None
    return "reading/next.html", {"url": PAGE % agreement.matter.code}
