"""The pages of the deeds: a form, its refusals at their fields, and back to the unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.forces.actions.keeping import end_contact, test_contact
from phoihop.domain.forces.actions.making import found_unit
from phoihop.domain.forces.actions.relating import end_relation
from phoihop.domain.forces.models import Contact, Relation, UnitClosure
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, no_access, page
from ..toasts import toast
from .deeds import DEEDS
from .forms import EndingForm, FoundingForm
from .handing import passing
from .listing import address_of
from .unit import seen

FORM = "forces/form.html"


@acting(time="none")
def deed(request: Acting, key: str, path: str) -> HttpResponse:
    """One of the deeds; who may not do it is told why."""
    one, now = seen(key), timezone.now()
    today = local_day(now)
    if (asked := DEEDS.get(path)) is None:
        raise Http404
    commanded = UnitClosure.objects.filter(ancestor=request.post.unit_id, unit=one, valid_from__lte=today, valid_until__gt=today)
    if not (verdict := asked.may(request.post, one, set(commanded.values_list("unit", flat=True)), today)):
        return no_access(request, verdict)
    form = asked.form(request.POST or None, unit=one, home=request.post.unit.home, on=today)
    if request.method == "POST" and attempt(form, asked.action, by=request.post, at=now):
        toast(request, asked.done)
        return redirect(address_of(one))
    passes = [(words, n) for words, n in passing(request.post, one, today) if n] if path == "sap-xep" else []
    return page(request, FORM, one=one, form=form, title=asked.title, label=asked.label, passes=passes, ending=path == "sap-xep")


@acting("unit.manage", time="none")
def founding(request: Acting) -> HttpResponse:
    """A unit that the templates do not know."""
    home, today = request.post.unit.home, request.scope.today
    form = FoundingForm(request.POST or None, home=home, on=today, area=request.scope.area)
    if request.method == "POST" and (done := attempt(form, found_unit, by=request.post, home=home, at=timezone.now())):
        toast(request, _("Đã lập đơn vị."))
        return redirect(address_of(done.result))
    return page(request, FORM, form=form, title=_("Lập đơn vị"), label=_("Lập đơn vị"))


@acting("unit.manage", time="none")
def ending_relation(request: Acting, key: str, pk: int) -> HttpResponse:
    one = seen(key)
    relation = get_object_or_404(Relation.objects.select_related("upper", "lower"), pk=pk)
    if one.pk not in (relation.upper_id, relation.lower_id):
        raise Http404
    said = f"{relation.upper} – {relation.get_kind_display()} – {relation.lower}"
    return _ending(request, key, end_relation, _("Kết thúc quan hệ"), _("Đã kết thúc quan hệ."), said, relation=relation)


@acting("contact.manage", time="none")
def ending_contact(request: Acting, key: str, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.select_related("unit"), pk=pk, unit__key=key)
    return _ending(request, key, end_contact, _("Thôi dùng đầu mối"), _("Đã thôi dùng đầu mối."), f"{contact.label}: {contact.number}", contact=contact)


def _ending(request: Acting, key: str, action: Any, title: Any, done: Any, said: str, **what: Any) -> HttpResponse:
    one, now = seen(key), timezone.now()
    form = EndingForm(request.POST or None, initial={"day": local_day(now)})
    if request.method == "POST" and attempt(form, action, by=request.post, at=now, **what):
        toast(request, done)
        return redirect(address_of(one))
    return page(request, FORM, one=one, form=form, title=title, label=title, said=said, ending=True)


@require_POST
@acting("contact.test", time="none")
def testing(request: Acting, key: str, pk: int) -> HttpResponse:
    """Somebody called: it was answered, or not."""
    contact = get_object_or_404(Contact.objects.select_related("unit"), pk=pk, unit__key=key)
    passed = request.POST.get("passed") == "1"
    test_contact(by=request.post, contact=contact, passed=passed, at=timezone.now())
    toast(request, _("Đã ghi: đầu mối thông suốt.") if passed else _("Đã ghi: không liên lạc được."), "ok" if passed else "warn")
    return redirect(address_of(contact.unit))
