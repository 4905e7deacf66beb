"""/tuan-tra/thang/: the month of one area, routes by days; of a province, areas by days."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from phoihop.domain.activities.rules.shifts import SHIFT_NAMES, Shift
from phoihop.domain.people.rules import allowed
from phoihop.domain.territory.models import Level
from phoihop.kernel.verdict import Refused

from ...back import own_address
from ...base import Acting, acting, no_access, page
from ...lists import chosen, filter_links
from ...scope import changed
from ...terms import Term
from ...toasts import toast
from ..wording import title_case
from . import acts, drawing, lines, side
from .board import Board, day_totals
from .findings import findings
from .gathering import Month
from .pencilled import read, sketches, write

VIEWS = {"": gettext_lazy("Tuyến × ngày"), "luc-luong": gettext_lazy("Lực lượng × ngày")}
SHIFTS = {"": gettext_lazy("Cả ngày"), "dem": SHIFT_NAMES[Shift.NIGHT], "ngay": SHIFT_NAMES[Shift.DAY]}
_OF_SHIFT = {"": "", "dem": Shift.NIGHT.value, "ngay": Shift.DAY.value}
_WIDE = (Level.PROVINCE, Level.NATION)


@acting("matter.view", time="term")
def month(request: Acting) -> HttpResponse:
    """The board. A POST brings what is pencilled in, and an act: pencil in, rub out, copy last month, mend, send."""
    term, area = _month(request), request.scope.area
    if area is None:
        return redirect("/chon-dia-ban/?ve=/tuan-tra/thang/")
    found = Month(request.post, area, term.period, request.scope.today)
    if area.level in _WIDE:
        return _overview(request, found, term)
    if request.method == "POST" and not (verdict := allowed(request.post, "patrol.plan", request.scope.today)):
        return no_access(request, verdict)
    return acts.answer(request, found, term) if request.method == "POST" else board(request, found, term, marks=acts.weekly(request, found))


def board(request: Acting, found: Month, term: Term, *, marks: str = "", problem: str = "", sent: int = 0, status: int = 200) -> HttpResponse:
    """The page, or for htmx the part that changes, with what is pencilled in."""
    found.sketches = sketches(request.post, read(marks, found.days))
    view, shift = chosen(request, "xem", VIEWS), chosen(request, "ca", SHIFTS)
    shown = lines.units_by_days(found, _OF_SHIFT[shift]) if view else lines.routes_by_days(found, _OF_SHIFT[shift])
    to_mend, more_to_mend = findings(found)
    return page(
        request,
        "patrols/month.html",
        part="roster",
        status=status,
        month=found,
        term=term,
        board=shown,
        drawn=_drawn(shown, request.post.unit_id if found.plans and not view else None),
        totals=_totals(found, shown),
        routes=sum(1 for line in shown.lines if line.route is not None),
        marks=write(sketch.mark for sketch in found.sketches),
        pencilled=len(found.sketches),
        waiting=sum(1 for row in found.there if row.waiting and row.stands and row.lead == request.post.unit_id and row.day >= found.today),
        findings=to_mend,
        more_findings=more_to_mend,
        map=side.coverage_map(found),
        covered=side.coverage_rows(found),
        nights=side.nights(found),
        views=filter_links(request, "xem", VIEWS, view),
        shifts=filter_links(request, "ca", {value: title_case(name) for value, name in SHIFTS.items()}, shift),
        list_url=f"/tuan-tra/?ky={term}&dv={found.area.code}",
        before=term.shifted(-1),
        neighbours=[changed(request, ky=str(term.shifted(n)), ngay=None) for n in (-1, 1)],
        problem=problem,
        sent=sent,
        edits=found.plans and not view,
    )


def _drawn(shown: Board, editor: int | None) -> list[dict[str, Any]]:
    """Groups with the cells of each line written; Tab enters the grid at the first."""
    first = next(iter(shown.lines), None)
    return [{"group": group, "lines": [(line, drawing.cells(line, editor, line is first)) for line in group.lines]} for group in shown.groups]


def _totals(found: Month, shown: Board) -> dict[str, Any]:
    counts = day_totals(shown.heads, found.rows)
    most = max([1, *counts])
    bars = [(head, n, f"{26 * n / most:.1f}", f"{26 - 26 * n / most:.1f}") for head, n in zip(shown.heads, counts, strict=True)]
    return {"bars": bars, "all": sum(counts)}


def _overview(request: Acting, found: Month, term: Term) -> HttpResponse:
    heads, areas, sums = lines.areas_by_days(found)
    return page(
        request, "patrols/month_areas.html", month=found, term=term, heads=heads, areas=areas, sums=sums, total=sum(sums),
        neighbours=[changed(request, ky=str(term.shifted(n)), ngay=None) for n in (-1, 1)],
    )  # fmt: skip


def _month(request: Acting) -> Term:
    """The month of the address; of a longer term, its first."""
    term = request.scope.term
    return term if term.granule == "T" else Term(term.period.first.year, "T", term.period.first.month)


@require_POST
@acting("patrol.plan", time="none")
def undo(request: Acting) -> HttpResponse:
    """Take back the last move of a patrol of the records."""
    try:
        acts.change_one(request, request.POST.get("doi", ""))
        toast(request, _("Đã hoàn tác."))
    except Refused as refusal:
        toast(request, refusal.verdict.reason, "danger")
    return redirect(own_address(request, request.POST.get("ve"), "/tuan-tra/thang/"))
