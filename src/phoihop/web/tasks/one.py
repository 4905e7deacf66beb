"""/nhiem-vu/<mã>/: one task: who does what until when, what became of it, and everything that may be done with it now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.queries.occasions import of_task
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.forces.queries.relations import relation_between
from phoihop.domain.matters.queries.seen import title_of
from phoihop.domain.people.rules import may
from phoihop.domain.tasks.models import ConsentSide, Task, TaskSource, TaskState
from phoihop.domain.tasks.queries.history import history_of
from phoihop.domain.tasks.queries.queue import behind, evidence_of, seen_by
from phoihop.domain.tasks.rules import WAITS_ON_LEAD
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict

from ..back import own_address
from ..base import Acting, acting, attempt, go, no_access, page
from ..duties.wording import period
from ..finding import address_of
from ..forms import Form
from ..saved import saved
from ..toasts import toast
from . import wording
from .acts import ACTS, Act, Extending, asked_consents, is_giver, open_acts, waiting_extension


@acting("matter.view", time="none")
def task(request: Acting, code: str) -> HttpResponse:
    found = _task(request, code)
    return found if isinstance(found, HttpResponse) else _page(request, found)


@acting("matter.view", time="none")
def do(request: Acting, code: str, act: str) -> HttpResponse:
    """One act. Refused, the page comes back as it is now, with what was typed and the reason at its field."""
    if act not in ACTS:
        raise Http404
    found = _task(request, code)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return go(request, f"/nhiem-vu/{found.code}/")
    one = ACTS[act]
    form = one.form(request.POST, request.FILES)
    if attempt(form, one.run, by=request.post, task=found, at=timezone.now()):
        toast(request, one.said)
        return go(request, own_address(request, request.POST.get("ve"), f"/nhiem-vu/{found.code}/"))
    fresh = _task(request, code)  # somebody else of the unit may have acted meanwhile
    return fresh if isinstance(fresh, HttpResponse) else _page(request, fresh, (act, form))


@acting("matter.view", time="none")
def file(request: Acting, code: str, pk: int) -> HttpResponse:
    """A file of evidence."""
    found = _task(request, code)
    if isinstance(found, HttpResponse):
        return found
    kept = get_object_or_404(evidence_of(request.post, found, local_day(timezone.now())).defer(None), pk=pk)
    if kept.content is None:
        raise Http404
    return saved(bytes(kept.content), kept.media, kept.name.text)


def _task(request: Acting, code: str) -> Task | HttpResponse:
    """The task of a code as its reader may see it; else who leads what it belongs to."""
    said = spoken.parse(code)
    if said is None:
        raise Http404
    rows = seen_by(request.post, local_day(timezone.now())).filter(code=str(said))
    found = (
        rows.select_related("answer", "matter__title", "matter__lead__force")
        .prefetch_related(
            "mobilisation__consents__unit__force", "mobilisation__consents__reason", "supports__unit__force", "supports__reason", "extensions__reason"
        )
        .first()
    )
    if found is not None:
        return found
    hidden = behind(request.post, str(said), local_day(timezone.now()))
    if hidden is None:
        raise Http404
    return no_access(request, Verdict("not-shared"), hidden.matter, lead=hidden.lead)


def _page(request: Acting, found: Task, refused: tuple[str, Form] | None = None) -> HttpResponse:
    now = timezone.now()
    on = local_day(now)
    steps = history_of(request.post, found, on)
    offered = [(name, one, _form(name, one, found, refused)) for name, one in open_acts(found, request.post).items()]
    missed = refused[1] if refused and refused[0] not in {name for name, _one, _form in offered} else None
    kind = relation_between(found.giver, found.lead, local_day(found.given_at))
    return page(
        request,
        "tasks/one.html",
        status=422 if refused else 200,
        task=found,
        form=refused[1] if refused else None,
        missed=missed,
        offered=offered,
        tag=wording.state_tag(found),
        source=TaskSource(found.source).label,
        source_url="" if found.matter.code == found.code else address_of(found.matter),
        of=title_of(request.post, found.matter, on),
        why=wording.why(found.giver, found.lead, kind, found.mode, found.source),
        origin=_origin(request, found),
        extension=waiting_extension(found),
        supports=[(s, wording.support_tag(s.state)) for s in found.supports.all()],
        put_off=[step for step in steps if step.before is not None],
        events=[wording.event_line(step) for step in steps],
        evidence=evidence_of(request.post, found, on),
        over=wording.overdue(found, now),
        waits=_waits(found),
        missing=_missing(found),
        militia=getattr(found, "mobilisation", None),
        consents=[(c, wording.consent_tag(c.agrees)) for c in asked_consents(found)],
        again=is_giver(found, request.post) and found.state in (TaskState.DECLINED, TaskState.WITHDRAWN) and may(request.post, "task.give"),
        opened=request.GET.get("mo", ""),
    )


def _origin(request: Acting, found: Task) -> dict[str, Any] | None:
    """Of a task that a signed text lays down: its clause, its period, and where the act that meets it is shown."""
    today = local_day(timezone.now())
    occasion = of_task(request.post, found, today) if found.source == TaskSource.AGREEMENT else None
    if occasion is None:
        return None
    clause = occasion.duty.clause
    text = clause.version.agreement.matter
    return {
        "label": names_of([clause])[clause.pk], "url": f"/ke-hoach/{text.code}/#dieu-{clause.order}", "title": title_of(request.post, text, today) or text.code,
        "period": period(occasion.first, occasion.until), "fell_due": f"/ke-hoach/den-han/{found.code}/",
    }  # fmt: skip


def _form(name: str, one: Act, found: Task, refused: tuple[str, Form] | None) -> Form:
    if refused and refused[0] == name:
        return refused[1]
    return one.form(auto_id=f"{name}-%s", initial={"due_at": found.due_at} if one.form is Extending else {})


def _missing(found: Task) -> str:
    """Which consents are not there yet; while one is missing nobody can take the task."""
    sides = [str(ConsentSide(c.side).label) for c in asked_consents(found) if not c.agrees]
    return str(_("Đang chờ đồng ý điều động: %(sides)s.") % {"sides": ", ".join(sides)}) if sides and found.state == TaskState.ASKED else ""


def _waits(found: Task) -> str:
    """For whom it waits, where the reader has nothing to do."""
    if missing := _missing(found):
        return missing
    if found.state in WAITS_ON_LEAD:
        return str(_("Đang chờ %(unit)s.") % {"unit": found.lead.name})
    if found.state == TaskState.ANSWERED:
        return str(_("Đang chờ %(unit)s xem trả lời.") % {"unit": found.giver.name})
    return str(_("Nhiệm vụ đã kết thúc, không còn việc phải làm."))
