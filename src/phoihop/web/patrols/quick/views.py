"""/tuan-tra/nhap-nhanh/: up to two hundred patrols as lines, by keyboard and paste; all of them or, if one is refused, none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.activities.actions.entering import enter_many
from phoihop.domain.activities.actions.planning import plan_many
from phoihop.domain.activities.models import RouteKind
from phoihop.domain.activities.rules import AT_ONCE
from phoihop.domain.people.rules import may
from phoihop.kernel.action import answering
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused, Verdict

from ...base import Acting, acting, page
from ...once import once
from ...toasts import toast
from ...written import read_number
from ..named import Reader, suggestions
from .lines import COLUMNS, Line, read, understand

FIRST_ROWS, MORE_ROWS = 12, 20


@acting("patrol.plan", time="none")
@once
def quick(request: Acting) -> HttpResponse:
    count = _count(request)
    lines = read(request.POST, count)
    if request.method != "POST" or request.POST.get("do") == "them":
        return _shown(request, lines)
    filled = [line for line in lines if line.filled]
    reader, now = Reader(request.post), timezone.now()
    for line in filled:
        understand(line, reader, local_day(now))
    if not filled:
        return _shown(request, lines, problem=_("Chưa có dòng nào được ghi."))
    if any(line.wrong for line in filled):
        return _shown(request, lines, problem=_wrong(filled))
    if (long := next((line for line in filled if line.length().stands and line.length().answer not in request.POST.getlist("sure")), None)) is not None:
        return _asked(request, lines, long)
    return _send(request, lines, filled)


def _asked(request: Acting, lines: Sequence[Line], about: Line) -> HttpResponse:
    """A line that goes on past midnight for unusually long."""
    question = about.length()
    about.refuse(["end"], str(question.reason))
    return _shown(request, lines, problem=_wrong([about]), verdict=question)


def _send(request: Acting, lines: Sequence[Line], filled: Sequence[Line]) -> HttpResponse:
    """Both halves in one transaction: what is over with its result, what is to come as a plan."""
    now = timezone.now()
    over, to_come = ([line for line in filled if line.over(now) is past] for past in (True, False))
    sure = request.POST.getlist("sure")
    try:
        with transaction.atomic():
            if over:
                answering(enter_many, sure)(by=request.post, drafts=[x.draft for x in over if x.draft], results=[x.result() for x in over], at=now)
            if to_come:
                answering(plan_many, sure)(by=request.post, drafts=[x.draft for x in to_come if x.draft], at=now)
    except Refused as refusal:
        return _refused(request, lines, over, to_come, refusal.verdict)
    told = {"over": len(over), "plans": len(to_come)}
    both = _("Đã ghi %(over)s cuộc đã đi, lên lịch %(plans)s cuộc; các bên được hỏi.")
    one = _("Đã ghi %(over)s cuộc đã đi; các bên được hỏi.") if over else _("Đã lên lịch %(plans)s cuộc; các bên được hỏi.")
    toast(request, (both if over and to_come else one) % told)
    return redirect("/tuan-tra/")


def _refused(request: Acting, lines: Sequence[Line], over: Sequence[Line], to_come: Sequence[Line], verdict: Verdict) -> HttpResponse:
    """Put the refusal at its cell. With one line alone a rule names the field without the line."""
    parts = (verdict.field or "").split(".")
    group = over if over else to_come
    numbered = len(parts) > 1 and parts[0] in ("drafts", "results") and parts[1].isdecimal()
    if numbered:
        group = to_come if parts[0] == "drafts" and not over else over or to_come
        line, tail = group[min(int(parts[1]), len(group) - 1)], parts[2:]
    else:
        line, tail = group[0], parts
    line.refuse([part for part in tail if part], str(verdict.reason))
    return _shown(request, lines, problem=_wrong([line]), verdict=verdict if verdict.asks else None)


def _wrong(lines: Sequence[Line]) -> str:
    count = sum(1 for line in lines if line.wrong)
    return _("%(n)s dòng cần sửa; chưa dòng nào được ghi.") % {"n": count}


def _count(request: Acting) -> int:
    """As many rows as were sent; a button asks for more."""
    sent = read_number(request.POST.get("rows"), 3)
    count = FIRST_ROWS if sent is None else sent
    return min(count + (MORE_ROWS if request.POST.get("do") == "them" else 0), AT_ONCE)


def _shown(request: Acting, lines: Sequence[Line], problem: str = "", verdict: Verdict | None = None) -> HttpResponse:
    kinds = [str(kind.label) for kind in RouteKind]
    return page(
        request, "patrols/quick.html", status=422 if problem else 200, lines=lines, columns=COLUMNS.items(), problem=problem, question=verdict, kinds=kinds,
        answered=request.POST.getlist("sure"), full=len(lines) >= AT_ONCE, most=AT_ONCE, key=request.POST.get("key") or uuid4(),
        records=may(request.post, "patrol.result"), **suggestions(request.post, local_day(timezone.now())),
    )  # fmt: skip
