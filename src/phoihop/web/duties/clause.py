"""/ke-hoach/<mã>/phan-cong/<thứ tự>/: what one clause asks of whom, laid down with the clause's text beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.duties import lay_duties
from phoihop.domain.agreements.models import Cadence, Clause, ContentArea, DutyAct
from phoihop.domain.agreements.queries.drafted import duty_drafts
from phoihop.domain.agreements.queries.versions import clauses_of, current, digest_now, names_of
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.drafts import DutyDraft, DutyRoleDraft
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.domain.forces.models import Force, Unit
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import local_day

from .. import faces
from ..base import Acting, acting, attempt, go, no_access, page
from ..forms import DateField, Form
from ..patrols.named import UNIT_HINT, UNITS, NameField, Reader, suggestions
from ..toasts import toast
from ..written import read_number
from . import wording
from .frame import agreement_of

_LEVELS = [(level, Level(level).label) for level in (Level.PROVINCE, Level.COMMUNE, Level.HAMLET)]
_NONE = [("", _("không tham gia"))]


class Laying(Form):
    """One duty of the clause: ``n`` is its place among them, empty for a new one. A force's part is a field of its own."""

    act = forms.ChoiceField(label=_("Việc phải làm"), choices=DutyAct)
    level = forms.ChoiceField(label=_("Cấp thực hiện"), choices=_LEVELS, initial=Level.COMMUNE)
    cadence = forms.ChoiceField(label=_("Định kỳ"), choices=Cadence, initial=Cadence.MONTH)
    due_workdays = forms.IntegerField(label=_("Hạn: số ngày làm việc sau khi hết kỳ"), required=False)
    due_day = forms.IntegerField(label=_("Hạn: ngày trong tháng cuối kỳ"), required=False)
    due_on = DateField(label=_("Hạn: một ngày đã định"), required=False)
    within_minutes = forms.IntegerField(label=_("Khi có yêu cầu: làm trong số phút"), required=False)
    grace_workdays = forms.IntegerField(label=_("Quá hạn mấy ngày làm việc thì báo đơn vị giao"), required=False)
    onward = forms.IntegerField(label=_("Thông tin được chuyển tiếp mấy cấp"), required=False, min_value=0)
    unit = NameField(UNITS, label=_("Đơn vị có tên"), required=False, help_text=UNIT_HINT)
    unit_role = forms.ChoiceField(label=_("Vai của đơn vị có tên"), choices=_NONE + list(PartRole.choices), required=False)
    content = forms.ChoiceField(label=_("Nội dung phối hợp của điều này"), choices=[("", _("chưa chọn")), *ContentArea.choices], required=False)
    n = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, post: Post, duties: Sequence[DutyDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post, self._duties = post, duties
        self.forces = list(Force.objects.order_by("order"))
        for force in self.forces:
            name = faces.name_of(faces.face(force.code))
            self.fields[f"force_{force.code}"] = forms.ChoiceField(label=name, choices=_NONE + list(PartRole.choices), required=False)

    @property
    def parts(self) -> list[Any]:
        return [self[f"force_{force.code}"] for force in self.forces]

    @cached_property
    def _today(self) -> Any:
        return local_day(timezone.now())

    def clean_unit(self) -> Unit | None:
        said = self.cleaned_data["unit"].strip()
        return Reader(self._post).unit(said, self._today) if said else None

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or self.cleaned_data)
        if told.get("unit") and not told.get("unit_role"):
            self.add_error("unit_role", _("Chọn vai cho đơn vị có tên."))
        return told

    def arguments(self) -> dict[str, Any]:
        """All duties of the clause with this one in its place."""
        d = self.cleaned_data
        duties = list(self._duties)
        if (n := d["n"]) is not None and n < len(duties):
            duties[n] = self._duty(d, duties[n].sentence)
        else:
            duties.append(self._duty(d, None))
        return {"duties": duties, "seen": d["seen"], "content": d["content"]}

    def _duty(self, d: Mapping[str, Any], sentence: tuple[int, int] | None) -> DutyDraft:
        roles = [DutyRoleDraft(d[f"force_{f.code}"], force=f) for f in self.forces if d.get(f"force_{f.code}")]
        if d["unit"]:
            roles.append(DutyRoleDraft(d["unit_role"], unit=d["unit"]))
        return DutyDraft(
            d["act"],
            d["level"],
            d["cadence"],
            roles,
            d["due_workdays"],
            d["due_day"],
            d["due_on"],
            d["within_minutes"],
            d["onward"] or 0,
            sentence,
            d["grace_workdays"],
        )


class Dropping(Form):
    """Take a duty of the clause away."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, duties: Sequence[DutyDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._duties = duties

    def arguments(self) -> dict[str, Any]:
        return {"duties": [d for n, d in enumerate(self._duties) if n != self.cleaned_data["n"]], "seen": self.cleaned_data["seen"]}


@acting("agreement.draft", time="none")
def edit(request: Acting, code: str, order: int) -> HttpResponse:
    """The text of the clause, what it lays down, and a form for one duty: a new one, or one of those there (``?viec=``)."""
    agreement = agreement_of(request, code)
    if not (verdict := may_change(request.post, agreement, local_day(timezone.now()))):
        return no_access(request, verdict)
    version = current(agreement)
    clauses = list(clauses_of(version))
    if not 1 <= order <= len(clauses):
        raise Http404
    clause = clauses[order - 1]
    duties = duty_drafts(clause)
    if request.method == "POST":
        drops = "bo" in request.POST
        form: Form = Dropping(request.POST, duties=duties) if drops else Laying(request.POST, post=request.post, duties=duties)
        if attempt(form, lay_duties, by=request.post, agreement=agreement, clause=order, at=timezone.now()):
            toast(request, _("Đã bỏ việc phải làm.") if drops else _("Đã ghi việc phải làm."))
            return go(request, f"/ke-hoach/{agreement.matter.code}/phan-cong/{order}/")
        laying = form if isinstance(form, Laying) else Laying(post=request.post, duties=duties, initial=_initial(duties, None, clause, digest_now(version)))
    else:
        form = laying = Laying(post=request.post, duties=duties, initial=_initial(duties, _asked(request, len(duties)), clause, digest_now(version)))
    return page(
        request,
        "duties/clause.html",
        agreement=agreement,
        clause=clause,
        name=names_of([clause])[clause.pk],
        duties=[_told(n, d) for n, d in enumerate(duties)],
        marks=_marks(clause, duties),
        form=form,
        laying=laying,
        chosen=laying["n"].value(),
        seen=digest_now(version),
        sent=is_sent(version),
        order=order,
        before=order - 1,
        after=order + 1 if order < len(clauses) else 0,
        **suggestions(request.post, local_day(timezone.now())),
    )


def _asked(request: Acting, count: int) -> int | None:
    asked = read_number(request.GET.get("viec"), 3)
    return asked if asked is not None and asked < count else None


def _initial(duties: Sequence[DutyDraft], n: int | None, clause: Clause, seen: str) -> dict[str, Any]:
    """The form as it begins: empty, or with the duty that is to be mended."""
    known: dict[str, Any] = {"content": clause.content, "seen": seen}
    if n is None:
        return known
    d = duties[n]
    known |= {name: getattr(d, name) for name in ("act", "level", "cadence", "due_workdays", "due_day", "due_on", "within_minutes", "onward", "grace_workdays")}
    known |= {f"force_{r.force.code}": r.role for r in d.roles if r.force}
    named = next((r for r in d.roles if r.unit), None)
    return known | {"n": n, "unit": named.unit.name if named and named.unit else "", "unit_role": named.role if named else ""}


def _told(n: int, d: DutyDraft) -> dict[str, Any]:
    parts = [(wording.role(r.role), r.role == PartRole.LEAD, r.unit, r.force) for r in d.roles]
    return {"n": n, "act": wording.act(d), "level": Level(d.level).label, "cadence": wording.cadence(d), "parts": parts}


def _marks(clause: Clause, duties: Sequence[DutyDraft]) -> list[tuple[str, bool]]:
    """The clause's text in pieces, each with whether some duty rests on it."""
    text = clause.text.text if clause.text else ""
    spans = sorted({d.sentence for d in duties if d.sentence})
    pieces, at = [], 0
    for first, until in spans:
        if first >= at:
            pieces += [(text[at:first], False), (text[first:until], True)]
            at = until
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
