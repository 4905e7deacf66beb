"""The form of one clause: what it is about, and for each of its duties what is done, when, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Cadence, ContentArea, DutyAct
from phoihop.domain.agreements.rules.reading import ClauseRead, DutyRead
from phoihop.domain.agreements.rules.reading.mending import MOST_ROLES, ClauseMend, DutyMend, RoleMend
from phoihop.domain.agreements.rules.reading.staged import print_of
from phoihop.domain.matters.models import PartRole
from phoihop.domain.territory.models import Level

from ..conflict import Line, conflict_of
from ..forms import DateField, Form

_LEVELS = [("", "–"), *((level.value, level.label) for level in (Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.HAMLET))]


class Mending(Form):
    """``version``: the print of the clause as it was opened. The bodies of a duty come back with their names, so that two who mend at once are not mixed up."""

    content = forms.ChoiceField(label=_("Nội dung phối hợp"), required=False, choices=[("", _("– chưa rõ –")), *ContentArea.choices])
    version = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any, clause: ClauseRead, names: list[str]) -> None:
        super().__init__(data, initial={"content": clause.content.value if clause.content else "", "version": print_of(clause)})
        self._clause, self._names = clause, names
        self.groups: list[list[str]] = [self._lay_duty(n, duty) for n, duty in enumerate(clause.duties)]

    def _lay_duty(self, n: int, d: DutyRead) -> list[str]:
        before = set(self.fields)
        place = f"duties.{n}"

        def lay(name: str, made: forms.Field, value: Any) -> None:
            made.initial = value
            self.fields[f"{place}.{name}"] = made

        lay("kept", forms.BooleanField(label=_("Đây là một việc phải làm"), required=False), d.kept)
        lay("act", forms.ChoiceField(label=_("Việc"), required=False, choices=[("", "–"), *DutyAct.choices]), d.act and d.act.value)
        lay("level", forms.ChoiceField(label=_("Cấp thực hiện"), required=False, choices=_LEVELS), d.level and d.level.value)
        lay("cadence", forms.ChoiceField(label=_("Định kỳ"), required=False, choices=[("", "–"), *Cadence.choices]), d.cadence and d.cadence.value)
        hint = _("20 là ngày 20 của tháng cuối kỳ; 15/5 là ngày 15 tháng 5 mỗi năm.")
        lay("days", forms.CharField(label=_("Hạn: ngày"), required=False, max_length=5, help_text=hint), d.days and d.days.value)
        lay("on", DateField(label=_("Hạn: một ngày đã định"), required=False), d.on and _shown_day(d.on.value))
        lay("workdays", forms.IntegerField(label=_("Hạn: số ngày làm việc"), required=False), d.workdays and d.workdays.value)
        lay("minutes", forms.IntegerField(label=_("Phải làm trong số phút"), required=False), d.minutes and d.minutes.value)
        lay("onward", forms.IntegerField(label=_("Chuyển tiếp mấy cấp"), required=False), d.onward and d.onward.value)
        roles = [("", _("không có vai")), *PartRole.choices]
        for k, (role, body) in enumerate(self._bodies(n, d)):
            lay(f"role.{k}", forms.ChoiceField(label=body, required=False, choices=roles), role)
            lay(f"name.{k}", forms.CharField(widget=forms.HiddenInput, required=False, max_length=300), body)
        lay("more", forms.ChoiceField(label=_("Thêm một bên"), required=False, choices=[("", "–"), *((name, name) for name in self._names)]), "")
        lay("more_role", forms.ChoiceField(label=_("Vai của bên thêm"), required=False, choices=roles), "")
        return [name for name in self.fields if name not in before]

    def _bodies(self, n: int, d: DutyRead) -> list[tuple[str, str]]:
        """The parts of a duty: as they came back, else as they are now."""
        if not self.is_bound:
            return [(r.role, r.body.value) for r in d.roles]
        sent = [(f"duties.{n}.role.{k}", f"duties.{n}.name.{k}") for k in range(MOST_ROLES)]
        return [(str(self.data.get(role, "")), str(self.data[name])) for role, name in sent if name in self.data]

    @property
    def duties(self) -> list[list[Any]]:
        return [[self[name] for name in group if not self[name].is_hidden] for group in self.groups]

    def beside(self, now: Mending) -> list[Line]:
        """What was sent beside the clause as somebody else kept it meanwhile (``now``): the fields that differ, the parts of a duty in one line."""
        kept = {name: value for name, value in now.given.items() if ".role." not in name and ".more" not in name}
        lines = [replace(line, label=self._told(name, line.label)) for name, line in zip(kept, conflict_of(self, kept), strict=False)]
        if not lines:
            return []
        lines += [Line(self._told(f"duties.{n}.roles", _("Các bên")), self._parts(n), now._parts(n)) for n in range(len(self.groups))]
        return [line for line in lines if line.differs] or lines

    def _told(self, name: str, label: Any) -> str:
        place = name.split(".")
        return _("Việc %(n)s: %(field)s") % {"n": int(place[1]) + 1, "field": label} if len(place) > 2 else str(label)

    def _parts(self, n: int) -> str:
        """*Công an xã: chủ trì; …*"""
        roles = dict(PartRole.choices)
        told = [(self[name].label, self[name].value()) for name in self.groups[n] if ".role." in name]
        return "; ".join(f"{body}: {roles[role]}" for body, role in told if role in roles)

    @property
    def given(self) -> Mapping[str, Any]:
        """What the fields begin with: the clause as it is kept."""
        return {name: self[name].initial for name in self.fields if not self[name].is_hidden}

    def arguments(self) -> dict[str, Any]:
        mend = ClauseMend(self.cleaned_data["content"], [self._duty(n) for n in range(len(self._clause.duties))])
        return {"mend": mend, "seen": self.cleaned_data["version"]}

    def _duty(self, n: int) -> DutyMend:
        said = {name: self.cleaned_data[f"duties.{n}.{name}"] for name in ("act", "level", "cadence", "days", "on", "workdays", "minutes", "kept")}
        sent = [(f"duties.{n}.role.{k}", f"duties.{n}.name.{k}") for k in range(MOST_ROLES)]
        roles = [RoleMend(self.cleaned_data[role], self.cleaned_data[name]) for role, name in sent if name in self.cleaned_data]
        roles.append(RoleMend(self.cleaned_data[f"duties.{n}.more_role"], self.cleaned_data[f"duties.{n}.more"]))
        kept = [r for r in roles if r.role and r.name]
        return DutyMend(**said, onward=self.cleaned_data[f"duties.{n}.onward"] or 0, roles=kept)


def _shown_day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
