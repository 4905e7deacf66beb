"""/ke-hoach/thuc-hien/: how far duties are met, by commune and content or duty; each cell opens its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import ContentArea, Occasion
from phoihop.domain.agreements.queries import occasions
from phoihop.domain.agreements.queries.compliance import BY_CONTENT, BY_DUTY, Compliance, Tally, by_lead, compliance, narrowed, occasions_in, silent
from phoihop.domain.agreements.rules.duties import MET_NAMES, Met, is_silent, met
from phoihop.domain.territory.models import Level
from phoihop.kernel.figures_text import MISSING
from phoihop.kernel.period import local_day

from ..base import Acting, acting, page
from ..lists import PAGE, chosen, filter_links
from ..scope import AREA, TERM, changed
from ..svg_map import MapView, Shade, province_map
from . import wording
from .frame import tabs

BY, LOOK, STATE, CONTENT, DUTY = "theo", "xem", "tt", "nd", "viec"
WAYS = {"": lazy("Theo nội dung"), "viec": lazy("Theo việc")}
LOOKS = {"": lazy("Bảng"), "ban-do": lazy("Sơ đồ")}
STATES = {
    "": lazy("Tất cả"),
    "qua": MET_NAMES[Met.OVERDUE],
    "im": lazy("im lặng"),
    "cho": MET_NAMES[Met.WAITING],
    "xong": MET_NAMES[Met.DONE],
    "sau": MET_NAMES[Met.AHEAD],
}
_METS = {"qua": Met.OVERDUE, "cho": Met.WAITING, "xong": Met.DONE, "sau": Met.AHEAD}
_PER_PAGE = 100


@acting("figure.view", time="term")
def table(request: Acting) -> HttpResponse:
    """The table of an area and a period, or its map; above it one sentence."""
    now = timezone.now()
    way = chosen(request, BY, WAYS)
    area = request.scope.area
    assert area is not None
    found = compliance(request.post, area, request.scope.term.period, now, local_day(now), BY_DUTY if way else BY_CONTENT)
    drawn = _map(request, found) if request.GET.get(LOOK) == "ban-do" else None
    return page(
        request,
        "duties/compliance.html",
        tabs=tabs(request, "/ke-hoach/thuc-hien/"),
        heads=[_head(way, column) for column in found.columns],
        lines=[] if drawn else list(_lines(request, found, way)),
        whole=found.whole,
        said=wording.told(found.whole),
        without=sum(1 for row in found.rows if row.level == Level.COMMUNE and not found.of_row(row.pk).total),
        silent_url=_open(request, {STATE: "im"}),
        ways=filter_links(request, BY, WAYS, way),
        looks=filter_links(request, LOOK, LOOKS, chosen(request, LOOK, LOOKS)),
        map=drawn,
        legend=[("s5", _("đã làm hết")), ("s3", _("đã làm một phần")), ("zero", _("chưa làm")), ("", _("không có văn bản"))],
    )


def _head(way: str, column: Any) -> dict[str, Any]:
    if way:
        return {"name": wording.act(column), "note": f"{column.clause.label} · {column.clause.version.agreement.matter.code}", "title": wording.head(column)}
    return {"name": wording.content(column), "note": "", "title": wording.content(column)}


def _lines(request: Acting, found: Compliance, way: str) -> Iterator[dict[str, Any]]:
    """Rows with their cells written at once: a province has thousands, and a template costs more than the counting."""
    key = DUTY if way else CONTENT
    keys = [(column.pk if way else column, str(column.pk) if way else column or wording.NO_CONTENT) for column in found.columns]
    carry = {AREA: "", TERM: str(request.scope.term)}
    for row in found.rows:
        base = f"/ke-hoach/thuc-hien/viec/?{urlencode(carry | {AREA: row.code})}&amp;{key}="
        yield {
            "name": str(row),
            "commune": row.level == Level.COMMUNE,
            "cells": mark_safe("".join(_td(found.cell(row.pk, of), f"{base}{slug}") for of, slug in keys)),
        }


def _td(tally: Tally | None, url: str) -> SafeString:
    if tally is None:
        return mark_safe(f'<td class="n">{MISSING}</td>')
    return mark_safe(f'<td class="n {wording.KINDS[tally.worst] or "ahead"}"><a class="door" href="{url}">{escape(wording.cell(tally))}</a></td>')


def _map(request: Acting, found: Compliance) -> MapView | None:
    province = request.scope.province()
    if province is None:
        return None
    shades = {}
    for row in found.rows:
        tally = found.of_row(row.pk)
        if tally.total:
            title = f"{row}: {wording.told(tally)}"
            shades[row.pk] = Shade(_shade(tally), title, _open(request, {AREA: row.code}))
    return province_map(province, request.scope.day, shades, title=_("Thực hiện việc phải làm theo xã, phường"), table=changed(request, **{LOOK: None}))


def _shade(tally: Tally) -> str:
    if tally.due and not tally.done:
        return "zero"
    return "s5" if tally.done == tally.due and tally.due else f"s{1 + round(3 * tally.done / tally.total)}"


def _open(request: Acting, more: dict[str, str]) -> str:
    area = request.scope.area
    keep = {AREA: area.code if area else "", TERM: str(request.scope.term)}
    return f"/ke-hoach/thuc-hien/viec/?{urlencode(keep | more)}"


@acting("figure.view", time="term")
def cell(request: Acting) -> HttpResponse:
    """The tasks behind a cell: those the reader may open, and of the others who leads how many."""
    now = timezone.now()
    today = local_day(now)
    area, days = request.scope.area, request.scope.term.period
    assert area is not None
    state = chosen(request, STATE, STATES)
    rows = silent(request.post, area, days, now, today) if state == "im" else narrowed(occasions_in(area, days, today), _METS.get(state, ""), now, today)
    if content := request.GET.get(CONTENT, ""):
        rows = rows.filter(duty__clause__content="" if content == wording.NO_CONTENT else content[:10])
    if (duty := request.GET.get(DUTY, "")).isdigit():
        rows = rows.filter(duty=int(duty[:18]))
    mine = occasions.may_open(request.post, rows, today)
    number = int(n) if (n := request.GET.get(PAGE, "1")).isdigit() and 0 < int(n) < 10**6 else 1
    shown = list(occasions.shown(mine).order_by("task__due_at", "pk")[(number - 1) * _PER_PAGE : number * _PER_PAGE + 1])
    return page(
        request,
        "duties/cell.html",
        tabs=tabs(request, ""),
        area=area,
        content=wording.content(content) if content in ContentArea.values else "",
        rows=[row_of(o, now, today) for o in shown[:_PER_PAGE]],
        others=by_lead(rows.exclude(pk__in=mine.values("pk"))),
        states=filter_links(request, STATE, STATES, state),
        back=f"/ke-hoach/thuc-hien/?{urlencode({AREA: area.code, TERM: str(request.scope.term)})}",
        after=changed(request, **{PAGE: str(number + 1)}) if len(shown) > _PER_PAGE else "",
    )


def row_of(o: Occasion, now: Any, today: Any) -> dict[str, Any]:
    """A line of what fell due: the task, the acts that met it, or that nobody said anything."""
    how = met(o.task.state, o.task.due_at, o.first, now, today)
    acts = list(o.acts.all())
    return {
        "o": o, "task": o.task, "url": f"/ke-hoach/den-han/{o.task.code}/", "tag": wording.met_tag(how), "acts": acts, "period": wording.period(o.first, o.until),
        "act": wording.act(o.duty), "clause": o.duty.clause.label, "agreement": o.duty.clause.version.agreement, "silent": is_silent(o.task, len(acts), now),
        "open": how in (Met.OVERDUE, Met.WAITING),
    }  # fmt: skip
