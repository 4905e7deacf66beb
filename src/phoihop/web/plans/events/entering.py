"""/ke-hoach/lich-su-kien/ghi/: events of the own area into the calendar, line by line or pasted; all of them or none."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.actions.calendar import enter_events
from phoihop.domain.agreements.models import PublicEventKind
from phoihop.domain.agreements.rules.calendar import AT_ONCE, PublicEventDraft
from phoihop.kernel.action import answering
from phoihop.kernel.period import local_day
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Refused, Verdict

from ...base import Acting, acting, go, page
from ...forms import Unclear
from ...patrols.named import AREAS, Reader, suggestions
from ...toasts import toast
from ...written import read_day
from .calendar import HERE, YEAR
from .grid import Line, Table

FIRST_ROWS, MORE_ROWS = 10, 20
KINDS = "cac-loai"
TABLE = Table(
    "r",
    {"ten": _("Tên sự kiện"), "loai": _("Loại"), "tu": _("Từ ngày"), "den": _("Đến ngày"), "noi": _("Địa bàn"), "am": _("Ngày âm lịch")},
    {"loai": KINDS, "noi": AREAS},
)
_OF_RULES = {"name": "ten", "kind": "loai", "first_on": "tu", "last_on": "den", "area": "noi", "lunar": "am"}


@acting("agreement.draft", time="none")
def entering(request: Acting) -> HttpResponse:
    more = MORE_ROWS if request.POST.get("do") == "them" else 0
    lines = TABLE.read(request.POST, min(TABLE.sent(request.POST, AT_ONCE, FIRST_ROWS) + more, AT_ONCE))
    if request.method != "POST" or more:
        return _shown(request, lines)
    filled = [line for line in lines if line.filled()]
    today = local_day(timezone.now())
    reader = Reader(request.post)
    drafts = [_understood(line, reader, request, today) for line in filled]
    if not filled:
        return _shown(request, lines, problem=now_("Chưa có dòng nào được ghi."))
    if any(line.wrong for line in filled):
        return _shown(request, lines, problem=_count_wrong(filled))
    try:
        entering = answering(enter_events, request.POST.getlist("sure"))
        made = entering(by=request.post, drafts=[d for d in drafts if d], at=timezone.now())
    except Refused as refusal:
        return _refused(request, lines, filled, refusal.verdict)
    toast(request, ngettext("Đã ghi %(n)s sự kiện vào lịch.", "Đã ghi %(n)s sự kiện vào lịch.", len(made)) % {"n": len(made)})
    return go(request, f"{HERE}?{YEAR}={made[0].first_on.year}")


def _understood(line: Line, reader: Reader, request: Acting, today: date) -> PublicEventDraft | None:
    first = read_day(line.cells["tu"], today)
    last = read_day(line.cells["den"], today) if line.cells["den"] else first
    for name, day in (("tu", first), ("den", last)):
        if day is None and (name == "tu" or line.cells["den"]):
            line.wrong[name] = now_("Không có ngày này.")
    kind = _kind(line.cells["loai"])
    if not kind:
        line.wrong["loai"] = now_("Chọn một loại trong danh mục.")
    area = request.post.unit.area
    if line.cells["noi"]:
        try:
            area = reader.area(line.cells["noi"], today)
        except Unclear as unclear:
            line.wrong["noi"] = str(unclear.messages[0])
    if line.wrong or first is None or last is None:
        return None
    return PublicEventDraft(area, kind, line.cells["ten"], first, last, line.cells["am"])


def _kind(text: str) -> str:
    said = fold(text)
    return next((kind.value for kind in PublicEventKind if said in (kind.value, fold(str(kind.label)))), "")


def _refused(request: Acting, lines: list[Line], filled: list[Line], verdict: Verdict) -> HttpResponse:
    """Put the refusal at its cell; of one line alone the rule names the field without the line."""
    parts = [part for part in (verdict.field or "").split(".") if part != "drafts"]
    line = filled[int(parts[0])] if parts and parts[0].isdecimal() else filled[0]
    line.wrong[_OF_RULES.get(parts[-1] if parts else "", "ten")] = str(verdict.reason)
    return _shown(request, lines, problem=_count_wrong(filled), question=verdict if verdict.asks else None)


def _count_wrong(filled: list[Line]) -> str:
    return now_("%(n)s dòng cần sửa; chưa dòng nào được ghi.") % {"n": sum(1 for line in filled if line.wrong)}


def _shown(request: Acting, lines: list[Line], problem: str = "", question: Verdict | None = None) -> HttpResponse:
    return page(
        request, "plans/events/enter.html", status=422 if problem else 200, table=TABLE, lines=TABLE.shown(lines), problem=problem, question=question,
        answered=request.POST.getlist("sure"), full=len(lines) >= AT_ONCE, kinds=[str(kind.label) for kind in PublicEventKind], kinds_list=KINDS, back=HERE,
        **suggestions(request.post, local_day(timezone.now())),
    )  # fmt: skip
