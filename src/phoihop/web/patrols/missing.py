"""/tuan-tra/thieu-ket-qua/: patrols that the own unit leads, that are over and have no result: as planned, not held or cancelled, two hundred at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions.holding import report_many
from phoihop.domain.activities.actions.planning import cancel_many
from phoihop.domain.activities.models import Activity, Claim, Strength
from phoihop.domain.activities.rules import AT_ONCE, Counted, Result
from phoihop.domain.matters.models import Participation
from phoihop.domain.people.models import Post
from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, acting, go, page
from ..toasts import toast
from . import wording
from .one.parties import GONE
from .seeing import address, now_and_today

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


def without_result(post: Post) -> QuerySet[Activity]:
    """What the unit leads, whose planned end is past, oldest first."""
    rows = Activity.objects.filter(matter__lead=post.unit_id, claim=Claim.NONE, cancelled_at=None, planned_end__lt=timezone.now())
    return rows.select_related("matter__area", "matter__title", "route").order_by("planned_start", "pk")


@acting("patrol.result", time="none")
def missing(request: Acting) -> HttpResponse:
    if request.method != "POST":
        return _shown(request)
    try:
        said = _do(request)
    except Refused as refusal:
        return _shown(request, refusal.verdict)
    toast(request, said)
    return go(request, HERE)


def _do(request: Acting) -> str:
    chosen = _chosen(request)
    why, do, now = request.POST.get("why", ""), request.POST.get("do"), timezone.now()
    if not chosen:
        raise Refused(Verdict("nothing-ticked", _("Đánh dấu ít nhất một dòng."), "results"))
    if do == "huy":
        done = cancel_many(by=request.post, activities=chosen, why=why, at=now)
        return ngettext("Đã hủy %(n)s cuộc.", "Đã hủy %(n)s cuộc.", len(done)) % {"n": len(done)}
    held = do == "nhu-ke-hoach"
    crews = _crews(chosen) if held else {}
    results = [_as_planned(a, crews.get(a.pk, [])) if held else Result(a, a.version, held=False, why=why) for a in chosen]
    done = report_many(by=request.post, results=results, at=now)
    return ngettext("Đã ghi kết quả %(n)s cuộc.", "Đã ghi kết quả %(n)s cuộc.", len(done)) % {"n": len(done)}


def _chosen(request: Acting) -> list[Activity]:
    keys = [int(key) for key in request.POST.getlist("a") if key.isdigit() and len(key) < 12]
    return list(Activity.objects.filter(pk__in=keys).select_related("matter__lead").order_by("planned_start", "pk"))


def _as_planned(a: Activity, crew: Sequence[Strength]) -> Result:
    """Held as it was planned, by whoever did not decline; nothing to report."""
    parties = [Counted(s.unit, s.planned_people, s.planned_teams) for s in crew]
    return Result(a, a.version, held=True, started_at=a.started_at or a.planned_start, ended_at=a.planned_end, parties=parties)


def _crews(found: Sequence[Activity]) -> dict[int, list[Strength]]:
    """By patrol, who was to come and did not decline, the lead first. Two queries."""
    matters = {a.matter_id: a.pk for a in found}
    gone = set(Participation.objects.filter(matter__in=list(matters), state__in=GONE).values_list("matter", "unit"))
    refused = {(matters[matter], unit) for matter, unit in gone}
    crews: dict[int, list[Strength]] = {}
    for s in Strength.objects.filter(activity__in=list(matters.values())).select_related("unit__force").order_by("pk"):
        if (s.activity_id, s.unit_id) not in refused:
            crews.setdefault(s.activity_id, []).append(s)
    return crews


def _shown(request: Acting, refused: Verdict | None = None) -> HttpResponse:
    _now, today = now_and_today()
    found = list(without_result(request.post)[: AT_ONCE + 1])
    crews = _crews(found[:AT_ONCE])
    sent: Any = request.POST if refused is not None else None
    ticked = set(sent.getlist("a")) if sent else set()
    rows = [
        Row(
            a.pk, a.matter.code, address(a.matter.code), wording.day_words(a.day, today), wording.hours(a.planned_start, a.planned_end),
            wording.name_of(a, True), str(a.matter.area), ", ".join(f"{s.unit.short} {s.planned_people or '–'}" for s in crews.get(a.pk, [])),
            str(a.pk) in ticked,
        )
        for a in found[:AT_ONCE]
    ]  # fmt: skip
    problem = _where(refused, sent, rows) if refused is not None else ""
    return page(
        request, "patrols/missing.html", status=422 if refused is not None else 200, rows=rows, more=len(found) > AT_ONCE, problem=problem,
        why=sent.get("why", "") if sent else "",
    )  # fmt: skip


def _where(verdict: Verdict, sent: Any, rows: Sequence[Row]) -> str:
    parts = (verdict.field or "").split(".")
    ordered = [row for row in rows if str(row.pk) in set(sent.getlist("a"))]
    if len(parts) > 1 and parts[0] in ("results", "activities") and parts[1].isdigit() and int(parts[1]) < len(ordered):
        return _("%(code)s: %(reason)s Chưa cuộc nào được ghi.") % {"code": ordered[int(parts[1])].code, "reason": verdict.reason}
    return str(verdict.reason)
