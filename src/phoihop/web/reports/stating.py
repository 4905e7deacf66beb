"""/so-lieu/nhap/: take over a total that a document states, with its source; a mended one replaces the one before."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.models import Method, Qualifier, SourcedTotal
from phoihop.domain.figures.rules import Total
from phoihop.domain.figures.rules.figure import Figure, scaled
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import area_at, clear, resolve_place
from phoihop.kernel.period import ONE_DAY
from phoihop.reports.cells import printed
from phoihop.reports.columns import column, definitions
from phoihop.reports.lines import words

from .. import moments
from ..base import Acting, acting, attempt, page
from ..forms import DateField, Form
from ..toasts import toast
from ..written import read_number
from .defining import STATE
from .reading import language

REPLACES = "thay"
_SUMS = (Method.FLOW, Method.ENTERED)
_LISTED = 50
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?$")
_CODE = re.compile(r"^[0-9A-Z]{2,16}$")


class Stating(Form):
    """A total as its document states it. The last day belongs to the period."""

    measure = forms.ChoiceField(label=_("Chỉ tiêu"))
    area = forms.CharField(label=_("Địa bàn"), max_length=120, help_text=_("Tên hoặc mã, của chính thời kỳ đó: “tỉnh Hậu Giang”, “93”."))
    first = DateField(label=_("Từ ngày"))
    until = DateField(label=_("Đến hết ngày"))
    value = forms.CharField(label=_("Số"), max_length=30, help_text=_("Như trong văn bản: 20.629 hoặc 97,5."))
    qualifier = forms.ChoiceField(label=_("Văn bản ghi"), choices=Qualifier.choices, initial=Qualifier.EXACT)
    source = forms.CharField(label=_("Nguồn"), max_length=200, help_text=_("Văn bản nào, số, ngày, trang; hoặc hội nghị nào."))
    replaces = forms.ModelChoiceField(SourcedTotal.objects.all(), label=_("Thay cho số đã nhập"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared("measure").choices = _measures()

    def clean_value(self) -> Fraction:
        text = str(self.cleaned_data["value"]).replace(" ", "")
        if not _NUMBER.match(text):
            raise forms.ValidationError(_("Viết số như 20.629 hoặc 97,5."), code="amount")
        return Fraction(Decimal(text.replace(".", "").replace(",", ".")))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("area") and said.get("first"):
            said["area"] = self._area(str(said["area"]).strip(), said)
        if "measure" in said and isinstance(said.get("value"), Fraction):
            amount = said["value"] / scaled(1, column(said["measure"]).scale)
            if amount.denominator != 1:
                self.add_error("value", forms.ValidationError(_("Chỉ tiêu này đếm số nguyên."), code="amount"))
            said["amount"] = int(amount)
        return said

    def _area(self, text: str, said: dict[str, Any]) -> Area | None:
        """The area of the first day that was meant; several are offered."""
        if _CODE.match(text) and (found := area_at(text, said["first"])):
            return found
        candidates = resolve_place(text, said["first"])
        if chosen := clear(candidates):
            return chosen.area
        self.offers["area"] = [(c.area.code, f"{c.area}, {c.where}" if c.where else str(c.area)) for c in candidates]
        several = _("Có nhiều địa bàn như vậy. Hãy chọn một.") if candidates else _("Không có địa bàn này vào ngày đầu của kỳ.")
        self.add_error("area", forms.ValidationError(several, code="no-area"))
        return None

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        total = Total(said["measure"], said["area"], said["first"], said["until"] + ONE_DAY, said["amount"], said["qualifier"], said["source"])
        return {"total": total, "replaces": said["replaces"]}


def _measures() -> list[tuple[str, str]]:
    sums = [m for d in definitions() for m in d.measures if m.method in _SUMS]
    return [(m.code, f"{m.code} · {m.called(language())} ({m.counted_in(language())})") for m in sums]


@acting("figure.enter", time="none")
def state(request: Acting) -> HttpResponse:
    replaced = _replaced(request)
    form = Stating(request.POST or None, initial=_as_typed(replaced) if replaced else {})
    if request.method == "POST" and (done := attempt(form, sourced, by=request.post, at=timezone.now())):
        toast(request, _("Đã nhập số theo văn bản: %(area)s.") % {"area": words(done.result.area)})
        return HttpResponseRedirect(STATE)
    return page(request, "reports/state.html", form=form, totals=_totals(), replaced=replaced)


def _replaced(request: Acting) -> SourcedTotal | None:
    asked = read_number(request.GET.get(REPLACES))
    return None if asked is None else SourcedTotal.objects.select_related("area", "measure").filter(pk=asked).first()


def _as_typed(total: SourcedTotal) -> dict[str, Any]:
    return {
        "measure": total.measure.code, "area": total.area.code, "first": total.first, "until": total.until - ONE_DAY, "value": _shown(total),
        "qualifier": total.qualifier, "source": total.source, "replaces": total.pk,
    }  # fmt: skip


def _shown(total: SourcedTotal) -> str:
    told = column(total.measure.code)
    return printed(told, Figure(told.code, scaled(total.value, told.scale))).text(moments.language())


def _totals() -> list[dict[str, Any]]:
    """The totals that stand, the latest first."""
    rows = SourcedTotal.objects.filter(replaced_by=None).select_related("measure", "area").order_by("-pk")[:_LISTED]
    return [
        {
            "measure": column(t.measure.code).called(language()), "area": words(t.area), "first": t.first, "last": t.until - ONE_DAY, "value": _shown(t),
            "qualifier": Qualifier(t.qualifier).label, "source": t.source, "url": f"{STATE}?{REPLACES}={t.pk}",
        }
        for t in rows
    ]  # fmt: skip
