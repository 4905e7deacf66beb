"""What a row of the queue does at once: accept a request, confirm a result."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.queries.patrols import asked_of, awaiting_my_word
from phoihop.domain.activities.rules import Word
from phoihop.domain.matters.actions.parts import answer
from phoihop.domain.matters.models import PartState
from phoihop.kernel.period import local_day

from ..back import own_address
from ..base import Acting, acting, go
from ..toasts import toast


@require_POST
@acting("matter.answer", time="none")
def accept(request: Acting, pk: int) -> HttpResponse:
    """The unit takes part, as it was asked to. Declining needs a reason and is done on the patrol's page."""
    now = timezone.now()
    part = get_object_or_404(asked_of(request.post, local_day(now)), pk=pk)
    answer(by=request.post, part=part, state=PartState.ACCEPTED, at=now)
    toast(request, _("Đã nhận phối hợp %(code)s.") % {"code": part.matter.code})
    return go(request, own_address(request, request.POST.get("ve")))


@require_POST
@acting("patrol.confirm", time="none")
def confirmed(request: Acting, pk: int) -> HttpResponse:
    """The unit confirms the result with this digest, and no other: one that changed meanwhile is refused."""
    now = timezone.now()
    activity = get_object_or_404(awaiting_my_word(request.post, local_day(now)), pk=pk)
    confirm(by=request.post, word=Word(activity=activity, digest=request.POST.get("digest", "")[:64], agrees=True), at=now)
    toast(request, _("Đã xác nhận %(code)s.") % {"code": activity.matter.code})
    return go(request, own_address(request, request.POST.get("ve")))
