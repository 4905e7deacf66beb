"""/van-ban/: legal instruments, found with and without diacritics; one of them with its chain, and who stands on it here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.instruments import add_instrument, end_instrument, link_instruments
from phoihop.domain.agreements.models import Instrument, InstrumentKind, LinkKind
from phoihop.domain.agreements.queries.instruments import Step, by_number, chain_of, instruments, standing_on
from phoihop.domain.agreements.queries.standing import with_standing
from phoihop.domain.agreements.rules.instruments import InstrumentDraft, standing
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.people.rules import may

from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form
from ..lists import Listing, chosen
from ..toasts import toast
from . import wording

KIND, TEXT = "loai", "q"
_SORTS = {"ngay": "issued_on", "so": "number"}
_PER_PAGE = 50
_AGREEMENTS = 100


class Instruments(Listing[Any]):
    """Latest first; those of which no day is known come last."""

    def _order(self) -> list[Any]:
        name = self._sorts[self.sort.lstrip("-")]
        return [F(name).desc(nulls_last=True) if self.sort.startswith("-") else F(name).asc(nulls_last=True), "pk"]


class Adding(Form):
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=InstrumentKind.choices)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=40, help_text=_("Như 12/2026/QĐ-UBND."))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=120)
    title = forms.CharField(label=_("Trích yếu"), max_length=300)
    issued_on = DateField(label=_("Ngày ban hành"), required=False)
    valid_from = DateField(label=_("Có hiệu lực từ ngày"), required=False)
    valid_until = DateField(label=_("Hết hiệu lực từ ngày"), required=False)
    source = forms.CharField(label=_("Nguồn"), max_length=120, help_text=_("Xem toàn văn ở đâu: công báo, cổng thông tin, số công văn đến."))

    def arguments(self) -> dict[str, Any]:
        return {"draft": InstrumentDraft(**self.cleaned_data)}


class Linking(Form):
    kind = forms.ChoiceField(label=_("Văn bản này"), choices=LinkKind.choices)
    earlier = forms.CharField(label=_("Số, ký hiệu của văn bản kia"), max_length=60)
    since = DateField(label=_("Từ ngày"), required=False)

    def clean_earlier(self) -> Instrument:
        typed = self.cleaned_data["earlier"]
        if (found := by_number([typed]).get(typed)) is None:
            raise forms.ValidationError(now_("Danh mục chưa có văn bản số này. Thêm văn bản đó trước."), code="no-instrument")
        return found


class Ending(Form):
    valid_until = DateField(label=_("Hết hiệu lực từ ngày"))


@acting("matter.view", time="none")
def listing(request: Acting) -> HttpResponse:
    """The list, by number, title or issuer; htmx gets what was found."""
    today = request.scope.today
    text, kind = request.GET.get(TEXT, "")[:100], chosen(request, KIND, dict(InstrumentKind.choices))
    rows = Instruments(request, instruments(text, kind, today), _SORTS, "-ngay", per=_PER_PAGE)
    shown = [{"one": i, "tag": wording.instrument_tag(standing(i, i.replaced, today))} for i in rows.rows]
    context: dict[str, Any] = {"listing": rows, "rows": shown, "kinds": InstrumentKind.choices, "kind": kind, "text": text, "narrowed": bool(text or kind)}
    return page(request, "register/instruments.html", part="found", may_add=may(request.post, "instrument.manage"), **context)


@acting("matter.view", time="none")
def one(request: Acting, code: str) -> HttpResponse:
    """One instrument: its days, its chain, the agreements that stand on it as far as the reader sees them."""
    return _shown(request, get_object_or_404(Instrument, code=code))


@acting("instrument.manage", time="none")
def adding(request: Acting) -> HttpResponse:
    form = Adding(request.POST or None)
    if request.method == "POST" and (done := attempt(form, add_instrument, by=request.post, at=timezone.now())):
        toast(request, now_("Đã thêm %(number)s vào danh mục.") % {"number": done.result.number})
        return go(request, f"/van-ban/{done.result.code}/")
    return page(request, "register/instrument_new.html", form=form)


@acting("instrument.manage", time="none")
def linking(request: Acting, code: str) -> HttpResponse:
    """What this instrument does to another one; refused, the page comes back with the reason at its field."""
    found = get_object_or_404(Instrument, code=code)
    form = Linking(request.POST or None)
    if request.method == "POST" and attempt(form, link_instruments, by=request.post, later=found, at=timezone.now()):
        toast(request, now_("Đã ghi quan hệ."))
        return go(request, f"/van-ban/{found.code}/")
    return _shown(request, found, linking=form, form=form)


@acting("instrument.manage", time="none")
def ending(request: Acting, code: str) -> HttpResponse:
    found = get_object_or_404(Instrument, code=code)
    form = Ending(request.POST or None)
    if request.method == "POST" and attempt(form, end_instrument, by=request.post, instrument=found, at=timezone.now()):
        toast(request, now_("Đã ghi ngày hết hiệu lực."))
        return go(request, f"/van-ban/{found.code}/")
    return _shown(request, found, ending=form, form=form)


def _shown(request: Acting, found: Instrument, **forms_: Any) -> HttpResponse:
    today = request.scope.today
    chain = chain_of(found, today)
    named = standing_on(request.post, found, today)
    agreements = [wording.row(a, Standing(a.standing)) for a in with_standing(named, today)[:_AGREEMENTS]]
    shown: dict[str, Any] = {"linking": Linking(), "ending": Ending(initial={"valid_until": found.valid_until})} | forms_
    return page(
        request,
        "register/instrument.html",
        one=found,
        tag=wording.instrument_tag(chain.standing),
        before=[_step(s) for s in chain.before],
        after=[_step(s) for s in reversed(chain.after)],
        agreements=agreements,
        count=named.count(),
        may_manage=may(request.post, "instrument.manage"),
        **shown,
    )


def _step(step: Step) -> dict[str, Any]:
    return {"one": step.instrument, "does": LinkKind(step.kind).label, "since": step.since, "tag": wording.instrument_tag(step.standing)}
