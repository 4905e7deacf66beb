"""/ke-hoach/<mã>/phan-cong/bang/: all duties of a text in one table, edited and saved at once; what is refused stands at its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.duties import lay_all_duties
from phoihop.domain.agreements.models import Cadence, Clause, ContentArea, DutyAct, Version
from phoihop.domain.agreements.queries.drafted import duty_drafts
from phoihop.domain.agreements.queries.versions import clauses_of, current, digest_now, names_of
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.drafts import DutyDraft, DutyRoleDraft, DutyRow
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.domain.forces.models import Force
from phoihop.domain.matters.models import PartRole
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused, Verdict

from .. import faces
from ..base import Acting, acting, attempt, go, no_access, page
from ..forms import DateField, Form
from ..toasts import toast
from .frame import agreement_of

BLANK = 3
_LEVELS = [(level, Level(level).label) for level in (Level.PROVINCE, Level.COMMUNE, Level.HAMLET)]
_KEPT = "giu"
"""The lead is a named unit: it stays, unless a force is chosen instead."""
_PLAIN = ("act", "level", "cadence", "due_workdays", "due_day", "due_on", "within_minutes")


class Grid(Form):
    """Rows of duties: those there are, in the order of their clauses, and a few empty ones. Forces are named by their short codes."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        self._clauses = list(clauses_of(version))
        self._there = [(n, d) for n, clause in enumerate(self._clauses, 1) for d in duty_drafts(clause)]
        self.size = len(self._there) + BLANK
        super().__init__(*args, initial={"seen": digest_now(version)}, **kwargs)
        for n in range(self.size):
            self._lay_row(n)

    @cached_property
    def forces(self) -> dict[str, Force]:
        return {force.code: force for force in Force.objects.order_by("order")}

    def _lay_row(self, n: int) -> None:
        clause, duty = self._there[n] if n < len(self._there) else (0, None)
        lay, empty = self._lay, [] if duty else [("", "–")]
        lay(n, "clause", forms.ChoiceField(label=_("Điều, khoản"), choices=[("", "–"), *self._choices], required=False), clause or "")
        lay(n, "content", forms.ChoiceField(label=_("Nội dung"), choices=[("", "–"), *ContentArea.choices], required=False), self._content(clause))
        lay(n, "act", forms.ChoiceField(label=_("Việc"), choices=[*empty, *DutyAct.choices], required=bool(duty)), duty and duty.act)
        lay(n, "level", forms.ChoiceField(label=_("Cấp"), choices=_LEVELS, required=False, initial=Level.COMMUNE), duty and duty.level)
        lay(n, "cadence", forms.ChoiceField(label=_("Định kỳ"), choices=Cadence.choices, required=False), duty.cadence if duty else Cadence.MONTH)
        lay(n, "lead", forms.ChoiceField(label=_("Chủ trì"), choices=self._leads(duty), required=False), self._lead(duty))
        lay(n, "support", forms.CharField(label=_("Phối hợp"), max_length=60, required=False), self._with(duty, PartRole.SUPPORT))
        lay(n, "inform", forms.CharField(label=_("Theo dõi"), max_length=60, required=False), self._with(duty, PartRole.INFORM))
        for name, label in (("due_workdays", _("Ngày làm việc")), ("due_day", _("Ngày trong tháng")), ("within_minutes", _("Số phút"))):
            lay(n, name, forms.IntegerField(label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})), duty and getattr(duty, name))
        lay(n, "due_on", DateField(label=_("Một ngày"), required=False, widget=forms.DateInput(format="%d/%m/%Y")), duty and duty.due_on)
        lay(n, "drop", forms.BooleanField(label=_("Bỏ"), required=False), False)

    def _lay(self, n: int, name: str, field: forms.Field, initial: Any) -> None:
        if initial is not None:
            field.initial = initial
        self.fields[f"rows.{n}.{name}"] = field

    @cached_property
    def _choices(self) -> list[tuple[str, str]]:
        names = names_of(self._clauses)
        return [(str(n), _named(c, names[c.pk])) for n, c in enumerate(self._clauses, 1)]

    def _content(self, clause: int) -> str:
        return self._clauses[clause - 1].content if clause else ""

    def _leads(self, duty: DutyDraft | None) -> list[tuple[str, str]]:
        named = next((r.unit for r in duty.roles if r.role == PartRole.LEAD and r.unit), None) if duty else None
        own = [(_KEPT, named.short)] if named else []
        return [("", "–"), *own, *((code, faces.name_of(faces.face(code))) for code in self.forces)]

    def _lead(self, duty: DutyDraft | None) -> str:
        role = next((r for r in duty.roles if r.role == PartRole.LEAD), None) if duty else None
        return "" if role is None else role.force.code if role.force else _KEPT

    def _with(self, duty: DutyDraft | None, role: str) -> str:
        return ", ".join(r.force.code for r in duty.roles if r.role == role and r.force) if duty else ""

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """As the table shows them: ``kept``, how many parts of named units and other roles stay as they are."""
        for n in range(self.size):
            names = ("clause", "content", "act", "level", "cadence", "lead", "support", "inform", *_PLAIN[3:], "drop")
            cells = {name: self[f"rows.{n}.{name}"] for name in names}
            kept = len(self._others(self._there[n][1])) if n < len(self._there) else 0
            yield {"n": n, "cells": cells, "kept": kept, "fresh": n >= len(self._there), "bad": any(cell.errors for cell in cells.values())}

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or self.cleaned_data)
        for n in range(self.size):
            for name in ("support", "inform"):
                unknown = [code for code in _codes(told.get(f"rows.{n}.{name}", "")) if code not in self.forces]
                if unknown:
                    said = {"code": unknown[0], "codes": ", ".join(self.forces)}
                    self.add_error(f"rows.{n}.{name}", now_("Không có lực lượng “%(code)s”. Ghi mã, cách nhau dấu phẩy: %(codes)s.") % said)
        return told

    @cached_property
    def _sent(self) -> list[int]:
        """The rows that say something and are not dropped, by their place in the table."""
        d = self.cleaned_data
        return [n for n in range(self.size) if not d.get(f"rows.{n}.drop") and (n < len(self._there) or d.get(f"rows.{n}.act") or d.get(f"rows.{n}.clause"))]

    def arguments(self) -> dict[str, Any]:
        return {"rows": [self._row(n) for n in self._sent], "seen": self.cleaned_data["seen"]}

    def _row(self, n: int) -> DutyRow:
        d = {name.rpartition(".")[2]: value for name, value in self.cleaned_data.items() if name.startswith(f"rows.{n}.")}
        former = self._there[n][1] if n < len(self._there) else DutyDraft("", "", "")
        moved = n >= len(self._there) or int(d["clause"] or 0) != self._there[n][0]
        duty = replace(former, **{name: d[name] for name in _PLAIN}, roles=self._roles(d, former), sentence=None if moved else former.sentence)
        return DutyRow(int(d["clause"] or 0), duty, d["content"])

    def _roles(self, d: dict[str, Any], former: DutyDraft) -> list[DutyRoleDraft]:
        lead = [r for r in former.roles if r.role == PartRole.LEAD and r.unit] if d["lead"] == _KEPT else []
        if d["lead"] in self.forces:
            lead = [DutyRoleDraft(PartRole.LEAD, force=self.forces[d["lead"]])]
        named = [DutyRoleDraft(role, force=self.forces[code]) for name, role in _FIELDS for code in _codes(d[name])]
        return [*lead, *named, *self._others(former)]

    def _others(self, former: DutyDraft) -> list[DutyRoleDraft]:
        """Parts that the table does not show: of named units beside the lead, and in other roles."""
        shown = (PartRole.SUPPORT, PartRole.INFORM)
        return [r for r in former.roles if r.role != PartRole.LEAD and (r.unit is not None or r.role not in shown)]

    def at(self, verdict: Verdict) -> Verdict:
        """What the rule says of the n-th row that was sent, said of its place in the table."""
        parts = (verdict.field or "").split(".")
        if parts[0] != "rows" or len(parts) < 3:
            return verdict
        name = parts[2]
        if name == "roles":
            name = "lead" if len(parts) == 3 else "support"
        return verdict.at(f"rows.{self._sent[int(parts[1])]}.{name}")


_FIELDS = (("support", PartRole.SUPPORT), ("inform", PartRole.INFORM))


@acting("agreement.draft", time="none")
def edit(request: Acting, code: str) -> HttpResponse:
    """The table; what was typed stays when a row is refused."""
    agreement = agreement_of(request, code)
    if not (verdict := may_change(request.post, agreement, local_day(timezone.now()))):
        return no_access(request, verdict)
    version = current(agreement)
    form = Grid(request.POST if request.method == "POST" else None, version=version)

    def lay(**kwargs: Any) -> Any:
        try:
            return lay_all_duties(**kwargs)
        except Refused as refused:
            raise Refused(form.at(refused.verdict)) from refused

    if request.method == "POST" and attempt(form, lay, by=request.post, agreement=agreement, at=timezone.now()):
        toast(request, _("Đã ghi cả bảng việc phải làm."))
        return go(request, f"/ke-hoach/{agreement.matter.code}/phan-cong/")
    codes = [(force, faces.name_of(faces.face(force))) for force in form.forces]
    return page(request, "duties/grid.html", form=form, agreement=agreement, sent=is_sent(version), codes=codes)


def _codes(text: str) -> Sequence[str]:
    return [code.strip().upper() for code in text.replace(";", ",").split(",") if code.strip()]


def _named(clause: Clause, name: str) -> str:
    return " ".join(filter(None, (name, clause.heading.text if clause.heading else "")))[:60]
