"""/viec/<key>/: one piece of long work: how far it is, what came of it, and stopping it. Survives a reload; polled while it runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.people.rules import allowed, may
from phoihop.jobs import line
from phoihop.jobs.models import Job, State
from phoihop.kernel.period import local_day

from .. import moments
from ..base import Acting, acting, no_access, page
from ..toasts import toast

TITLES: dict[str, Any] = {"demo": _("Nạp các tháng trước của dữ liệu minh họa"), "journal-verify": _("Kiểm tra nhật ký")}
ESTIMATED_FROM = 20
"""Per cent done; before that, a guess at what is left would only mislead."""


@acting(time="none")
def job(request: Acting, key: UUID) -> HttpResponse:
    """Whoever asked for the work sees it, and whoever looks after the node."""
    found = get_object_or_404(Job, pk=key)
    today = local_day(timezone.now())
    if found.post_id != request.post.pk and not (verdict := allowed(request.post, "structure.view", today)):
        return no_access(request, verdict)
    return page(request, "node/job.html", part="progress", job=shown(found, timezone.now(), stops=_may_stop(request, found)))


@require_POST
@acting(time="none")
def stopping(request: Acting, key: UUID) -> HttpResponse:
    """What is done stays done; the present step is finished first."""
    found = get_object_or_404(Job, pk=key)
    if not _may_stop(request, found):
        return no_access(request, allowed(request.post, "node.manage", local_day(timezone.now())))
    line.stop(found)
    toast(request, _("Sẽ dừng sau bước đang làm."), "warn")
    return redirect(address_of(found))


def address_of(found: Job) -> str:
    return f"/viec/{found.pk}/"


def _may_stop(request: Acting, found: Job) -> bool:
    return found.post_id == request.post.pk or may(request.post, "node.manage")


def shown(found: Job, now: datetime, *, stops: bool = False) -> dict[str, Any]:
    """A job as ui/job.html shows it."""
    state = {State.WAITING: "next", State.RUNNING: "now"}.get(State(found.state), "done")
    return {
        "title": TITLES.get(found.kind, found.kind),
        "done": found.done,
        "total": found.total,
        "unit": "",
        "left": "" if found.ended else moments.left(found.began_at, now, found.done, found.total, ESTIMATED_FROM),
        "percent": found.percent,
        "quarter": found.percent // 25 * 25 if found.percent >= 25 else 0,
        "steps": [{"state": state, "label": found.get_state_display(), "about": _about(found)}],
        "url": address_of(found),
        "finished": found.ended,
        "cancel": f"{address_of(found)}dung/" if stops else "",
        "job": found,
    }


def _about(found: Job) -> str:
    """What it says of itself; a proof of the journal says how many faults it found, and the first of them."""
    if found.kind == "journal-verify" and found.step:
        count, _space, first = found.step.partition(" ")
        return now_("không có sai lệch") if count == "0" else now_("%(n)s sai lệch: %(first)s") % {"n": count, "first": first}
    return found.problem or found.step
