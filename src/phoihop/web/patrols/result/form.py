"""The form of a result, filled in from the plan: who was there, from when to when, what came of it as counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.models import Activity, Claim, Leg, OutcomeKind, Strength
from phoihop.domain.activities.queries.detail import Record
from phoihop.domain.activities.rules import Counted, Result
from phoihop.domain.forces.models import MeansKind
from phoihop.kernel.period import HOME

from ...forms import Form, MomentField, TextField, TimeField
from ..acts import NO_NAMES

NONE, REMINDED, DEFECTS, OFFENCES = "khong", "nhac-nho", "ton-tai", "vi-pham"
WHAT = [(NONE, _("Không phát sinh")), (REMINDED, _("Nhắc nhở")), (DEFECTS, _("Có tồn tại")), (OFFENCES, _("Xử lý vi phạm"))]
WHAT_ICONS = ("circle-check", "message-2", "alert-triangle", "gavel")
_COMMON = (OutcomeKind.REMINDERS, OutcomeKind.CHECKED)
SHOWN_FOR = dict.fromkeys(OutcomeKind, OFFENCES) | dict.fromkeys(_COMMON, REMINDED) | {OutcomeKind.DEFECTS: DEFECTS}
"""With which answer a count is first asked for; those before it stay."""


@dataclass(frozen=True, slots=True)
class PartyFields:
    """A unit with its fields."""

    strength: Strength
    here: bool
    people: Any
    teams: Any
    means: Sequence[Any]


class Reporting(Form):
    """``legs`` only where there is more than one. Field names are those of the action's parts."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    started_at = MomentField(label=_("Bắt đầu"))
    ended_at = MomentField(label=_("Kết thúc"))
    what = forms.ChoiceField(label=_("Kết quả"), choices=WHAT, error_messages={"required": _("Chọn kết quả.")})
    note = TextField(label=_("Ghi chú"), required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, activity: Activity, strengths: Sequence[Strength], legs: Sequence[Leg], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.strengths, self.legs = activity, strengths, legs if len(legs) > 1 else ()
        choices = [(str(s.unit_id), s.unit.short) for s in strengths]
        self.fields["there"] = forms.MultipleChoiceField(label=_("Có mặt"), choices=choices, required=False)
        for n in range(len(strengths)):
            self.fields[f"parties.{n}.people"] = forms.IntegerField(label=_("Số người"), required=False)
            self.fields[f"parties.{n}.teams"] = forms.IntegerField(label=_("Số tổ"), required=False)
            for means in MeansKind:
                self.fields[f"parties.{n}.means.{means.value}"] = forms.IntegerField(label=means.label, required=False)
        for outcome in OutcomeKind:
            self.fields[f"outcomes.{outcome.value}"] = forms.IntegerField(label=outcome.label, required=False)
        for leg in self.legs:
            self.fields[f"legs.{leg.n}.first"] = TimeField(label=_("Từ"), required=False)
            self.fields[f"legs.{leg.n}.until"] = TimeField(label=_("Đến"), required=False)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        counts = [got.get(f"outcomes.{kind.value}") for kind in OutcomeKind]
        if got.get("what") == NONE and any(counts):
            self.add_error("what", now_("Đã chọn “Không phát sinh” nhưng còn ghi số lượng. Xóa số, hoặc chọn mục khác."))
        elif got.get("what") and got["what"] != NONE and not any(counts):
            self.add_error("what", now_("Ghi số lượng, hoặc chọn “Không phát sinh”."))
        return got

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        here = set(got["there"])
        outcomes = {kind.value: got[f"outcomes.{kind.value}"] or 0 for kind in OutcomeKind}
        return {
            "result": Result(
                self.activity, got["version"], held=True, started_at=got["started_at"], ended_at=got["ended_at"], note=got["note"],
                parties=[self._counted(n, s, str(s.unit_id) in here) for n, s in enumerate(self.strengths)],
                outcomes={kind: n for kind, n in outcomes.items() if n}, legs=self._walked(got["started_at"]),
            )
        }  # fmt: skip

    def _counted(self, n: int, s: Strength, here: bool) -> Counted:
        got = self.cleaned_data
        if not here:
            return Counted(s.unit, 0, 0)
        people, teams = got[f"parties.{n}.people"], got[f"parties.{n}.teams"]
        means = {kind.value: count for kind in MeansKind if (count := got[f"parties.{n}.means.{kind.value}"])}
        return Counted(s.unit, people or 0, 1 if teams is None else teams, means)

    def _walked(self, start: datetime) -> dict[int, tuple[datetime, datetime]]:
        """Legs whose times were written; an hour before the start is one after midnight."""
        times = {leg.n: (self.cleaned_data[f"legs.{leg.n}.first"], self.cleaned_data[f"legs.{leg.n}.until"]) for leg in self.legs}
        return {n: (_after(start, first), _after(start, until)) for n, (first, until) in times.items() if first and until}

    @property
    def party_fields(self) -> list[PartyFields]:
        here = {str(value) for value in (self["there"].value() or ())}
        return [
            PartyFields(
                s, str(s.unit_id) in here, self[f"parties.{n}.people"], self[f"parties.{n}.teams"], [self[f"parties.{n}.means.{m.value}"] for m in MeansKind]
            )
            for n, s in enumerate(self.strengths)
        ]

    @property
    def toggles(self) -> list[dict[str, Any]]:
        """Chips: each unit with its people; a tap leaves it out."""
        return [
            {
                "value": one.strength.unit_id,
                "label": f"{one.strength.unit.short} {one.people.value() or ''}".strip(),
                "force": one.strength.unit.force.code,
                "here": one.here,
            }
            for one in self.party_fields
        ]

    @property
    def options(self) -> list[dict[str, Any]]:
        now = self["what"].value()
        return [{"value": value, "label": label, "icon": icon, "here": value == now} for (value, label), icon in zip(WHAT, WHAT_ICONS, strict=True)]

    @property
    def counts(self) -> list[dict[str, Any]]:
        bound = [(kind, self[f"outcomes.{kind.value}"]) for kind in (*_COMMON, OutcomeKind.DEFECTS, *(k for k in OutcomeKind if SHOWN_FOR[k] == OFFENCES))]
        return [
            {"name": b.html_name, "label": f"{kind.label[:1].upper()}{kind.label[1:]}", "value": b.value() or 0, "first": SHOWN_FOR[kind], "errors": b.errors}
            for kind, b in bound
        ]

    @property
    def leg_rows(self) -> list[tuple[Leg, Any, Any]]:
        return [(leg, self[f"legs.{leg.n}.first"], self[f"legs.{leg.n}.until"]) for leg in self.legs]

    @property
    def reckoned_start(self) -> bool:
        """Whether the prefilled start is not the recorded one: it lies within the same minute as the end."""
        started, filled = self.activity.started_at, self.initial.get("started_at")
        return bool(started and filled and filled < started.replace(second=0, microsecond=0))

    @property
    def unknown_strength(self) -> bool:
        """Whether the plan does not say how strong somebody comes: the numbers are shown at once."""
        wrong = any(name.startswith("parties.") for name in self.errors) if self.is_bound else False
        return wrong or any(one.here and not one.people.value() for one in self.party_fields)


def _after(start: datetime, clock: time) -> datetime:
    home = start.astimezone(HOME)
    moment = datetime.combine(home.date(), clock, HOME)
    return moment if moment >= home else moment + timedelta(days=1)


def prefilled(a: Activity, found: Record, strengths: Sequence[Strength], now: datetime) -> dict[str, Any]:
    """As recorded before, else as planned: who did not decline, in its planned strength, until now at the latest."""
    again = a.claim == Claim.HELD
    gone, means = {p.unit.pk for p in found.parties if p.gone}, {p.unit.pk: p.means for p in found.parties}
    here = [str(s.unit_id) for s in strengths if (s.people if again else s.unit_id not in gone)]
    start, end = _hours(a, now)
    filled: dict[str, Any] = {
        "version": a.version, "started_at": start, "ended_at": end, "there": here, "note": a.note.text if again and a.note else "",
    }  # fmt: skip
    for n, s in enumerate(strengths):
        filled[f"parties.{n}.people"] = s.people if again else s.planned_people
        filled[f"parties.{n}.teams"] = s.teams if again else s.planned_teams
        filled |= {f"parties.{n}.means.{one.kind}": one.count for one in means[s.unit_id]}
    for leg in found.legs:
        if leg.actual_from and leg.actual_to:
            filled[f"legs.{leg.n}.first"] = f"{leg.actual_from.astimezone(HOME):%H:%M}"
            filled[f"legs.{leg.n}.until"] = f"{leg.actual_to.astimezone(HOME):%H:%M}"
    if again:
        outcomes = {o.kind: o.count for o in found.outcomes}
        filled |= {f"outcomes.{kind}": n for kind, n in outcomes.items()} | {"what": _said(outcomes)}
    return filled


def _hours(a: Activity, now: datetime) -> tuple[datetime, datetime]:
    """As recorded, else as planned and until now at the latest; to the minute, and so that it may be sent as it stands.

    Who leaves and reports within one minute tapped late: the patrol then began as planned, or a minute before.
    """
    start = a.started_at or a.planned_start
    end = a.ended_at or (a.planned_end if now <= start or start < a.planned_end <= now else now)
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    return (start if start < end else min(a.planned_start, end - timedelta(minutes=1))), end


def _said(outcomes: dict[str, int]) -> str:
    shown = {SHOWN_FOR[OutcomeKind(kind)] for kind, n in outcomes.items() if n}
    return next((what for what in (OFFENCES, DEFECTS, REMINDED) if what in shown), NONE)
