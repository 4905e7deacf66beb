"""/ke-hoach/den-han/<mã nhiệm vụ>/: one thing that fell due, and the acts that met it, to be shown by its lead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.activities.queries.own import taken_part_in
from phoihop.domain.agreements.actions.meeting import link_act, unlink_act
from phoihop.domain.agreements.models import Occasion
from phoihop.domain.agreements.queries.occasions import candidates, of_task, titled
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.agreements.rules.duties import is_silent, met
from phoihop.domain.matters.models import Matter
from phoihop.domain.matters.queries.seen import title_of
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.tasks.models import TaskState
from phoihop.domain.tasks.queries.queue import seen_by
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..finding import address_of
from ..forms import Form
from ..tasks.giving import matter_of
from ..toasts import toast
from . import wording

_CLOSED_TO_ACTS = (TaskState.WITHDRAWN, TaskState.DECLINED, TaskState.ASKED)


class Linking(Form):
    """``matter``: the code of the act, chosen from those offered or typed."""

    matter = forms.CharField(label=_("Mã việc đã làm"), max_length=24, error_messages={"required": _("Chọn một việc ở trên hoặc gõ mã.")})

    def __init__(self, *args: Any, post: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post = post

    def clean_matter(self) -> Matter:
        return matter_of(self._post, self.cleaned_data["matter"])


@acting("matter.view", time="none")
def show(request: Acting, code: str) -> HttpResponse:
    return _page(request, _occasion(request, code), Linking(post=request.post))


@require_POST
@acting("task.answer", time="none")
def link(request: Acting, code: str) -> HttpResponse:
    """Show an act; refused, the page comes back with the reason at its field."""
    occasion = _occasion(request, code)
    form = Linking(request.POST, post=request.post)
    if attempt(form, link_act, by=request.post, occasion=occasion, at=timezone.now()):
        toast(request, _("Đã gắn việc đã làm."))
        return go(request, f"/ke-hoach/den-han/{occasion.task.code}/")
    return _page(request, _occasion(request, code), form)


@require_POST
@acting("task.answer", time="none")
def unlink(request: Acting, code: str, pk: int) -> HttpResponse:
    occasion = _occasion(request, code)
    unlink_act(by=request.post, act=get_object_or_404(occasion.acts, pk=pk), at=timezone.now())
    toast(request, _("Đã gỡ việc đã gắn."))
    return go(request, f"/ke-hoach/den-han/{occasion.task.code}/")


def _occasion(request: Acting, code: str) -> Occasion:
    today = local_day(timezone.now())
    said = spoken.parse(code)
    task = seen_by(request.post, today).filter(code=str(said)).first() if said else None
    found = of_task(request.post, task, today) if task is not None else None
    if found is None:
        raise Http404
    return found


def _page(request: Acting, o: Occasion, form: Linking) -> HttpResponse:
    now = timezone.now()
    today = local_day(now)
    mine = o.task.lead_id == request.post.unit_id and o.task.state not in _CLOSED_TO_ACTS and may(request.post, "task.answer") and o.first <= today
    acts = list(o.acts.all())
    known = titled(request.post, acts, today)
    return page(
        request,
        "duties/occasion.html",
        o=o,
        clause=names_of([o.duty.clause])[o.duty.clause_id],
        task=o.task,
        tag=wording.met_tag(met(o.task.state, o.task.due_at, o.first, now, today)),
        silent=is_silent(o.task, len(acts), now),
        act=wording.act(o.duty),
        cadence=wording.cadence(o.duty),
        period=wording.period(o.first, o.until),
        agreement=o.duty.clause.version.agreement,
        of=title_of(request.post, o.duty.clause.version.agreement.matter, today),
        acts=[(a, address_of(a.matter), str(a.matter.title or "") if a.matter_id in known else "") for a in acts],
        offered=_offered(request.post, candidates(request.post, o, today), today) if mine else [],
        supports=o.task.supports.select_related("unit__force"),
        mine=mine,
        form=form,
    )


def _offered(post: Post, acts: Iterable[Matter], today: date) -> list[tuple[Matter, str, datetime]]:
    """Own acts with their pages and when they began: of a patrol its planned start, for many are planned at one sitting."""
    found = list(acts)
    starts = dict(taken_part_in(post, today).filter(matter__in=found).values_list("matter", "planned_start"))
    return [(c, address_of(c), starts.get(c.pk, c.opened_at)) for c in found]
