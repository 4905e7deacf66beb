"""/tuan-tra/nhap/<n>/dong/<row>/: one line with all its cells, for a mend that no doubt asked for; left out, or taken up again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.models import ImportRow, RowState
from phoihop.domain.activities.queries.importing import Overview
from phoihop.domain.activities.rules.log.cells import shown
from phoihop.domain.activities.rules.log.layout import Layout
from phoihop.domain.activities.rules.log.means import Means, label_of

from ..base import Acting, acting, attempt, page
from ..forms import Form
from .finding import address, of_import
from .mending import SKIP, row_of
from .wording import row_tag, sentence


class Cells(Form):
    """A field for each column that is read, under the heading of the file. Only what was changed is mended."""

    def __init__(self, data: Any, row: ImportRow, layout: Layout) -> None:
        super().__init__(data)
        self._was: dict[str, str] = {}
        doubts = {str(d.n) if d.n is not None else d.column: sentence(d.sentence) for d in row.doubts.all()}
        columns = [(str(c.n), c.title or str(label_of(c.meaning.key))) for c in layout.columns if c.meaning.means not in (Means.SKIP, Means.PERSON)]
        columns += [(key, str(label_of(key))) for key in doubts if not key.isdecimal()]
        for key, title in dict(columns).items():
            self._was[key] = shown(row.cells.get(key, row.cells.get(f"^{key}")))
            self.fields[f"cells.{key}"] = forms.CharField(label=title, required=False, initial=self._was[key], help_text=doubts.get(key, ""), max_length=4000)

    def arguments(self) -> dict[str, Any]:
        said = {name.removeprefix("cells."): text for name, text in self.cleaned_data.items()}
        return {"cells": {key: text for key, text in said.items() if text != self._was[key]}}


@acting("patrol.import", time="none")
@of_import
def line(request: Acting, seen: Overview, row: int) -> HttpResponse:
    """Every cell of the line as the file has it, to be changed; or the whole line left out."""
    found = row_of(request, seen, row)
    form = Cells(request.POST or None, found, seen.sheets[found.sheet].layout)
    if request.method == "POST" and request.POST.get("do") in (SKIP, "lay-lai"):
        done = attempt(form, lambda **_cells: importing.skip_row(by=request.post, row=found, skip=request.POST["do"] == SKIP, at=timezone.now()))
    else:
        done = attempt(form, importing.mend, by=request.post, row=found, at=timezone.now()) if request.method == "POST" else None
    if done:
        return HttpResponseRedirect(address(seen.run.pk))
    left_out = found.state == RowState.SKIPPED
    return page(request, "importing/line.html", form=form, run=seen.run, row=found, state=row_tag(found.state), left_out=left_out)
