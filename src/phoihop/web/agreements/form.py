"""The form of a text: head, parties, clauses. Its fields bear the names of what the action takes, so that a refusal finds its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import AgreementKind, ContentArea, NumberStyle, SituationKind, Version
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, PartyDraft
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc

from ..forms import DateField, Form, TextField, Unclear
from ..patrols.named import AREAS, UNIT_HINT, UNITS, NameField, Reader
from ..scope import province_of

MOST_ROWS = 400
DEPTHS = [(0, _("chương")), (1, _("điều")), (2, _("khoản")), (3, _("điểm"))]
_ARTICLE = 1
ROLES = [(role.value, role.label) for role in PartRole if role != PartRole.LEAD]


class Drafting(Form):
    """``parties``, ``clauses``: how many rows of each are shown; the first party is the unit that drafts. ``former``: the text that is changed.

    Duties are not typed here: a clause that stays in its row keeps those it has.
    """

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=AgreementKind.choices)
    title = forms.CharField(label=_("Trích yếu"), max_length=300, help_text=_("Ví dụ: Quy chế phối hợp giữ gìn an ninh, trật tự trên địa bàn xã."))
    area = NameField(AREAS, label=_("Địa bàn"), help_text=_("Xã hoặc tỉnh mà văn bản có hiệu lực, cùng mọi địa bàn bên dưới."))
    more_areas = forms.CharField(
        label=_("Địa bàn khác"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Mỗi dòng một xã. Để trống nếu không cần.")
    )
    valid_from = DateField(label=_("Có hiệu lực từ ngày"), required=False, help_text=_("Để trống: từ ngày đủ chữ ký."))
    valid_until = DateField(label=_("Đến trước ngày"), required=False)
    review_months = forms.IntegerField(label=_("Rà soát mỗi mấy tháng"), required=False)
    style = forms.ChoiceField(label=_("Kiểu số, ký hiệu"), choices=NumberStyle.choices, initial=NumberStyle.STATE)
    situation = forms.ChoiceField(label=_("Loại tình huống"), choices=[("", "–"), *SituationKind.choices], required=False)
    cleared_by = forms.CharField(label=_("Cơ quan xác định không thuộc danh mục bí mật nhà nước"), max_length=120, required=False)
    cleared_on = DateField(label=_("Xác định ngày"), required=False)
    change = forms.CharField(label=_("Sửa gì, vì sao"), required=False, max_length=300, help_text=_("Một dòng; đứng cạnh bản mới trong danh sách phiên bản."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, post: Post, parties: int = 3, clauses: int = 2, former: Version | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.former, self._reader, self._today = post, former, Reader(post), local_day(timezone.now())
        self.counts = {"parties": min(parties, MOST_ROWS), "clauses": min(clauses, MOST_ROWS)}
        self.draft: AgreementDraft | None = None
        if former is None:
            del self.fields["change"], self.fields["seen"]
        self._add_rows()

    def _add_rows(self) -> None:
        for n in range(1, self.counts["parties"]):
            self.fields[f"parties.{n}.unit"] = NameField(UNITS, label=_("Đơn vị"), required=False, help_text=UNIT_HINT if n == 1 else "")
            self.fields[f"parties.{n}.role"] = forms.ChoiceField(label=_("Vai"), choices=ROLES, required=False, initial=PartRole.SUPPORT)
            self.fields[f"parties.{n}.signs"] = forms.BooleanField(label=_("phải ký"), required=False)
        for n in range(self.counts["clauses"]):
            self.fields[f"clauses.{n}.depth"] = forms.TypedChoiceField(label=_("Bậc"), choices=DEPTHS, coerce=int, empty_value=None, required=False, initial=1)
            self.fields[f"clauses.{n}.label"] = forms.CharField(label=_("Số hiệu"), max_length=40, required=False)
            self.fields[f"clauses.{n}.heading"] = forms.CharField(label=_("Tên điều"), max_length=300, required=False)
            self.fields[f"clauses.{n}.content"] = forms.ChoiceField(label=_("Nội dung phối hợp"), choices=[("", "–"), *ContentArea.choices], required=False)
            self.fields[f"clauses.{n}.text"] = TextField(label=_("Nguyên văn"), required=False)
            self.fields[f"clauses.{n}.was"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def rows(self, kind: str, names: Sequence[str]) -> list[dict[str, Any]]:
        found = [{name: self[f"{kind}.{n}.{name}"] for name in names if f"{kind}.{n}.{name}" in self.fields} for n in range(self.counts[kind])]
        return [row for row in found if row]

    @property
    def party_rows(self) -> list[dict[str, Any]]:
        return self.rows("parties", ("unit", "role", "signs"))

    @property
    def clause_rows(self) -> list[dict[str, Any]]:
        return self.rows("clauses", ("depth", "label", "heading", "content", "text", "was"))

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        areas = [a for a in (self._area("area", got.get("area", "")), *self._more_areas(got)) if a is not None]
        parties, clauses = self._parties(got), self._clauses(got)
        if not self.errors:
            self.draft = AgreementDraft(
                kind=got["kind"], title=got["title"], areas=areas, parties=parties, clauses=clauses, valid_from=got["valid_from"],
                valid_until=got["valid_until"], review_months=got["review_months"], style=got["style"], situation=got["situation"],
                cleared_by=got["cleared_by"], cleared_on=got["cleared_on"],
            )  # fmt: skip
        return got

    def arguments(self) -> dict[str, Any]:
        said: dict[str, Any] = {"draft": self.draft}
        return said if self.former is None else said | {"seen": self.cleaned_data["seen"], "change": self.cleaned_data["change"]}

    def _area(self, name: str, text: str) -> Area | None:
        if not text:
            return None
        same = next((area for area in near_areas(self.post, self._today) if str(area).casefold() == text.strip().casefold()), None)
        try:
            return same or self._reader.area(text, self._today)
        except Unclear as unclear:
            self.add_error(name, unclear)
            return None

    def _more_areas(self, got: dict[str, Any]) -> list[Area | None]:
        return [self._area("more_areas", line) for line in got.get("more_areas", "").splitlines() if line.strip()]

    def _parties(self, got: dict[str, Any]) -> list[PartyDraft]:
        """The drafting unit leads; a row without a name is no party."""
        lead = self.former.agreement.matter.lead if self.former else self.post.unit
        signed = got.get("kind") not in OPINIONS_ONLY  # what is only sent for opinions nobody signs, whatever is ticked
        found = [PartyDraft(lead, PartRole.LEAD, signed)]
        for n in range(1, self.counts["parties"]):
            if not (text := got.get(f"parties.{n}.unit", "")):
                continue
            try:
                unit: Unit = self._reader.unit(text, self._today)
            except Unclear as unclear:
                self.add_error(f"parties.{n}.unit", unclear)
                continue
            role = got.get(f"parties.{n}.role") or PartRole.SUPPORT
            found.append(PartyDraft(unit, role, signed and bool(got.get(f"parties.{n}.signs"))))
        return found

    def _clauses(self, got: dict[str, Any]) -> list[ClauseDraft]:
        kept = dict(enumerate(draft_of(self.former).clauses, 1)) if self.former else {}
        found = []
        for n in range(self.counts["clauses"]):
            said = {name: got.get(f"clauses.{n}.{name}") or "" for name in ("label", "heading", "content", "text")}
            if any(said[name] for name in ("label", "heading", "text")):
                duties = _duties_of(kept.get(got.get(f"clauses.{n}.was") or 0), said["text"])
                found.append(ClauseDraft(**said, depth=_ARTICLE if (depth := got.get(f"clauses.{n}.depth")) is None else depth, duties=duties))
        return found


def _duties_of(was: ClauseDraft | None, text: str) -> list[DutyDraft]:
    """The duties of a clause that stays in its row; in a text that was reworded nobody knows yet where the sentence of each stands."""
    if was is None:
        return []
    same = nfc(text).strip() == was.text
    return [d if same else replace(d, sentence=None) for d in was.duties]


def near_areas(post: Post, day: date) -> list[Area]:
    """The own area and the province around it: what a commune's and a province's text is usually for."""
    province = province_of(post.unit.area, day)
    return [post.unit.area] if province is None else [post.unit.area, province]


def initial_of(version: Version, seen: str) -> dict[str, Any]:
    """A version as the form shows it."""
    d = draft_of(version)
    areas = [str(area) for area in d.areas]
    known: dict[str, Any] = {
        "kind": d.kind, "title": d.title, "area": areas[0], "more_areas": "\n".join(areas[1:]), "valid_from": d.valid_from, "valid_until": d.valid_until,
        "review_months": d.review_months, "style": d.style, "situation": d.situation, "cleared_by": d.cleared_by, "cleared_on": d.cleared_on, "seen": seen,
    }  # fmt: skip
    others = [p for p in d.parties if p.role != PartRole.LEAD]
    for n, p in enumerate(others, 1):
        known |= {f"parties.{n}.unit": p.unit.name, f"parties.{n}.role": p.role, f"parties.{n}.signs": p.signs}
    for n, c in enumerate(d.clauses):
        known |= {f"clauses.{n}.{name}": getattr(c, name) for name in ("depth", "label", "heading", "content", "text")} | {f"clauses.{n}.was": n + 1}
    return known
