"""/tuan-tra/<code>/ket-qua/: the lead records what came of a patrol, and corrects it. On a phone it waits in the outbox without a network."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.models import Claim
from phoihop.domain.activities.rules import is_lead
from phoihop.domain.matters.queries.journal import events_of

from ...base import Acting, acting, attempt, no_access, page
from ...conflict import conflict_of
from ...fresh import keep_on_phone
from ...once import once
from .. import wording
from ..acts import done
from ..one.course import course
from ..seeing import SeenPatrol, address, now_and_today, of_patrol, record
from .form import Reporting, prefilled


@acting("patrol.result", time="none")
@of_patrol
@once
def result(request: Acting, a: SeenPatrol) -> HttpResponse:
    if not (verdict := is_lead(request.post, a)):
        return no_access(request, verdict)
    now = timezone.now()
    found = record(request, a)
    strengths = sorted((p.strength for p in found.parties if p.strength is not None), key=lambda s: (s.unit_id != a.matter.lead_id, s.pk))
    given = prefilled(a, found, strengths, now)
    form = Reporting(request.POST or None, initial=given, activity=a, strengths=strengths, legs=found.legs)
    if request.method == "POST" and attempt(form, report, by=request.post, at=now):
        return done(request, a, _("Đã ghi kết quả. Các bên có mặt được hỏi xác nhận."))
    name = wording.name_of(a, True)
    again = a.claim != Claim.NONE
    answer = page(
        request, "patrols/result.html", a=a, base=address(a.matter.code), form=form, name=name, again=again, course=course(request.post, a, found, now), reload=request.path,
        hours=wording.hours(given["started_at"], given["ended_at"]), **_conflict(request, form, a, given),
    )  # fmt: skip
    return keep_on_phone(request, answer)


def _conflict(request: Acting, form: Reporting, a: SeenPatrol, given: dict[str, Any]) -> dict[str, Any]:
    """Somebody recorded another result meanwhile: both, and who."""
    shown = {name: value for name, value in given.items() if (name.startswith(("parties.", "outcomes.")) and ".means." not in name) or name in ("what", "note")}
    lines = conflict_of(form, shown)
    if not lines:
        return {}
    _now, today = now_and_today()
    last = events_of(request.post, a.matter, today).first()
    who, at = (last.by.unit.name, last.at) if last else (a.matter.lead.name, a.matter.opened_at)
    return {"lines": [line for line in lines if line.differs] or lines, "who": who, "at": at, "version": a.version}
