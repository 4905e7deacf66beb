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
from phoihop.domain.agreements.rules.redline import Change, Difference, Written, redline
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc

from ..forms import DateField, Form, TextField, Unclear
from ..patrols.named import AREAS, UNIT_HINT, UNITS, NameField, Reader
from ..rows import Row, places
from ..scope import province_of

DEPTHS = [(0, _("chương")), (1, _("điều")), (2, _("khoản")), (3, _("điểm"))]
_ARTICLE = 1
APPROVES = "approve"
ROLES = [*((role.value, role.label) for role in PartRole if role != PartRole.LEAD), (APPROVES, _("Phê duyệt, sau khi các bên ký"))]
LEAD: Row = {"lead": ["1"]}
"""The first party is the unit that drafts: a row in which nothing is typed, so that the others are numbered as the action numbers them."""
FRESH: dict[str, Row] = {"parties": {"unit": [""], "role": [PartRole.SUPPORT.value], "signs": ["on"]}, "clauses": {"depth": [str(_ARTICLE)], "label": [""]}}
PLAIN = (
    "kind", "title", "area", "more_areas", "valid_from", "valid_until", "review_months", "style", "situation", "cleared_by", "cleared_on", "change", "seen",
    "sure",
)  # fmt: skip


class Drafting(Form):
    """``tree``: the rows that are shown (``rows``). ``former``: the text that is changed; ``above``: the clauses of the text that it implements.

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

    def __init__(self, *args: Any, post: Post, tree: Row, former: Version | None = None, above: Sequence[Written] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.former, self.above, self._reader, self._today = post, former, above, Reader(post), local_day(timezone.now())
        self.tree = self.whole(tree)
        self.draft: AgreementDraft | None = None
        if former is None:
            del self.fields["change"], self.fields["seen"]
        for prefix, _row in self._others():
            self._add_party(prefix)
        for prefix, _row in places(self.tree, "clauses"):
            self._add_clause(prefix)

    @staticmethod
    def whole(tree: Row) -> Row:
        """The rows with the drafting unit's first among the parties."""
        return tree | {"parties": [LEAD, *(row for row in tree.get("parties", ()) if "lead" not in row)]}

    @property
    def typed(self) -> list[Written]:
        """The clauses as they were typed."""
        return [Written(c.label, c.heading, c.text) for c in self.draft.clauses] if self.draft else []

    def _others(self) -> list[tuple[str, Row]]:
        return list(places(self.tree, "parties"))[1:]

    def _add_party(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}unit": NameField(UNITS, label=_("Đơn vị"), required=False, help_text=UNIT_HINT if prefix == "parties.1." else ""),
            f"{prefix}role": forms.ChoiceField(label=_("Vai"), choices=ROLES, required=False, initial=PartRole.SUPPORT),
            f"{prefix}signs": forms.BooleanField(label=_("phải ký"), required=False),
        }

    def _add_clause(self, prefix: str) -> None:
        self.fields |= {
            f"{prefix}depth": forms.TypedChoiceField(label=_("Bậc"), choices=DEPTHS, coerce=int, empty_value=None, required=False, initial=_ARTICLE),
            f"{prefix}label": forms.CharField(label=_("Số hiệu"), max_length=40, required=False),
            f"{prefix}heading": forms.CharField(label=_("Tên điều"), max_length=300, required=False),
            f"{prefix}content": forms.ChoiceField(label=_("Nội dung phối hợp"), choices=[("", "–"), *ContentArea.choices], required=False),
            f"{prefix}text": TextField(label=_("Nguyên văn"), required=False),
            f"{prefix}was": forms.IntegerField(widget=forms.HiddenInput, required=False),
        }

    def _bound(self, prefix: str, *names: str) -> dict[str, Any]:
        return {"place_of_row": prefix.rstrip(".")} | {name: self[prefix + name] for name in names}

    @property
    def party_rows(self) -> list[dict[str, Any]]:
        return [self._bound(p, "unit", "role", "signs") for p, _row in self._others()]

    @property
    def clause_rows(self) -> list[dict[str, Any]]:
        """Each clause, and where it reads otherwise than the text above (None: it is the same, or there is none)."""
        found = [self._bound(p, "depth", "label", "heading", "content", "text", "was") for p, _row in places(self.tree, "clauses")]
        if not self.above:
            return found
        typed = [Written(*(str(row[name].value() or "") for name in ("label", "heading", "text"))) for row in found]
        others = [d for d in redline(self.above, typed) if d.change != Change.REMOVED]
        return [row | {"differs": d if d.change != Change.SAME else None} for row, d in zip(found, others, strict=True)]

    @property
    def left_out(self) -> list[Difference]:
        """Clauses of the text above that this one does not have."""
        typed = [Written(str(row["label"].value() or ""), "", "") for row in self.clause_rows] if self.above else []
        return [d for d in redline(self.above, typed) if d.change == Change.REMOVED] if self.above else []

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        areas = [a for a in (self._area("area", got.get("area", "")), *self._more_areas(got)) if a is not None]
        self.stands_for = {"areas": "area", "areas.0": "area"} | {f"areas.{n}": "more_areas" for n in range(1, len(areas))}
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
        """The drafting unit leads."""
        lead = self.former.agreement.matter.lead if self.former else self.post.unit
        signed = got.get("kind") not in OPINIONS_ONLY  # what is only sent for opinions nobody signs, whatever is ticked
        found = [PartyDraft(lead, PartRole.LEAD, signed)]
        for prefix, _row in self._others():
            try:
                unit: Unit = self._reader.unit(got.get(f"{prefix}unit", ""), self._today)
            except Unclear as unclear:
                self.add_error(f"{prefix}unit", unclear)
                continue
            role = got.get(f"{prefix}role") or PartRole.SUPPORT
            approves = role == APPROVES
            signs = signed and not approves and bool(got.get(f"{prefix}signs"))
            found.append(PartyDraft(unit, PartRole.INFORM if approves else role, signs, approves))
        return found

    def _clauses(self, got: dict[str, Any]) -> list[ClauseDraft]:
        kept = dict(enumerate(draft_of(self.former).clauses, 1)) if self.former else {}
        found = []
        for prefix, _row in places(self.tree, "clauses"):
            said = {name: got.get(f"{prefix}{name}") or "" for name in ("label", "heading", "content", "text")}
            duties = _duties_of(kept.get(got.get(f"{prefix}was") or 0), said["text"])
            found.append(ClauseDraft(**said, depth=_ARTICLE if (depth := got.get(f"{prefix}depth")) is None else depth, duties=duties))
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


def head_of(version: Version, seen: str) -> dict[str, Any]:
    """The head of a version as the form shows it."""
    d = draft_of(version)
    areas = [str(area) for area in d.areas]
    return {
        "kind": d.kind, "title": d.title, "area": areas[0], "more_areas": "\n".join(areas[1:]), "valid_from": d.valid_from, "valid_until": d.valid_until,
        "review_months": d.review_months, "style": d.style, "situation": d.situation, "cleared_by": d.cleared_by, "cleared_on": d.cleared_on, "seen": seen,
    }  # fmt: skip


def tree_of(version: Version) -> Row:
    """Its parties and clauses as the form shows them."""
    d = draft_of(version)
    others = [p for p in d.parties if p.role != PartRole.LEAD]
    return {
        "parties": [{"unit": [p.unit.name], "role": [APPROVES if p.approves else p.role], **({"signs": ["on"]} if p.signs else {})} for p in others],
        "clauses": [{name: [getattr(c, name)] for name in ("depth", "label", "heading", "content", "text")} | {"was": [n]} for n, c in enumerate(d.clauses, 1)],
    }
