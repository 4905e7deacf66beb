"""The form that arranges a plan: posts, preparations, phases with steps, needs. Who is posted is chosen among the parties.

Fields bear the names of what the action takes, so that a refusal stands at its row.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement, AgreementKind, EventPostKind, NeedKind, OnSpot
from phoihop.domain.agreements.queries.heads import kind_of, parties_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import DutyRoleDraft
from phoihop.domain.agreements.rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft
from phoihop.domain.forces.models import Force, Unit
from phoihop.domain.matters.models import PartRole

from .. import faces
from ..forms import Form, MomentField
from ..rows import Row, places

_NUMBER = {"inputmode": "numeric", "min": 0}
_NONE = ("", "–")
FRESH: dict[str, Row] = {
    "posts": {"kind": [EventPostKind.FIXED.value]}, "checks": {"what": [""]}, "phases": {"name": [""], "steps": [{"what": [""]}]},
    "steps": {"what": [""]}, "needs": {"spot": [OnSpot.MEANS.value]},
}  # fmt: skip
"""With what a new row of each list begins."""


class Judged(forms.Field):
    """Needed, and shown so; that it is missing the rule says in its own words."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class Words(Judged, forms.CharField):
    pass


class Count(Judged, forms.IntegerField):
    pass


class Choice(Judged, forms.ChoiceField):
    pass


class Arranging(Form):
    """``tree``: the rows that are shown (``rows``)."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, tree: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = current(agreement)
        self.tree, self._of_event = tree, kind_of(version) == AgreementKind.EVENT
        self._units: dict[str, Unit] = {str(p.unit_id): p.unit for p in parties_of(version)}
        self._forces: dict[str, Force] = {force.code: force for force in Force.objects.order_by("order")}
        for prefix, _row in places(tree, "posts"):
            self._add_post(prefix)
        for prefix, _row in places(tree, "checks"):
            self._add_check(prefix)
        for prefix, row in places(tree, "phases"):
            self.fields[f"{prefix}name"] = Words(label=_("Giai đoạn"), max_length=120)
            for step, _row in places(row, "steps", prefix):
                self._add_step(step)
        for prefix, _row in places(tree, "needs"):
            self._add_need(prefix)

    def _add_post(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}kind": forms.ChoiceField(label=_("Loại"), choices=EventPostKind.choices),
            f"{prefix}place": Words(label=_("Vị trí"), max_length=160),
            f"{prefix}unit": forms.ChoiceField(label=_("Đơn vị"), choices=self._unit_choices),
            f"{prefix}people": _count(_("Số người")),
            f"{prefix}since": MomentField(label=_("Từ")),
            f"{prefix}until": MomentField(label=_("Đến")),
        }

    def _add_check(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}what": Words(label=_("Việc chuẩn bị"), max_length=300),
            f"{prefix}unit": forms.ChoiceField(label=_("Đơn vị"), choices=self._unit_choices),
            f"{prefix}due_at": MomentField(label=_("Xong trước")),
        }

    def _add_step(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}what": Words(label=_("Làm gì"), max_length=300),
            f"{prefix}within_minutes": _count(_("Trong mấy phút")),
            f"{prefix}roles": Choice(label=_("Chủ trì"), choices=[_NONE, *self._who()]),
            f"{prefix}helpers": forms.MultipleChoiceField(
                label=_("Phối hợp"), choices=self._who(), required=False, widget=forms.CheckboxSelectMultiple
            ),
        }  # fmt: skip

    def _add_need(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}spot": forms.ChoiceField(label=_("Thuộc"), choices=OnSpot.choices),
            f"{prefix}kind": forms.ChoiceField(label=_("Cần gì"), choices=NeedKind.choices),
            f"{prefix}amount": _count(_("Số cần")),
        }

    def _unit_choices(self) -> list[tuple[str, str]]:
        return [_NONE, *((key, unit.name) for key, unit in self._units.items())]

    def _who(self) -> list[tuple[str, str]]:
        where = now_("%(force)s nơi xảy ra") if self._of_event else now_("%(force)s nơi mở phương án")
        forces = [(f"f:{code}", where % {"force": faces.name_of(faces.face(code))}) for code in self._forces]
        return [*((f"u:{key}", unit.name) for key, unit in self._units.items()), *forces]

    @property
    def post_rows(self) -> list[dict[str, Any]]:
        return [self._bound(p, "kind", "place", "unit", "people", "since", "until") for p, _row in places(self.tree, "posts")]

    @property
    def check_rows(self) -> list[dict[str, Any]]:
        return [self._bound(p, "what", "unit", "due_at") for p, _row in places(self.tree, "checks")]

    @property
    def phase_rows(self) -> list[dict[str, Any]]:
        return [
            self._bound(p, "name") | {"steps": [self._bound(s, "what", "within_minutes", "roles", "helpers") for s, _step in places(row, "steps", p)]}
            for p, row in places(self.tree, "phases")
        ]

    @property
    def need_rows(self) -> list[dict[str, Any]]:
        return [self._bound(p, "kind", "amount", "spot") for p, _row in places(self.tree, "needs")]

    def _bound(self, prefix: str, *names: str) -> dict[str, Any]:
        return bound_row(self, prefix, *names)

    def arguments(self) -> dict[str, Any]:
        return {"arrangement": self.arrangement(), "seen": self.cleaned_data["seen"]}

    def arrangement(self) -> Arrangement:
        got = self.cleaned_data
        return Arrangement(
            posts=[
                EventPostDraft(got[f"{p}kind"], got[f"{p}place"], self._units[got[f"{p}unit"]], got[f"{p}people"] or 0, got[f"{p}since"], got[f"{p}until"])
                for p, _row in places(self.tree, "posts")
            ],
            checks=[CheckDraft(got[f"{p}what"], self._units[got[f"{p}unit"]], got[f"{p}due_at"]) for p, _row in places(self.tree, "checks")],
            phases=[PhaseDraft(got[f"{p}name"], [self._step(s) for s, _step in places(row, "steps", p)]) for p, row in places(self.tree, "phases")],
            needs=[NeedDraft(got[f"{p}spot"], got[f"{p}kind"], got[f"{p}amount"] or 0) for p, _row in places(self.tree, "needs")],
        )

    def _step(self, prefix: str) -> StepDraft:
        got = self.cleaned_data
        lead = [(PartRole.LEAD, got[f"{prefix}roles"])] if got[f"{prefix}roles"] else []
        roles = [self._role(role, key) for role, key in (*lead, *((PartRole.SUPPORT, key) for key in got[f"{prefix}helpers"]))]
        return StepDraft(got[f"{prefix}what"], got[f"{prefix}within_minutes"] or 0, roles)

    def _role(self, role: str, key: str) -> DutyRoleDraft:
        sort, _colon, name = key.partition(":")
        return DutyRoleDraft(role, self._units[name]) if sort == "u" else DutyRoleDraft(role, force=self._forces[name])


def bound_row(form: Form, prefix: str, *names: str) -> dict[str, Any]:
    """A row as its template shows it: where it stands, each of its fields by name, and (``fields``) all in this order."""
    return {"place_of_row": prefix.rstrip("."), "fields": [form[prefix + name] for name in names]} | {name: form[prefix + name] for name in names}


def _count(label: Any) -> forms.IntegerField:
    return Count(label=label, widget=forms.NumberInput(attrs=_NUMBER))


def tree_of(a: Arrangement) -> Row:
    """A plan as it stands, as the form shows it."""
    return {
        "posts": [
            {"kind": [p.kind], "place": [p.place], "unit": [str(p.unit.pk)], "people": [p.people], "since": [p.since], "until": [p.until]} for p in a.posts
        ],
        "checks": [{"what": [c.what], "unit": [str(c.unit.pk)], "due_at": [c.due_at]} for c in a.checks],
        "phases": [{"name": [p.name], "steps": [_step_row(s) for s in p.steps]} for p in a.phases],
        "needs": [{"spot": [n.spot], "kind": [n.kind], "amount": [n.amount]} for n in a.needs],
    }


def _step_row(s: StepDraft) -> Row:
    keys = [(r.role, f"u:{r.unit.pk}" if r.unit else f"f:{r.force.code}" if r.force else "") for r in s.roles]
    lead = next((key for role, key in keys if role == PartRole.LEAD), "")
    return {"what": [s.what], "within_minutes": [s.within_minutes], "roles": [lead], "helpers": [key for role, key in keys if role != PartRole.LEAD]}
