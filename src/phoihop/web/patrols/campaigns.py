"""/tuan-tra/dot/: campaigns (đợt cao điểm) and what they hold; opening one, and putting one's own patrols into it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.actions.routes import join_campaign, open_campaign
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries.campaigns import campaigns, joinable
from phoihop.domain.activities.queries.own import led_by
from phoihop.domain.activities.rules import AT_ONCE
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.period import ONE_DAY
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form, Unclear
from ..toasts import toast
from . import wording
from .named import AREAS, NameField, Reader, missing, suggestions
from .seeing import address, now_and_today
from .ticked import chosen

HERE = "/tuan-tra/dot/"


class Free(NamedTuple):
    """A patrol of the own unit that may join."""

    pk: int
    code: str
    url: str
    day: str
    hours: str
    name: str
    ticked: bool


class Opening(Form):
    """The last day is written as people say it; the record ends on the day after."""

    name = forms.CharField(label=_("Tên đợt"), required=False, max_length=200)
    area = NameField(AREAS, label=_("Địa bàn"), required=False)
    first = DateField(label=_("Từ ngày"))
    until = DateField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reader = Reader(post)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("first"):
            try:
                got["area"] = self._reader.area(got["area"], got["first"]) if got.get("area") else None
                if got["area"] is None:
                    raise missing(now_("địa bàn"))
            except Unclear as unclear:
                self.add_error("area", unclear)
        return got

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {"name": got["name"], "area": got["area"], "first": got["first"], "until": got["until"] + ONE_DAY}


@acting("matter.view", time="none")
def listed(request: Acting) -> HttpResponse:
    _now, today = now_and_today()
    rows = campaigns(request.post, today).annotate(held=Count("activities"))[:100]
    return page(request, "patrols/campaigns.html", rows=rows, today=today, may_open=may(request.post, "campaign.open"))


@acting("campaign.open", time="none")
def new(request: Acting) -> HttpResponse:
    _now, today = now_and_today()
    form = Opening(request.POST or None, post=request.post, initial={"first": today, "area": str(request.post.unit.area)})
    if request.method == "POST" and (done := attempt(form, open_campaign, by=request.post, at=timezone.now())):
        toast(request, now_("Đã mở đợt."))
        return redirect(f"{HERE}{done.result.pk}/")
    return page(request, "patrols/campaign_new.html", form=form, **suggestions(request.post, today))


@acting("matter.view", time="none")
def one(request: Acting, pk: int) -> HttpResponse:
    """What the campaign holds, and which patrols of the own unit may join it."""
    _now, today = now_and_today()
    found: Any = campaigns(request.post, today).annotate(held=Count("activities")).filter(pk=pk).first()
    if found is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            count = _join(request, found, today)
            toast(request, now_("Đã đưa %(n)s cuộc vào đợt.") % {"n": count})
            return go(request, f"{HERE}{pk}/")
        except Refused as refusal:
            problem = str(refusal.verdict.reason)
    free = joinable(request.post, found, today)[:AT_ONCE]
    ticked = set(request.POST.getlist("a")) if problem else set()
    rows = [_free(a, today, str(a.pk) in ticked) for a in free]
    return page(
        request, "patrols/campaign.html", status=422 if problem else 200, campaign=found, rows=rows, held=found.held, problem=problem,
        joins=may(request.post, "campaign.open"),
    )  # fmt: skip


def _free(a: Activity, today: date, ticked: bool) -> Free:
    code = a.matter.code
    return Free(a.pk, code, address(code), wording.day_words(a.day, today), wording.hours(*wording.when_of(a)), wording.name_of(a, True), ticked)


def _join(request: Acting, found: Any, today: date) -> int:
    activities = chosen(led_by(request.post, today), request.POST.getlist("a"), "activities")
    return int(join_campaign(by=request.post, campaign=found, activities=activities, at=timezone.now()))
