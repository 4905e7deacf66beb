"""/ke-hoach/lich-su-kien/: the holidays and events of a year by month, which of them have a plan, which have none yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.actions.calendar import cancel_event, move_event, name_event
from phoihop.domain.agreements.models import PublicEvent
from phoihop.domain.agreements.queries.calendar import Planned, events_known, planned, plans_for, unnamed
from phoihop.domain.agreements.rules.calendar import may_keep
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import ONE_DAY, local_day

from ...agreements.seeing import address, agreement_page
from ...base import Acting, acting, attempt, go, no_access, page
from ...duties.frame import tabs
from ...forms import DateField, Form
from ...lists import chosen, filter_links
from ...register.wording import stands, title_of
from ...toasts import toast
from ...written import read_number

HERE = "/ke-hoach/lich-su-kien/"
YEAR, WHICH = "nam", "loc"
_FAR = 10
"""Years from now, to both sides, that can be looked at."""
_WHICH = {"": _("Tất cả"), "chua": _("Chưa có kế hoạch"), "co": _("Đã có kế hoạch")}


@acting("matter.view", time="none")
def calendar(request: Acting) -> HttpResponse:
    today = local_day(timezone.now())
    year = _year(request, today)
    first, until = date(year, 1, 1), date(year + 1, 1, 1)
    area = request.scope.area or request.post.unit.area
    found = planned(request.post, None if area.level == Level.NATION else area, first, until, today)
    former = plans_for(request.post, [p.former for p in found if p.former], today)
    which = chosen(request, WHICH, _WHICH)
    shown = [p for p in found if not which or bool(p.plans) is (which == "co")]
    rows = [_row(request, p, former, today) for p in shown]
    return page(
        request, "plans/events/calendar.html", tabs=tabs(request, HERE), year=year, years=(year - 1, year + 1), area=area,
        months=[_month(month, list(of)) for month, of in groupby(rows, key=lambda r: max(r["one"].event.first_on, first).month)],
        which=filter_links(request, WHICH, _WHICH, which), total=len(found), without=sum(not p.plans and p.event.until > today for p in found),
        unnamed=[{"one": a, "title": title_of(a), "url": address(a)} for a in unnamed(request.post, first, until, today)],
        choices=[p.event for p in found], may_draft=may(request.post, "agreement.draft"),
    )  # fmt: skip


def _year(request: Acting, today: date) -> int:
    said = read_number(request.GET.get(YEAR), 4)
    return said if said is not None and abs(said - today.year) <= _FAR else today.year


def _row(request: Acting, p: Planned, former: dict[int, list[Any]], today: date) -> dict[str, Any]:
    last = next(iter(former[p.former.pk]), None) if p.former else None
    plans = [{"title": title_of(a), "url": address(a), "tag": stands(a, Standing(a.standing)), "area": a.matter.area} for a in p.plans]
    return {
        "one": p, "last_on": p.event.until - ONE_DAY, "plans": plans[:3], "more": max(0, len(plans) - 3), "over": p.event.until <= today,
        "former": {"title": title_of(last), "url": address(last)} if last else None, "may_keep": bool(may_keep(request.post, p.event, today)),
    }  # fmt: skip


def _month(month: int, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"n": month, "rows": rows, "without": sum(not r["plans"] and not r["over"] for r in rows)}


class Moving(Form):
    first_on = DateField(label=_("Từ ngày"))
    last_on = DateField(label=_("Đến ngày"))


class Nothing(Form):
    """The button says it all."""


@acting("agreement.draft", time="none")
def move(request: Acting, pk: int) -> HttpResponse:
    event = _event(pk)
    if not (verdict := may_keep(request.post, event, local_day(timezone.now()))):
        return no_access(request, verdict)
    form = Moving(request.POST or None, initial={"first_on": event.first_on, "last_on": event.until - ONE_DAY})
    if request.method == "POST" and attempt(form, move_event, by=request.post, event=event, at=timezone.now()):
        toast(request, now_("Đã đổi ngày. Kế hoạch đã lập giữ nguyên; hãy xem lại."))
        return go(request, f"{HERE}?{YEAR}={form.cleaned_data['first_on'].year}")
    return page(request, "plans/events/move.html", form=form, event=event, back=HERE)


@require_POST
@acting("agreement.draft", time="none")
def cancel(request: Acting, pk: int) -> HttpResponse:
    form = Nothing(request.POST)
    if attempt(form, cancel_event, by=request.post, event=_event(pk), at=timezone.now()):
        toast(request, now_("Đã bỏ sự kiện khỏi lịch. Kế hoạch đã lập giữ nguyên."))
        return go(request, HERE)
    assert form.verdict is not None
    return no_access(request, form.verdict)


@require_POST
@acting("agreement.draft", time="none")
@agreement_page
def name(request: Acting, a: Any) -> HttpResponse:
    """Say for which event a plan is."""
    event = _event(read_number(request.POST.get("su-kien")) or 0)
    form = Nothing(request.POST)
    if attempt(form, name_event, by=request.post, agreement=a, event=event, at=timezone.now()):
        toast(request, now_("Đã gắn kế hoạch với sự kiện."))
        return go(request, f"{HERE}?{YEAR}={event.first_on.year}")
    assert form.verdict is not None
    return no_access(request, form.verdict)


def _event(pk: int) -> PublicEvent:
    found: PublicEvent = get_object_or_404(events_known(local_day(timezone.now())), pk=pk)
    return found
