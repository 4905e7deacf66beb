"""/ke-hoach/mau-chu-ky/<mức>/: how one norm comes to hold in a place, everything that was laid down, and the form for one's own area."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.agreements.actions.norms import set_norm, withdraw_norm
from phoihop.domain.agreements.models import LocalNorm, Norm
from phoihop.domain.agreements.queries.norms import Told, found_norm, history, holding, lines, stated_for
from phoihop.domain.agreements.rules.local_norms import may_set, of_another
from phoihop.domain.agreements.rules.norms import SHIPPED, lasts, words
from phoihop.kernel.period import FOREVER

from ..base import Acting, acting, attempt, go, page
from ..toasts import toast
from . import wording
from .form import Setting, Withdrawing


@acting("matter.view")
def norm(request: Acting, norm: str) -> HttpResponse:
    """One norm in the area of the address; a form for the area of the reader's own unit, where it may lay something down."""
    if norm not in Norm.values:
        raise Http404
    return _shown(request, Norm(norm))


@acting("norm.set")
def withdraw(request: Acting, pk: int) -> HttpResponse:
    """Refused, the page comes back with the reason beside what was to be withdrawn."""
    local = found_norm(pk)
    if local is None:
        raise Http404
    form = Withdrawing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, withdraw_norm, by=request.post, local=local, at=timezone.now()):
        toast(request, _("Đã rút. Từ hôm nay mức chung áp dụng lại."))
        return go(request, f"{wording.PAGE}{local.norm}/{request.scope.carry}")
    return _shown(request, Norm(local.norm), withdrawing=(pk, form))


def _shown(request: Acting, norm: Norm, withdrawing: tuple[int, Withdrawing] | None = None) -> HttpResponse:
    area, day, today, own = request.scope.area, request.scope.day, request.scope.today, request.post.unit.area
    assert area is not None
    may = may_set(request.post, norm, own, today)
    theirs = next((one for one in stated_for(norm, own) if today in lasts(one) and one.unit_id != request.post.unit_id), None) if may else None
    form: Any = None
    if may:
        sent = request.POST if request.method == "POST" and withdrawing is None else None
        form = Setting(sent, post=request.post, norm=norm, held=holding(own.pk, today).value(norm), today=today, first=_first_free(theirs, today))
        if sent is not None and attempt(form, set_norm, by=request.post, area=own, at=timezone.now()):
            toast(request, _("Đã đặt mức riêng cho %(area)s.") % {"area": own})
            return go(request, f"{wording.PAGE}{norm}/{request.scope.carry}")
    line = next(line for line in lines(area, day) if line.norm == norm)
    free = theirs is None or lasts(theirs).until < FOREVER or (form is not None and form.is_bound)
    return page(
        request,
        "norms/one.html",
        norm=norm,
        shipped=SHIPPED[norm],
        least=words(norm, SHIPPED[norm].least) if SHIPPED[norm].least else "",
        steps=[wording.step(one, norm) for one in line.steps],
        differing=len(line.below),
        rows=[_row(one, withdrawing) for one in history(request.post, norm, area, day)],
        own=own,
        form=withdrawing[1] if withdrawing else form,
        setting=form if free else None,
        why_not=None if may else may,
        held_by=of_another(theirs) if theirs else None,
    )


def _first_free(theirs: LocalNorm | None, today: date) -> date:
    """From when one may be set: what another authority of the place has laid down for a time is waited for."""
    until = lasts(theirs).until if theirs else today
    return until if until < FOREVER else today


def _row(told: Told, withdrawing: tuple[int, Withdrawing] | None) -> dict[str, Any]:
    local = told.local
    name, url = wording.basis(local, told.opens)
    asked = withdrawing[1] if withdrawing and withdrawing[0] == local.pk else Withdrawing(auto_id=f"r{local.pk}-%s")
    return {
        "told": told, "local": local, "value": words(local.norm, local.value), "left_out": wording.left_out(local.norm, local.value), "tag": wording.stands(told),
        "basis": name, "basis_url": url, "form": asked,
    }  # fmt: skip
