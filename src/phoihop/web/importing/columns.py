"""/tuan-tra/nhap/<n>/cot/: what the columns of each sheet mean, and the month and year for days written short."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.queries.importing import Overview, rows_of
from phoihop.domain.activities.rules.log.cells import shown
from phoihop.domain.activities.rules.log.layout import Layout
from phoihop.domain.activities.rules.log.means import meaning_choices
from phoihop.domain.forces.models import Force

from ..base import Acting, acting, attempt, page
from ..forms import Form
from .finding import address, of_import

_SAMPLES = 3


class Mapping(Form):
    """A choice for each column of one sheet, beside what its first rows hold."""

    def __init__(self, data: Any, n: int, layout: Layout, samples: dict[int, str]) -> None:
        super().__init__(data if data is not None and data.get("sheet") == str(n) else None, prefix=f"s{n}")
        self.sheet, self.layout = n, layout
        choices = meaning_choices(Force.objects.order_by("order").values_list("code", flat=True))
        for column in layout.columns:
            known = [*choices, (column.meaning.key, column.meaning.key)] if column.meaning.key not in dict(choices) else choices
            title = column.title or str(_("Cột %(n)s")) % {"n": _letter(column.n)}
            self.fields[f"c{column.n}"] = forms.ChoiceField(label=title, choices=known, initial=column.meaning.key, help_text=samples.get(column.n, ""))
        self.fields["year"] = forms.IntegerField(label=_("Năm, nếu ngày không ghi năm"), required=False, initial=layout.hint.year)
        self.fields["month"] = forms.IntegerField(label=_("Tháng, nếu ngày không ghi tháng"), required=False, initial=layout.hint.month)

    def arguments(self) -> dict[str, Any]:
        chosen = {c.n: self.cleaned_data[f"c{c.n}"] for c in self.layout.columns}
        return {"columns": chosen, "year": self.cleaned_data["year"], "month": self.cleaned_data["month"]}


@acting("patrol.import", time="none")
@of_import
def columns(request: Acting, seen: Overview) -> HttpResponse:
    """One form a sheet."""
    sent = request.POST if request.method == "POST" else None
    made = [Mapping(sent, n, s.layout, _samples(request, seen, n)) for n, s in enumerate(seen.sheets)]
    for form in made:
        if form.is_bound and attempt(form, importing.map_columns, by=request.post, run=seen.run, sheet=form.sheet, at=timezone.now()):
            return HttpResponseRedirect(address(seen.run.pk))
    bound = next((form for form in made if form.is_bound), None)
    return page(request, "importing/columns.html", form=bound, forms=made, run=seen.run)


def _samples(request: Acting, seen: Overview, sheet: int) -> dict[int, str]:
    """What the first rows of a sheet hold, by column."""
    found: dict[int, list[str]] = {}
    for row in rows_of(request.post, seen.run).filter(sheet=sheet).order_by("n")[:_SAMPLES]:
        for key, cell in row.cells.items():
            if key.lstrip("^").isdecimal() and shown(cell):
                found.setdefault(int(key.lstrip("^")), []).append(shown(cell)[:40])
    return {n: " · ".join(dict.fromkeys(texts)) for n, texts in found.items()}


def _letter(n: int) -> str:
    """A for 0, Z for 25, AA for 26: as a spreadsheet names its columns."""
    return (_letter(n // 26 - 1) if n > 25 else "") + chr(65 + n % 26)
