"""What an officer decides: what a name stands for; a clause taken, mended, dropped; the rest taken over at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.queries.reading import Overview, overview, unit_names
from phoihop.domain.agreements.rules.labels import whole_labels
from phoihop.domain.agreements.rules.reading.staged import DROPPED, NEW, TAKEN, UNIT, print_of
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, page
from ..forms import Unclear
from ..patrols.named import Reader
from ..toasts import toast
from .found import address, of_reading
from .mending import Mending
from .review import clause_shown, context_of

DECISIONS = {"nhan": TAKEN, "bo": DROPPED, "lai": NEW}
CHANGED = "changed-meanwhile"


@require_POST
@acting("agreement.draft", time="none")
@of_reading
def naming(request: Acting, seen: Overview) -> HttpResponse:
    """What a name stands for: chosen among what was found, or typed. Afterwards every clause shows it."""
    name, means, typed, before = (request.POST.get(field, "") for field in ("name", "means", "unit", "seen"))
    try:
        if not means and typed.strip():
            means = f"{UNIT}{Reader(request.post).unit(typed, local_day(timezone.now())).key}"
        actions.settle_name(by=request.post, reading=seen.reading, name=name, means=means, seen=before, at=timezone.now())
    except Unclear as unclear:
        return _again(request, seen.reading.pk, name_problem={"name": name, "why": unclear.messages[0], "offers": unclear.offers, "typed": typed})
    except Refused as refused:
        return _again(request, seen.reading.pk, name_problem={"name": name, "why": str(refused.verdict.reason), "offers": (), "typed": typed})
    toast(request, now_("Đã ghi “%(name)s” là đơn vị nào, ở mọi chỗ trong tệp.") % {"name": name})
    return HttpResponseRedirect(address(seen.reading.pk, "#ten"))


@require_POST
@acting("agreement.draft", time="none")
@of_reading
def rest(request: Acting, seen: Overview) -> HttpResponse:
    """Every clause that is not decided is taken over."""
    return _done(request, seen, lambda: actions.take_rest(by=request.post, reading=seen.reading, at=timezone.now()))


@require_POST
@acting("agreement.draft", time="none")
@of_reading
def plain(request: Acting, seen: Overview) -> HttpResponse:
    """Every clause that lays nothing down is taken over; each can be opened again."""
    return _done(request, seen, lambda: actions.take_plain(by=request.post, reading=seen.reading, at=timezone.now()))


def _done(request: Acting, seen: Overview, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _again(request, seen.reading.pk, problem=str(refused.verdict.reason))
    return HttpResponseRedirect(address(seen.reading.pk))


def _again(request: Acting, pk: int, **more: Any) -> HttpResponse:
    """The page as it now is, with why something was refused."""
    now = overview(request.post, pk)
    if now is None or now.staged is None:
        return HttpResponseRedirect(address(pk))
    return page(request, "reading/review.html", status=422, **context_of(request, now), **more)


@acting("agreement.draft", time="none")
@of_reading
def one(request: Acting, seen: Overview, n: int) -> HttpResponse:
    """A clause: taken, dropped or opened again with one button; or mended on a page of its own."""
    if seen.staged is None or n >= len(seen.staged.proposal.clauses):
        raise Http404
    if request.method == "POST" and (state := DECISIONS.get(request.POST.get("do", ""))):
        return _decided(request, seen, n, state)
    clause, names = seen.staged.proposal.clauses[n], list(seen.staged.names)
    form = Mending(request.POST or None, clause, names)
    if request.method == "POST" and attempt(form, actions.mend_clause, by=request.post, reading=seen.reading, clause=n, at=timezone.now()):
        return HttpResponseRedirect(address(seen.reading.pk, f"#dieu-{n}"))
    units = unit_names(seen.staged, local_day(timezone.now()))
    more: dict[str, Any] = {"lines": form.beside(Mending(None, clause, names)), "version": print_of(clause)}
    more["full"] = whole_labels((c.depth, c.label) for c in seen.staged.proposal.clauses)[n]
    return page(request, "reading/clause_form.html", form=form, reading=seen.reading, c=clause_shown(seen.staged, n, units), reload=request.path, **more)


def _decided(request: Acting, seen: Overview, n: int, state: str) -> HttpResponse:
    """The row as it is now, to htmx, with how many are left; else back to the clause. Where somebody else was quicker, the row says so and decides nothing."""
    said, changed = request.POST.get("seen", ""), ""
    try:
        actions.decide(by=request.post, reading=seen.reading, clauses=[n], state=state, seen=[said], at=timezone.now())
    except Refused as refused:
        if refused.verdict.code != CHANGED or not request.htmx:
            return _again(request, seen.reading.pk, problem=str(refused.verdict.reason))
        changed = str(refused.verdict.reason)
    if not request.htmx:
        return HttpResponseRedirect(address(seen.reading.pk, f"#dieu-{n}"))
    now = overview(request.post, seen.reading.pk)
    assert now is not None and now.staged is not None
    units = unit_names(now.staged, local_day(timezone.now()))
    count = len(now.staged.proposal.clauses)
    more: dict[str, Any] = {"base": address(now.reading.pk), "count": count, "decided": now.decided, "left": count - now.decided, "changed": changed}
    return page(request, "reading/decided.html", reading=now.reading, c=clause_shown(now.staged, n, units), swapped=True, **more)
