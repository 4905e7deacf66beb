"""/tuan-tra/moi/ and /tuan-tra/<code>/sua/: planning a patrol, every week if wished; changing a plan that nobody else changed meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions import planning as actions
from phoihop.domain.activities.queries.again import drafts_by_patrol
from phoihop.domain.activities.queries.parties import slots
from phoihop.domain.activities.rules import PatrolDraft, clashes, free_team, is_lead, may_change
from phoihop.domain.matters.models import PartState
from phoihop.domain.matters.queries.journal import events_of
from phoihop.domain.territory.queries import area_at
from phoihop.kernel.period import local_day

from ...base import Acting, Done, acting, attempt, go, no_access, page
from ...conflict import conflict_of
from ...toasts import toast
from ...written import read_day, read_number
from ..named import suggestions
from ..seeing import SeenPatrol, address, now_and_today, of_patrol
from .form import Planning, as_written

_MORE = {"them-don-vi": "parties", "them-chang": "legs", "them-theo-doi": "followers"}


@acting("patrol.plan", time="none")
def new(request: Acting) -> HttpResponse:
    """A new plan, with whatever the address says that it begins with."""
    given = _beginning(request)
    if (form := _with_more_rows(request, False)) is not None:
        return _form_page(request, form)
    form = Planning(request.POST or None, initial=given, **_sizes(request, given), post=request.post)
    if request.method == "POST":
        done = _plan(request, form)
        if done is not None:
            _say_clashes(request, form.drafts()[:1])
            return go(request, address(done.result[0].matter.code))
    return _form_page(request, form)


def _plan(request: Acting, form: Planning) -> Done | None:
    """The plan or, repeated, all of them or none."""
    if not form.is_valid():
        return None
    drafts = form.drafts()
    form.asked = {"drafts": drafts}
    done = attempt(form, actions.plan_many, by=request.post, at=timezone.now())
    if done is not None:
        said = ngettext("Đã lên lịch %(n)s cuộc; các bên được đề nghị tham gia.", "Đã lên lịch %(n)s cuộc; các bên được đề nghị tham gia.", len(drafts))
        toast(request, said % {"n": len(drafts)})
    return done


def _say_clashes(request: Acting, drafts: list[PatrolDraft]) -> None:
    """The same team down for two at once is said with its fix, not refused."""
    for draft in drafts:
        _now, today = now_and_today()
        known = slots(request.post, draft.start, draft.end, today)
        own = next((p for p in draft.parties if p.unit.pk == request.post.unit_id), None)
        mine = [s for s in known if own is not None and (s.unit, s.team) == (own.unit.pk, own.team)]
        if own is not None and clashes(mine):
            free = free_team(known, own.unit.pk, draft.start, draft.end)
            said = _("Tổ %(team)s của đơn vị mình đã có lịch trùng giờ. Tổ %(free)s còn trống: hãy sửa kế hoạch.")
            toast(request, said % {"team": own.team, "free": free}, "warn")


@acting("patrol.plan", time="none")
@of_patrol
def change(request: Acting, a: SeenPatrol) -> HttpResponse:
    """Change a plan of the own unit's. Whoever changed it meanwhile is shown beside what was typed."""
    _now, today = now_and_today()
    if not (verdict := is_lead(request.post, a) if request.method == "POST" else may_change(request.post, a, today)):
        return no_access(request, verdict)
    given = _of_record(request, a)
    if (form := _with_more_rows(request, True)) is not None:
        return _form_page(request, form, a)
    form = Planning(request.POST or None, initial=given, **_sizes(request, given), post=request.post, changing=True)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        form.asked = {"draft": form.draft, "version": version or 0}
        if attempt(form, actions.change, by=request.post, activity=a, at=timezone.now()):
            toast(request, _("Đã sửa kế hoạch. Bên nào có phần thay đổi được hỏi lại."))
            return go(request, address(a.matter.code))
    return _form_page(request, form, a, **_conflict(request, form, a, given))


def _conflict(request: Acting, form: Planning, a: SeenPatrol, given: dict[str, Any]) -> dict[str, Any]:
    """Both versions, who made the other and when."""
    lines = conflict_of(form, {name: value for name, value in given.items() if name != "version"})
    if not lines:
        return {}
    _now, today = now_and_today()
    last = events_of(request.post, a.matter, today).first()
    who = last.by.unit.name if last else a.matter.lead.name
    return {"lines": [line for line in lines if line.differs] or lines, "who": who, "at": last.at if last else a.matter.opened_at, "version": a.version}


def _of_record(request: Acting, a: SeenPatrol) -> dict[str, Any]:
    draft = drafts_by_patrol(request.post, [a.pk])[a.pk]
    roles = {p.unit_id: p.role for p in a.matter.parts.all() if p.state == PartState.ASKED}
    return as_written(draft, roles) | {"version": a.version}


def _beginning(request: Acting) -> dict[str, Any]:
    """What a new plan begins with: ``theo`` another patrol of the own unit's, ``tuyen`` a route, ``xa`` a commune by its code, ``ngay`` a day."""
    today = local_day(timezone.now())
    given: dict[str, Any] = {"day": f"{today:%d/%m/%Y}", "parties.0.teams": 1, "parties.0.team": 1}
    if (source := read_number(request.GET.get("theo"))) is not None:
        for draft in drafts_by_patrol(request.post, [source]).values():
            nights = local_day(draft.end) - local_day(draft.start)
            given = as_written(draft, {}) | {"day": f"{today:%d/%m/%Y}", "end_day": f"{today + nights:%d/%m/%Y}" if nights else ""}
    if (route := read_number(request.GET.get("tuyen"))) is not None:
        given["route"] = str(route)
    if request.GET.get("ngay"):
        given["day"] = request.GET["ngay"][:20]
    if (code := request.GET.get("xa", "")[:16]) and (area := area_at(code, read_day(given["day"], today) or today)) is not None:
        given["area"] = str(area)
    return given


def _sizes(request: Acting, given: dict[str, Any]) -> dict[str, Any]:
    """How many rows there are: of what was sent, else of what the form begins with and a free one."""
    sent = request.POST if request.method == "POST" else given
    sizes: dict[str, Any] = {}
    for kind, least in (("parties", 3), ("legs", 0), ("followers", 1)):
        numbers = [
            int(parts[1]) + 1 for name in sent if (parts := str(name).split("."))[0] == kind and len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 4
        ]
        sizes[kind] = max([least, *numbers])
    return sizes


def _with_more_rows(request: Acting, changing: bool) -> Planning | None:
    """A button asked for one more row: the same form, as typed, not judged yet."""
    kind = _MORE.get(request.POST.get("do", ""))
    if kind is None:
        return None
    sizes = _sizes(request, {})
    sizes[kind] += 2 if kind == "legs" and not sizes[kind] else 1
    return Planning(initial=request.POST.dict(), **sizes, post=request.post, changing=changing)


def _form_page(request: Acting, form: Planning, a: SeenPatrol | None = None, **more: Any) -> HttpResponse:
    _now, today = now_and_today()
    back = address(a.matter.code) if a else "/tuan-tra/"
    return page(
        request,
        "patrols/plan.html",
        part="plan",
        form=form,
        a=a,
        back=back,
        reload=request.path,
        own=request.post.unit,
        **suggestions(request.post, today),
        **more,
    )
