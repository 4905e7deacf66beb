"""/bao-cao/<calendar>/<period>/: the table by commune, every figure a door; what to look at before signing; what documents state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from phoihop.domain.figures.queries import working_days
from phoihop.domain.figures.rules.deadlines import Deadline, Sender, send_by
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Area, Level
from phoihop.domain.territory.queries import became, made_of
from phoihop.reports import checking
from phoihop.reports.checking import Check
from phoihop.reports.columns import Column, definitions
from phoihop.reports.lines import communes_in
from phoihop.reports.report import Report, report, said_of_whole

from .. import moments
from ..base import Acting, acting, page
from ..memory import known
from ..scope import AREA, DAY
from . import drawing
from .choosing import chooser
from .reading import AS_RECORDED, COMPARED, HOW, SHOW, Read, called, clock, language, read, when_of
from .saying import said

_FAR_SHOWN = 3
_SHORT = {
    "TR.01": _lazy("Tuần tra"), "TR.01.VT": _lazy("Vũ trang"), "TR.05": _lazy("Biển, biên giới"), "TR.02": _lazy("Lượt tổ"), "TR.03": _lazy("Lượt người"),
    "TR.06": _lazy("Phương tiện"), "TR.04": _lazy("Giờ"), "TR.07": _lazy("Cao điểm"), "TR.09": _lazy("So kế hoạch"), "TR.KQ": _lazy("Kết quả"),
}  # fmt: skip
_SENDERS = {Level.COMMUNE: Sender.COMMUNE, Level.DISTRICT: Sender.DISTRICT, Level.PROVINCE: Sender.PROVINCE, Level.NATION: Sender.MINISTRY}


@acting("report.view", time="none")
def show(request: Acting, calendar: str, code: str) -> HttpResponse:
    """The report; an unknown calendar or period leads to the choice, with a sentence."""
    of = read(request, calendar, code)
    if of is None:
        return chooser(request, 404, _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."))
    request.when = when_of(of)
    found = report(request.post, of.question, **clock(), whole=False)
    findings = checking.findings(found)
    far = [f for f in findings if f.check == Check.OUTLIER]
    return page(
        request,
        "reports/report.html",
        of=of,
        report=found,
        title=title_of(of),
        heads=[_head(c) for c in found.columns],
        lines=drawing.lines(of, found),
        filed=_filed(found),
        change=_change(found),
        findings=[said(f, of) for f in findings if f not in far[_FAR_SHOWN:]],
        more=[said(f, of) for f in far[_FAR_SHOWN:]],
        to_mend=sum(f.mend for f in findings),
        ways=_ways(request, of),
        views=_views(of),
        deadline=_deadline(of),
        elsewhere=_elsewhere(of, found),
        choices=_choices(found),
        whole=_whole_rows(of),
        may_print=may(request.post, "report.print"),
        links={
            name: of.url(rest)
            for name, rest in (("paper", "van-ban/"), ("whole", "chung/"), ("xlsx", "so-lieu.xlsx"), ("docx", "bao-cao.docx"), ("pdf", "bao-cao.pdf"))
        },
        signer=found.total.name,
    )


@acting("report.view", time="none")
def whole(request: Acting, calendar: str, code: str) -> HttpResponse:
    """The figures said of the whole area, fetched after the table: each asks the records, not the balances."""
    of = read(request, calendar, code)
    if of is None:
        return chooser(request, 404, _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."))
    cells = said_of_whole(request.post, of.question, clock()["today"])
    figures = {c.column.code: c.shown.text(moments.language()) for c in cells}
    return page(request, "reports/whole.html", rows=[(*row, figures[column.code]) for column, row in zip(_whole_columns(of), _whole_rows(of), strict=True)])


def _whole_rows(of: Read) -> list[tuple[str, str]]:
    return [(c.called(language()), of.records(c.code, of.question.area.code)) for c in _whole_columns(of)]


def title_of(of: Read) -> str:
    label = called(of.question.calendar, of.question.code)
    return _("Báo cáo kết quả phối hợp %(period)s") % {"period": label if language() == "en" else label[:1].lower() + label[1:]}


def _head(c: Column) -> dict[str, str]:
    """The column in a word or two, so that nine of them fit beside the names; its full name is in its title. A unit that only says the name again is left out."""
    full = c.called(language())
    name, unit = str(_SHORT.get(c.code, full)), c.counted_in(language())
    return {"name": name, "title": full, "unit": "" if unit.lower() == name.lower() else unit, "url": f"/so-lieu/#{c.code}"}


def _whole_columns(of: Read) -> Sequence[Column]:
    wanted = set(of.question.whole)
    return [m for d in definitions() for m in d.measures if m.code in wanted]


def _filed(found: Report) -> dict[str, int]:
    every, silent = communes_in(found.rows), communes_in(line for line in found.rows if line.is_missing)
    return {"of": every, "with": every - silent, "silent": silent}


def _change(found: Report) -> dict[str, str] | None:
    """The first sum of the whole area beside the year before."""
    c = next((c for c in found.total.cells if c.column.adds_up), None)
    if c is None or c.change is None:
        return None
    return {"name": c.column.called(language()), "then": c.shown_then.text(moments.language()), "difference": drawing.difference(c, moments.language())}


def _ways(request: Acting, of: Read) -> list[dict[str, Any]]:
    recorded = of.question.on is None
    today = request.scope.day == request.scope.today
    named = _("Quy về địa bàn hôm nay") if today else _("Quy về địa bàn ngày %(day)s") % {"day": moments.short_day(request.scope.day, request.scope.today)}
    return [
        {"label": named, "url": of.url(**{HOW: None}), "here": not recorded},
        {"label": _("Đúng như lúc ghi"), "url": of.url(**{HOW: AS_RECORDED}), "here": recorded},
    ]


def _views(of: Read) -> list[dict[str, Any]]:
    return [
        {"label": _("Số liệu"), "url": of.url(**{SHOW: None}), "here": not of.compared},
        {"label": _("So cùng kỳ năm trước"), "url": of.url(**{SHOW: COMPARED}), "here": of.compared},
    ]


def _deadline(of: Read) -> Deadline | None:
    sender = _SENDERS.get(Level(of.question.area.level))
    working = known("working days", working_days)
    return send_by(of.question.calendar, of.question.code, sender, working) if sender else None


def _elsewhere(of: Read, found: Report) -> list[dict[str, str]]:
    """Where to look when the area did not exist on the days asked for, or exists no more: what it was made of, or what it became."""
    area, days = of.question.area, of.question.days
    if area.valid_until is not None and of.question.on is not None:
        heirs = became(area, clock()["today"]).areas
        return [{"name": str(a), "url": of.url(**{AREA: a.code, DAY: None}), "why": _("nay thuộc")} for a in heirs]
    if area.valid_from >= days.until and of.question.on is None:
        return [_then(of, a, days.last) for a in made_of(area, days.last).areas]
    return []


def _then(of: Read, area: Area, day: date) -> dict[str, str]:
    return {"name": str(area), "url": of.url(**{AREA: area.code, DAY: day.isoformat()}), "why": _("lúc đó là")}


def _choices(found: Report) -> list[dict[str, Any]]:
    """Every measure that may stand in a report, with what is chosen."""
    chosen = {*found.question.columns, *found.question.whole}
    return [{"code": m.code, "name": m.called(language()), "here": m.code in chosen} for d in definitions() for m in d.measures]
