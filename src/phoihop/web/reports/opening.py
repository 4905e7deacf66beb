"""/so-lieu/<measure>/: the records behind a figure, whole page or the lines that open below it; never more than the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.figures.models import Method
from phoihop.domain.figures.queries import ByLine, Opened, records
from phoihop.domain.figures.queries.cells import NotInLines
from phoihop.domain.figures.rules.figure import Figure
from phoihop.domain.territory.models import Area
from phoihop.kernel.figures_text import grouped
from phoihop.kernel.period import ONE_DAY
from phoihop.kernel.verdict import Verdict
from phoihop.reports.cells import printed
from phoihop.reports.columns import Column, columns
from phoihop.reports.lines import words

from .. import moments
from ..base import Acting, acting, no_access, page
from ..finding import address_of
from ..lists import PAGE
from ..scope import changed
from ..when import When
from ..written import read_number
from .choosing import chooser
from .reading import CALENDAR, DEFAULT_CALENDAR, TERM, Read, called, language, read, when_of

_INLINE, _PER_PAGE = 5, 100


@dataclass(frozen=True, slots=True)
class Sum:
    """ "= A + B − counted twice": the lines that have any, and by how much they exceed the joint figure."""

    parts: tuple[tuple[str, str], ...]
    twice: str


@acting("figure.view", time="none")
def open_figure(request: Acting, code: str) -> HttpResponse:
    """The figure, how it comes about, and its records."""
    column = _column(code)
    calendar = request.GET.get(CALENDAR, DEFAULT_CALENDAR)
    of = read(request, calendar, _term(request))
    if of is None:
        return chooser(request, 404, _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."))
    request.when = _when(of, code)
    inline = request.htmx.target == "drill" if getattr(request, "htmx", False) else False
    number = read_number(request.GET.get(PAGE), 6) or 1
    most = _INLINE if inline else _PER_PAGE
    q = of.question
    try:
        opened = records(request.post, code, q.area, q.days, today=request.scope.today, on=q.on, as_of=q.as_of, first=(number - 1) * most, most=most)
    except NotInLines:
        return no_access(request, Verdict("no-past", _("Chỉ tiêu này do sổ đăng ký trả lời theo ngày, không hỏi lại được theo số nhật ký cũ.")))
    pages = max(1, -(-opened.may_open // most))
    return page(
        request,
        "reports/records.html",
        part="drill",
        column=column,
        name=column.called(language()),
        unit=column.counted_in(language()),
        area=words(q.area),
        period=called(q.calendar, q.code),
        days=q.days,
        of=of,
        opened=opened,
        shown=_text(column, opened.figure),
        sum=_sum(column, opened.parts),
        ratio=_ratio(column, opened),
        together=_together(opened.figure),
        stated=_stated(column, opened.figure),
        rows=_rows(column, opened),
        all_url=of.records(code, q.area.code),
        report_url=of.url(),
        number=number,
        pages=pages,
        before=_to(request, number - 1) if number > 1 else "",
        after=_to(request, number + 1) if number < pages else "",
        first_shown=(number - 1) * most + 1 if opened.records else 0,
        last_shown=(number - 1) * most + len(opened.records),
    )


def _column(code: str) -> Column:
    try:
        return columns([code])[0]
    except KeyError:
        raise Http404 from None


def _term(request: Acting) -> str:
    """The period of the address; without one, the month of the scope."""
    return request.GET.get(TERM) or f"{request.scope.day.year}-T{request.scope.day.month}"


def _to(request: Acting, number: int) -> str:
    base = changed(request)
    return base if number == 1 else f"{base}{'&' if '?' in base else '?'}{PAGE}={number}"


def _when(of: Read, code: str) -> When:
    """The picker leads to the same figure of other periods."""
    when = when_of(of)

    def moved(url: str) -> str:
        period = url.split("?")[0].strip("/").split("/")[-1]
        return replace(of, question=replace(of.question, code=period)).records(code, of.question.area.code)

    choices = tuple(replace(choice, url=moved(choice.url)) for choice in when.choices)
    return replace(when, before=moved(when.before), after=moved(when.after), choices=choices)


def _text(column: Column, figure: Figure) -> str:
    return printed(column, figure).text(moments.language())


def _sum(column: Column, parts: ByLine | None) -> Sum | None:
    """Nothing to say for a figure that one line alone brought about."""
    if parts is None or parts.joint.value is None:
        return None
    told = tuple((str(line.name), _text(column, figure)) for line, figure in parts.lines if figure.value)
    if not told:
        return None
    return Sum(told, _text(column, Figure(column.code, parts.counted_twice)))


def _ratio(column: Column, opened: Opened) -> dict[str, Any] | None:
    if column.method != Method.RATIO:
        return None
    return {"part": _plain(opened.figure.part), "whole": _plain(opened.figure.whole)}


def _plain(value: Fraction | None) -> str:
    return grouped(None if value is None else int(value), 0, moments.language())


def _together(figure: Figure) -> str:
    """The areas for which alone it can be said, when they are several."""
    if not figure.group:
        return ""
    return " + ".join(words(a) for a in Area.objects.filter(pk__in=figure.group).order_by("code"))


def _stated(column: Column, figure: Figure) -> list[dict[str, Any]]:
    found = [*((s, True) for s in figure.stated), *((s, False) for s in figure.beside)]
    areas = Area.objects.in_bulk({s.area for s, _within in found}) if found else {}
    return [
        {
            "value": _text(column, Figure(column.code, None, stated=(s,))).removeprefix("†"), "area": words(areas[s.area]), "first": s.first,
            "last": s.until - ONE_DAY, "source": s.source, "within": within,
        }
        for s, within in found
    ]  # fmt: skip


def _rows(column: Column, opened: Opened) -> list[dict[str, Any]]:
    return [
        {
            "day": r.day or (r.fact.day if r.fact else None),
            "url": address_of(r.matter) if r.matter else "",
            "code": r.matter.code if r.matter else "",
            "name": _name(r),
            "area": words(r.area),
            "unit": r.unit or (r.matter.lead if r.matter else None),
            "item": str(r.fact.item.name) if r.fact and r.fact.item else "",
            "value": _text(column, Figure(column.code, r.value)) if not column.percent else "1",
        }
        for r in opened.records
    ]


def _name(r: Any) -> str:
    if r.task is not None:
        return str(r.task.what)
    if r.place is not None:
        return words(r.place)
    return str(r.unit) if r.unit is not None and r.matter is None and r.fact is None else ""
