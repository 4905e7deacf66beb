"""/ke-hoach/thuc-hien/: how far duties are met, by commune and content or duty; each cell opens its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from phoihop.domain.agreements.queries.compliance import (
    BY_CONTENT,
    BY_DUTY,
    BY_MILITIA,
    OF_DECREE,
    OF_MILITIA,
    Compliance,
    Tally,
    by_lead,
    compliance,
    narrowed,
    occasions_in,
    silent,
)  # fmt: skip
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.agreements.rules.duties import MET_NAMES, Met, is_silent, met
from phoihop.domain.territory.models import Level
from phoihop.kernel.figures_text import MISSING
from phoihop.kernel.period import local_day

from ..base import Acting, acting, page
from ..lists import PAGE, chosen, filter_links
from ..scope import AREA, TERM, changed
from ..svg_map import MapView, Shade, province_map
from ..templatetags.face import TAG_ICONS, icon_svg
from ..written import read_number
from . import wording
from .frame import tabs

BY, LOOK, STATE, CONTENT, DUTY = "theo", "xem", "tt", "nd", "viec"
WAYS = {"": lazy("Theo nội dung"), "dan-quan": lazy("Bốn lĩnh vực dân quân"), "viec": lazy("Theo việc")}
_BY = {"": BY_CONTENT, "dan-quan": BY_MILITIA, "viec": BY_DUTY}
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
    way, about = chosen(request, BY, WAYS), _content(request)
    area = request.scope.area
    assert area is not None
    found = compliance(request.post, area, request.scope.term.period, now, local_day(now), _BY[way], content=about)
    drawn = _map(request, found) if request.GET.get(LOOK) == "ban-do" else None
    return page(
        request,
        "duties/compliance.html",
        part="found",
        tabs=tabs(request, "/ke-hoach/thuc-hien/"),
        heads=_heads(way, found),
        lines=[] if drawn else list(_lines(request, found, way, about)),
        whole=found.whole,
        said=wording.told(found.whole),
        beside=wording.told(found.beside),
        beside_url=changed(request, **{BY: "dan-quan" if way == "" else None}),
        bare=found.bare,
        empty=[wording.content(code) for code in found.empty] if about is None else [],
        silent_url=_open(request, {STATE: "im"}),
        ways=filter_links(request, BY, WAYS, way),
        looks=filter_links(request, LOOK, LOOKS, chosen(request, LOOK, LOOKS)),
        contents=_contents(way),
        content=request.GET.get(CONTENT, ""),
        map=drawn,
        legend=[("s5", _("đã làm hết")), ("s3", _("đã làm một phần")), ("zero", _("chưa làm")), ("", _("không có văn bản"))],
    )


def _content(request: Acting) -> str | None:
    """The one content that is asked for: of the closed list, "" for what is about none of it; None: all."""
    asked = request.GET.get(CONTENT, "")
    return "" if asked == wording.NO_CONTENT else asked if asked in ContentArea.values else None


def _contents(way: str) -> list[tuple[str, str]]:
    """What one may choose one content of: those that the view has as columns; by duty, all."""
    codes = {"": OF_DECREE, "dan-quan": OF_MILITIA}.get(way, tuple(ContentArea.values))
    others = [] if way == "dan-quan" else [(wording.NO_CONTENT, wording.content(""))]
    return [(code, wording.content(code)) for code in codes] + others


def _heads(way: str, found: Compliance) -> list[dict[str, Any]]:
    if _BY[way] != BY_DUTY:
        return [{"name": _name(way, column), "note": "", "title": _name(way, column)} for column in found.columns]
    names = names_of([column.clause for column in found.columns])
    return [_of_duty(column, names[column.clause_id]) for column in found.columns]


def _of_duty(duty: Any, clause: str) -> dict[str, Any]:
    return {"name": wording.act(duty), "note": f"{clause} · {duty.clause.version.agreement.matter.code}", "title": wording.head(duty, clause)}


def _name(way: str, column: Any) -> str:
    return wording.act(column) if _BY[way] == BY_DUTY else wording.content(column)


def _lines(request: Acting, found: Compliance, way: str, about: str | None) -> Iterator[dict[str, Any]]:
    """Rows with their cells written at once: a province has thousands, and a template costs more than the counting."""
    by_duty = _BY[way] == BY_DUTY
    carry = {TERM: str(request.scope.term)} | ({CONTENT: about or wording.NO_CONTENT} if about is not None and by_duty else {})
    keys = [
        (
            column.pk if by_duty else column,
            f"{DUTY}={column.pk}" if by_duty else f"{CONTENT}={column or wording.NO_CONTENT}",
            escape(_name(way, column)),
        )
        for column in found.columns
    ]
    for row in found.rows:
        base = f"/ke-hoach/thuc-hien/viec/?{urlencode({AREA: row.code} | carry)}&"
        yield {
            "name": str(row),
            "commune": row.level == Level.COMMUNE,
            "cells": mark_safe("".join(_td(found.cell(row.pk, of), escape(f"{base}{asked}"), name) for of, asked, name in keys)),
        }


def _td(tally: Tally | None, url: str, head: str) -> SafeString:
    """``head``: of the column; a phone shows it beside the cell."""
    if tally is None:
        return mark_safe(f'<td class="bare">{MISSING}</td>')
    kind = wording.KINDS[tally.worst]
    mark = icon_svg(TAG_ICONS[kind], "s")
    return mark_safe(f'<td class="{kind or "ahead"}" data-label="{head}"><a class="door" href="{url}">{mark}{escape(wording.cell(tally))}</a></td>')


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
    if (content := _content(request)) is not None:
        rows = rows.filter(duty__clause__content=content)
    if (duty := read_number(request.GET.get(DUTY))) is not None:
        rows = rows.filter(duty=duty)
    mine = occasions.may_open(request.post, rows, today)
    number = read_number(request.GET.get(PAGE), 6) or 1
    shown = list(occasions.shown(mine).order_by("task__due_at", "pk")[(number - 1) * _PER_PAGE : number * _PER_PAGE + 1])
    return page(
        request,
        "duties/cell.html",
        tabs=tabs(request, ""),
        area=area,
        content="" if content is None else wording.content(content),
        rows=rows_of(shown[:_PER_PAGE], now, today),
        others=by_lead(rows.exclude(pk__in=mine.values("pk"))),
        states=filter_links(request, STATE, STATES, state),
        back=f"/ke-hoach/thuc-hien/?{urlencode({AREA: area.code, TERM: str(request.scope.term)})}",
        after=changed(request, **{PAGE: str(number + 1)}) if len(shown) > _PER_PAGE else "",
    )


def rows_of(shown: Sequence[Occasion], now: Any, today: Any) -> list[dict[str, Any]]:
    names = names_of([o.duty.clause for o in shown])
    return [_row(o, names[o.duty.clause_id], now, today) for o in shown]


def _row(o: Occasion, clause: str, now: Any, today: Any) -> dict[str, Any]:
    """A line of what fell due: the task, the acts that met it, or that nobody said anything."""
    how = met(o.task.state, o.task.due_at, o.first, now, today)
    acts = list(o.acts.all())
    return {
        "o": o, "task": o.task, "url": f"/ke-hoach/den-han/{o.task.code}/", "tag": wording.met_tag(how), "acts": acts, "period": wording.period(o.first, o.until),
        "act": wording.act(o.duty), "clause": clause, "agreement": o.duty.clause.version.agreement, "silent": is_silent(o.task, len(acts), now),
        "open": how in (Met.OVERDUE, Met.WAITING),
    }  # fmt: skip
