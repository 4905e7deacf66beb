"""The two ways on from a preview: let the ready lines in, or take the import back as a whole."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.models import RowState
from phoihop.domain.activities.queries.importing import Overview
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, page
from ..forms import Form, TextField
from .finding import address, of_import
from .preview import shown


class Withdrawing(Form):
    """``came``: patrols came of the import, and their parties read why they are cancelled."""

    why = TextField(
        label=_("Lý do rút lại"), help_text=_("Một dòng là đủ. Lý do đi kèm từng cuộc bị hủy; các bên đã được đề nghị xác nhận đọc được."), required=False
    )

    def __init__(self, *args: Any, came: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = came


@require_POST
@acting("patrol.import", time="none")
@of_import
def releasing(request: Acting, seen: Overview) -> HttpResponse:
    """The ready lines become patrols; the worker does it, and the page shows how far it is."""
    try:
        importing.release(by=request.post, run=seen.run, at=timezone.now())
    except Refused as refusal:
        return shown(request, seen, problem=str(refusal.verdict.reason))
    return HttpResponseRedirect(address(seen.run.pk))


@acting("patrol.import", time="none")
@of_import
def withdrawing(request: Acting, seen: Overview) -> HttpResponse:
    """As a whole, with a reason once patrols came of it."""
    done = seen.counts.get(RowState.DONE, 0)
    form = Withdrawing(request.POST or None, came=bool(done))
    if request.method == "POST" and attempt(form, importing.withdraw, by=request.post, run=seen.run, at=timezone.now()):
        return HttpResponseRedirect(address(seen.run.pk))
    return page(request, "importing/withdraw.html", form=form, run=seen.run, done=done)
