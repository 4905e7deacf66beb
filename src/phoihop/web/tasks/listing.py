"""/nhiem-vu/: tasks that the post sees, by deadline; every filter in the address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.tasks.models import Task, TaskSource, TaskState
from phoihop.domain.tasks.queries.queue import Place, late_of, overdue, own, seen_by, supported_by, waiting_for, with_place
from phoihop.domain.territory.models import AreaClosure
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc
from phoihop.search import tasks as asking

from ..base import Acting, acting, page
from ..lists import Listing, chosen, filter_links
from ..scope import AREA, changed
from . import wording

ROLE, STATE, SOURCE, DUE, TEXT = "vai", "tt", "nguon", "han", "q"
ROLES = {
    "": lazy("Của đơn vị tôi"), "cho": lazy("Chờ đơn vị tôi"), "chu-tri": lazy("Chủ trì"), "phoi-hop": lazy("Phối hợp"), "da-giao": lazy("Đã giao, đề nghị"),
    "tat-ca": lazy("Tất cả được xem"),
}  # fmt: skip
STATES = {
    "cho-nhan": TaskState.ASKED, "dang-lam": TaskState.OPEN, "da-tra-loi": TaskState.ANSWERED, "xong": TaskState.CLOSED, "tu-choi": TaskState.DECLINED,
    "da-rut": TaskState.WITHDRAWN,
}  # fmt: skip
SOURCES = {
    "tuan-tra": TaskSource.PATROL,
    "viec": TaskSource.MATTER,
    "giao-ban": TaskSource.BRIEFING,
    "van-ban": TaskSource.DIRECTIVE,
    "quy-che": TaskSource.AGREEMENT,
}
DUES = {"": lazy("Mọi hạn"), "qua": lazy("Quá hạn"), "tuan": lazy("Trong 7 ngày")}
_QUEUE = "viec"
_SORTS = {_QUEUE: "due_at", "han": "due_at", "giao": "given_at", "chu-tri": "lead__short"}


class Tasks(Listing[Task]):
    """In every order what waits for my unit comes first, what is done last. Where no other order is asked for each by its deadline; of what is done, the latest first."""

    def _order(self) -> list[str]:
        latest = ["-done_due"] if self.sort == _QUEUE else []
        return ["place", *latest, *super()._order()]


@acting("matter.view")
def tasks(request: Acting) -> HttpResponse:
    """The list with its filters, the counts per state, and its pages. htmx gets what was found."""
    now = timezone.now()
    found = _narrowed(request, now)
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    state = chosen(request, STATE, STATES)
    rows = found.filter(state=STATES[state]) if state else found
    total = counts.get(STATES[state], 0) if state else sum(counts.values())
    placed = chosen(request, ROLE, ROLES) != "cho"  # what waits for my unit stands in one place
    rows = with_place(rows, request.post, local_day(now)) if placed else rows
    listing = (Tasks if placed else Listing[Task])(request, rows, _SORTS, _QUEUE, total=total)
    return page(
        request,
        "tasks/list.html",
        part="found",
        listing=listing,
        rows=[_row(task, now, placed) for task in listing.rows],
        placed=placed,
        states=_states(request, counts, state),
        roles=filter_links(request, ROLE, ROLES, chosen(request, ROLE, ROLES)),
        dues=filter_links(request, DUE, DUES, chosen(request, DUE, DUES)),
        sources=[(slug, TaskSource(source).label) for slug, source in SOURCES.items()],
        source=chosen(request, SOURCE, SOURCES),
        text=request.GET.get(TEXT, "")[:100],
        narrowed=any(request.GET.get(key) for key in (STATE, SOURCE, DUE, TEXT)),
        may_give=may(request.post, "task.give"),
        late=[
            {"n": rows.count(), "url": f"/nhiem-vu/?{ROLE}={role}&{DUE}=qua"}
            for rows, role in zip(late_of(request.post, now), ("chu-tri", "da-giao"), strict=True)
        ],
    )


def _narrowed(request: Acting, now: datetime) -> QuerySet[Any]:
    """What the post sees, narrowed by everything but the state."""
    on = local_day(now)
    role = chosen(request, ROLE, ROLES)
    text = nfc(request.GET.get(TEXT, "")).strip()[:100]
    code = spoken.parse(text) if text else None
    worded = bool(text) and code is None
    found = asking.found(request.post, text, on) if worded and role == "tat-ca" else _within(request.post, role, on)
    if source := chosen(request, SOURCE, SOURCES):
        found = found.filter(source=SOURCES[source])
    match chosen(request, DUE, DUES):
        case "qua":
            found = overdue(found, now)
        case "tuan":
            found = found.filter(closed_at=None, due_at__gte=now, due_at__lt=now + timedelta(days=7))
    if AREA in request.scope.asked and request.scope.area:
        day = request.scope.day
        inside = AreaClosure.objects.filter(ancestor=request.scope.area, area=OuterRef("area"), valid_from__lte=day, valid_until__gt=day)
        found = found.filter(Exists(inside))
    if code is not None:
        return found.filter(Q(code=str(code)) | Q(matter__code=str(code)))
    return asking.among(found, text) if worded and role != "tat-ca" else found


def _within(post: Post, role: str, on: date) -> QuerySet[Any]:
    """What a role shows. What is to be done only from a later day stands in the calendar of duties, not here."""
    match role:
        case "cho":
            return waiting_for(post, on)
        case "tat-ca":
            return seen_by(post, on)
    return own(post, on).filter(_of(post, role)).exclude(not_before__gt=on)


def _of(post: Post, role: str) -> Q:
    supports = supported_by(post)
    match role:
        case "tat-ca":
            return Q()
        case "chu-tri":
            return Q(lead=post.unit_id)
        case "phoi-hop":
            return supports
        case "da-giao":
            return Q(giver=post.unit_id)
    return Q(lead=post.unit_id) | Q(giver=post.unit_id) | supports


def _row(task: Any, now: datetime, placed: bool) -> dict[str, Any]:
    return {
        "task": task, "url": f"/nhiem-vu/{task.code}/", "tag": wording.state_tag(task), "over": wording.overdue(task, now), "place": wording.place_of(task),
        "due": task.due_at if task.closed_at is None and task.state != TaskState.ANSWERED else None, "source": TaskSource(task.source).label,
        "stands": Place(task.place).label if placed else "",
    }  # fmt: skip


def _states(request: Acting, counts: dict[str, int], here: str) -> list[dict[str, Any]]:
    links = [{"label": _("Tất cả"), "url": changed(request, **{STATE: None}), "here": not here, "n": sum(counts.values())}]
    for slug, state in STATES.items():
        if counts.get(state) or slug == here:
            label = _("đã trả lời") if state is TaskState.ANSWERED else str(state.label)
            links.append({"label": label[:1].upper() + label[1:], "url": changed(request, **{STATE: slug}), "here": slug == here, "n": counts.get(state, 0)})
    return links
