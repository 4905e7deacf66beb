"""Mending in place: one cell, or all equal ones at once; take a suggestion, say that it is right as it stands, leave the row out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.models import ImportRow
from phoihop.domain.activities.queries.importing import Overview, overview, rows_of
from phoihop.kernel.action import answering
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting
from ..toasts import toast
from .finding import address, of_import
from .preview import shown
from .telling import Refusal

SKIP = "bo-qua"


@require_POST
@acting("patrol.import", time="none")
@of_import
def one(request: Acting, seen: Overview, row: int) -> HttpResponse:
    """A doubtful cell of a row; with the tick, every row with the same doubt."""
    found = row_of(request, seen, row)
    if request.POST.get("alike"):
        return _done(request, seen, lambda: _mend_alike(request, seen))
    return _done(request, seen, lambda: _mend_one(request, found))


@require_POST
@acting("patrol.import", time="none")
@of_import
def alike(request: Acting, seen: Overview) -> HttpResponse:
    """Every row with the same doubtful text."""
    return _done(request, seen, lambda: _mend_alike(request, seen))


def row_of(request: Acting, seen: Overview, pk: int) -> ImportRow:
    found = rows_of(request.post, seen.run).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _done(request: Acting, seen: Overview, mend: Callable[[], str]) -> HttpResponse:
    """Mend, and show the page as it then is: what htmx gets belongs to the page's own address."""
    refusal = None
    try:
        toast(request, mend())
    except Refused as refused:
        refusal = Refusal(request.POST.get("place", ""), _typed(request), refused.verdict)
    request.path = request.path_info = address(seen.run.pk)
    if refusal is None and not request.htmx:
        return HttpResponseRedirect(request.get_full_path())
    now = overview(request.post, seen.run.pk)
    assert now is not None
    return shown(request, now, refusal)


def _typed(request: Acting) -> str:
    """What was typed, or the value of the suggestion that was pressed: it comes last."""
    return (request.POST.getlist("value") or [""])[-1]


def _sure(request: Acting) -> frozenset[str]:
    return frozenset(filter(None, request.POST.getlist("sure")))


def _mend_one(request: Acting, row: ImportRow) -> str:
    arguments: dict[str, Any] = {"by": request.post, "row": row, "at": timezone.now()}
    if request.POST.get("do") == SKIP:
        importing.skip_row(**arguments, skip=True)
        return _("Đã bỏ qua dòng %(n)s.") % {"n": row.n}
    as_it_stands = request.POST.get("do") == "sure"
    cells = {} if as_it_stands else {request.POST.get("cell", ""): _typed(request)}
    mended = answering(importing.mend, _sure(request))(**arguments, cells=cells)
    return _("Dòng %(n)s: %(state)s.") % {"n": row.n, "state": mended.get_state_display()}


def _mend_alike(request: Acting, seen: Overview) -> str:
    arguments: dict[str, Any] = {
        "by": request.post,
        "run": seen.run,
        "column": request.POST.get("column", ""),
        "text": request.POST.get("text", ""),
        "at": timezone.now(),
    }
    if request.POST.get("do") == SKIP:
        n = importing.skip_all(**arguments)
        return ngettext("Đã bỏ qua %(n)s dòng.", "Đã bỏ qua %(n)s dòng.", n) % {"n": n}
    value = None if request.POST.get("do") == "sure" else _typed(request)
    n = answering(importing.mend_all, _sure(request))(**arguments, value=value)
    return ngettext("Đã sửa %(n)s dòng.", "Đã sửa %(n)s dòng giống nhau.", n) % {"n": n}
