"""/ke-hoach/<mã>/mo-phuong-an/: before a plan is opened, which task goes to whom, and by when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.actions.carrying_out import lay_out
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.playbook import placed
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.versions import version_on
from phoihop.domain.agreements.rules.carrying_out import may_lay_out
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.matters.models import Matter
from phoihop.domain.matters.queries.requests import matter_named
from phoihop.domain.people.models import Post
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day

from ..agreements.seeing import address, agreement_page
from ..base import Acting, acting, attempt, go, no_access, page
from ..forms import Form
from ..register.wording import title_of
from ..toasts import toast
from . import wording


class Opening(Form):
    """``matter``: for which other matter of the own unit it is opened; left empty, its tasks stand with the plan itself."""

    matter = forms.CharField(
        label=_("Mở cho việc"), max_length=40, required=False, help_text=_("Mã của việc do đơn vị của bạn chủ trì. Để trống: ghi vào chính phương án này.")
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_matter(self) -> Matter | None:
        text = self.cleaned_data["matter"].strip()
        if not text:
            return None
        said = spoken.parse(text)
        found: Matter | None = matter_named(self.post, str(said), local_day(timezone.now())) if said else None
        if found is None:
            raise forms.ValidationError(now_("Không thấy việc nào mang mã này."), code="no-matter")
        return found


@acting("task.give", time="none")
@agreement_page
def opening(request: Acting, a: Agreement) -> HttpResponse:
    now = timezone.now()
    today = local_day(now)
    version = version_on(a, today)
    steps = placed(version, a.matter.area, today) if version else []
    if not (verdict := may_lay_out(request.post, a, standing_of(a, today) == Standing.IN_FORCE, len(steps), today)):
        return no_access(request, verdict)
    form = Opening(request.POST if request.method == "POST" else None, post=request.post)
    if request.method == "POST" and (done := attempt(form, lay_out, by=request.post, agreement=a, at=now)):
        n = len(done.result)
        toast(request, ngettext("Đã mở phương án: %(n)d nhiệm vụ.", "Đã mở phương án: %(n)d nhiệm vụ.", n) % {"n": n})
        return go(request, f"/nhiem-vu/?q={done.result[0].matter.code}")
    rows = [{"one": p, "span": wording.span(p.step.within_minutes), "due": now + timedelta(minutes=p.step.within_minutes)} for p in steps]
    leads = {p.lead.pk for p in steps if p.lead}
    return page(
        request, "plans/open.html", form=form, a=a, title=title_of(a), back=address(a), rows=rows, units=len(leads), nobody=sum(p.lead is None for p in steps),
    )  # fmt: skip
