"""/tuan-tra/thieu-ket-qua/: patrols that the own unit leads, that are over and have no result: as planned, not held or cancelled, two hundred at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions.holding import report_many
from phoihop.domain.activities.actions.planning import cancel_many
from phoihop.domain.activities.models import Activity, Strength
from phoihop.domain.activities.queries.own import crews, led_by, without_result
from phoihop.domain.activities.rules import AT_ONCE, Counted, Result
from phoihop.kernel.verdict import Verdict

from ..base import Acting, acting, page
from ..rows import row_of
from . import wording
from .seeing import address, now_and_today
from .ticked import chosen, ticked

HERE = "/tuan-tra/thieu-ket-qua/"


class Row(NamedTuple):
    """A patrol without a result, with who was to come and how strong."""

    pk: int
    code: str
    url: str
    day: str
    hours: str
    name: str
    area: str
    crew: str
    ticked: bool


@acting("patrol.result", time="none")
def missing(request: Acting) -> HttpResponse:
    return ticked(request, HERE, _do, _shown)


def _do(request: Acting) -> str:
    now, today = now_and_today()
    found = _chosen(request, today)
    why, do = request.POST.get("why", ""), request.POST.get("do")
    if do == "huy":
        cancel_many(by=request.post, activities=found, why=why, at=now)
        return ngettext("Đã hủy %(n)s cuộc.", "Đã hủy %(n)s cuộc.", len(found)) % {"n": len(found)}
    held = do == "nhu-ke-hoach"
    coming = crews(request.post, found) if held else {}
    results = [_as_planned(a, coming.get(a.pk, [])) if held else Result(a, a.version, held=False, why=why) for a in found]
    report_many(by=request.post, results=results, at=now)
    return ngettext("Đã ghi kết quả %(n)s cuộc.", "Đã ghi kết quả %(n)s cuộc.", len(found)) % {"n": len(found)}


def _chosen(request: Acting, today: date) -> list[Activity]:
    """Of what the unit leads: the action says why one that has a result by now is not recorded again."""
    return chosen(led_by(request.post, today), request.POST.getlist("a"), "results")


def _as_planned(a: Activity, crew: Sequence[Strength]) -> Result:
    """Held as it was planned, by whoever did not decline; nothing to report."""
    parties = [Counted(s.unit, s.planned_people, s.planned_teams) for s in crew]
    return Result(a, a.version, held=True, started_at=a.started_at or a.planned_start, ended_at=a.planned_end, parties=parties)


def _shown(request: Acting, refused: Verdict | None) -> HttpResponse:
    now, today = now_and_today()
    found = list(without_result(request.post, now, today)[: AT_ONCE + 1])
    coming = crews(request.post, found[:AT_ONCE])
    sent: Any = request.POST if refused is not None else None
    again = set(sent.getlist("a")) if sent else set()
    rows = [
        Row(
            a.pk, a.matter.code, address(a.matter.code), wording.day_words(a.day, today), wording.hours(a.planned_start, a.planned_end),
            wording.name_of(a, True), str(a.matter.area), ", ".join(f"{s.unit.short} {s.planned_people or '–'}" for s in coming.get(a.pk, [])),
            str(a.pk) in again,
        )
        for a in found[:AT_ONCE]
    ]  # fmt: skip
    problem = _where(refused, sent, rows) if refused is not None else ""
    return page(
        request, "patrols/missing.html", status=422 if refused is not None else 200, rows=rows, more=len(found) > AT_ONCE, problem=problem,
        why=sent.get("why", "") if sent else "",
    )  # fmt: skip


def _where(verdict: Verdict, sent: Any, rows: Sequence[Row]) -> str:
    """The refusal, with the patrol that it is about."""
    n, ordered = row_of(verdict.field, "results", "activities"), [row for row in rows if str(row.pk) in set(sent.getlist("a"))]
    if n is not None and n < len(ordered):
        return _("%(code)s: %(reason)s Chưa cuộc nào được ghi.") % {"code": ordered[n].code, "reason": verdict.reason}
    return str(verdict.reason)
