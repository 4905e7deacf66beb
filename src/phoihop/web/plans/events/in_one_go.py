"""/ke-hoach/lich-su-kien/theo-loat/…: own event plans in one go: laid before their parties, told how they went, own people counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.planning_events import open_signing_many, tell_results, tell_shifts
from phoihop.domain.agreements.queries.planning_events import shifts_to_tell, to_send, to_tell
from phoihop.domain.agreements.rules.carrying_out import ResultDraft
from phoihop.domain.agreements.rules.planning_events import ShiftDraft, ToldDraft
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused

from ...agreements.seeing import address
from ...base import Acting, acting, go, page
from ...register.wording import title_of
from ...rows import row_of
from ...toasts import toast
from ...written import read_day, read_number
from ..wording import last_day
from .calendar import HERE
from .grid import Line, Table

Read = Callable[[Any, Line, date], Any]
_SAFE, _NOT_SAFE = "có", "không"


@dataclass(frozen=True, slots=True)
class Way:
    """What is done to many plans: who is listed, with what each line begins, how a line is read, what is done."""

    title: Any
    button: Any
    said: Any
    empty: Any
    permission: str
    table: Table
    rows: Callable[[Post, date], Sequence[Any]]
    known: Callable[[Any], dict[str, str]]
    plan: Callable[[Any], Any]
    read: Read
    run: Callable[..., Any]
    of_rules: dict[str, str]


def _number(line: Line, name: str) -> int:
    if (said := read_number(line.cells[name], 7)) is None:
        line.wrong[name] = now_("Ghi một số.")
    return said or 0


def _told(a: Any, line: Line, today: date) -> ToldDraft:
    day = read_day(line.cells["ngay"], today)
    if day is None:
        line.wrong["ngay"] = now_("Không có ngày này.")
    if line.cells["an-toan"].lower() not in (_SAFE, _NOT_SAFE):
        line.wrong["an-toan"] = now_("Ghi có hoặc không.")
    posts, teams = _number(line, "chot"), _number(line, "to")
    return ToldDraft(a, ResultDraft(day or today, line.cells["an-toan"].lower() == _SAFE, posts, teams))


def _result_line(a: Any) -> dict[str, str]:
    day = last_day(a)
    return {"ngay": f"{day:%d/%m/%Y}" if day else "", "an-toan": "", "chot": _planned(a.fixed_posts), "to": _planned(a.mobile_teams)}


def _planned(count: int | None) -> str:
    """Empty where the plan laid none down: what was not planned is not nought."""
    return "" if count is None else str(count)


WAYS: dict[str, Way] = {
    "trinh-ky": Way(
        _("Trình ký nhiều kế hoạch"), _("Trình ký"), _("Đã trình ký %(n)s kế hoạch."), _("Không có kế hoạch sự kiện nào đang soạn."), "agreement.draft",
        Table("r", {}), to_send, lambda a: {}, lambda a: a, lambda a, line, today: a, open_signing_many, {},
    ),
    "ket-qua": Way(
        _("Ghi kết quả nhiều sự kiện"), _("Ghi kết quả"), _("Đã ghi kết quả %(n)s sự kiện."), _("Không có sự kiện nào đã qua mà chưa ghi kết quả."), "agreement.draft",
        Table("r", {"ngay": _("Ngày diễn ra"), "an-toan": _("An toàn (có, không)"), "chot": _("Số chốt"), "to": _("Số tổ")}), to_tell, _result_line, lambda a: a,
        _told, tell_results, {"held_on": "ngay", "posts": "chot", "teams": "to"},
    ),
    "luot-nguoi": Way(
        _("Ghi số lượt người của đơn vị ở nhiều sự kiện"), _("Ghi"), _("Đã ghi số lượt người ở %(n)s sự kiện."), _("Không có sự kiện nào chờ đơn vị ghi số lượt người."),
        "agreement.opine", Table("r", {"nguoi": _("Số lượt người")}), shifts_to_tell, lambda r: {"nguoi": _planned(r.planned)}, lambda r: r.agreement,
        lambda r, line, today: ShiftDraft(r, _number(line, "nguoi")), tell_shifts, {"people": "nguoi"},
    ),
}  # fmt: skip
_ARGUMENTS = {"trinh-ky": "agreements", "ket-qua": "told", "luot-nguoi": "shifts"}
WORKDAYS = 5


@acting("matter.view", time="none")
def in_one_go(request: Acting, way: str) -> HttpResponse:
    if way not in WAYS:
        raise Http404
    one, today = WAYS[way], local_day(timezone.now())
    records = one.rows(request.post, today)
    if request.method != "POST":
        return _shown(request, way, records, [Line(n, one.known(r)) for n, r in enumerate(records)], set())
    by_key = {str(r.pk): r for r in records}
    sent = [by_key[key] for key in dict.fromkeys(request.POST.getlist("chon")) if key in by_key]
    places = {r.pk: n for n, r in enumerate(records)}
    lines = [Line(n, {name: request.POST.get(f"r{r.pk}.{name}", "").strip()[:40] for name in one.table.columns}) for n, r in enumerate(records)]
    drafts = [one.read(r, lines[places[r.pk]], today) for r in sent]
    chosen = {places[r.pk] for r in sent}
    if not sent or any(line.wrong for line in lines):
        problem = (
            now_("Chưa chọn kế hoạch nào.") if not sent else now_("%(n)s dòng cần sửa; chưa dòng nào được ghi.") % {"n": sum(bool(x.wrong) for x in lines)}
        )
        return _shown(request, way, records, lines, chosen, problem)
    more = {"workdays": _workdays(request)} if way == "trinh-ky" else {}
    try:
        one.run(by=request.post, at=timezone.now(), **{_ARGUMENTS[way]: drafts}, **more)
    except Refused as refusal:
        parts = (refusal.verdict.field or "").split(".")
        at = row_of(refusal.verdict.field, _ARGUMENTS[way]) or 0
        if way == "trinh-ky" and "workdays" in parts:
            return _shown(request, way, records, lines, chosen, str(refusal.verdict.reason))
        lines[places[sent[at].pk]].wrong[one.of_rules.get(parts[-1], "")] = str(refusal.verdict.reason)
        return _shown(request, way, records, lines, chosen, now_("1 dòng cần sửa; chưa dòng nào được ghi."))
    toast(request, str(one.said) % {"n": len(sent)})
    return go(request, HERE)


def _workdays(request: Acting) -> int:
    return read_number(request.POST.get("workdays"), 3) or 0


def _shown(request: Acting, way: str, records: Sequence[Any], lines: list[Line], chosen: set[int], problem: str = "") -> HttpResponse:
    one = WAYS[way]
    rows = []
    for n, (record, line) in enumerate(zip(records, lines, strict=True)):
        plan = one.plan(record)
        cells = [
            {"name": f"r{record.pk}.{name}", "label": label, "value": line.cells.get(name, ""), "why": line.wrong.get(name, "")}
            for name, label in one.table.columns.items()
        ]
        rows.append({
            "key": record.pk, "title": title_of(plan), "url": address(plan), "area": plan.matter.area, "day": getattr(record, "held_on", None) or last_day(record),
            "people": getattr(plan, "planned_people", None), "cells": cells, "chosen": n in chosen, "why": line.wrong.get("", ""),
        })  # fmt: skip
    ways = [{"label": w.title, "url": f"{HERE}theo-loat/{name}/", "here": name == way, "n": None} for name, w in WAYS.items()]
    return page(
        request, "plans/events/in_one_go.html", status=422 if problem else 200, one=one, rows=rows, ways=ways, problem=problem, back=HERE,
        may_act=may(request.post, one.permission), workdays=request.POST.get("workdays", WORKDAYS) if way == "trinh-ky" else None,
    )  # fmt: skip
