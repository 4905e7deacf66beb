"""What is written down of a document beside its text: number, bases, who is asked and sent it, reviews, proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.models import AdoptionForm, Agreement, Clause, Norm, ProposalSource, ReviewOutcome, TakenUp
from phoihop.domain.agreements.queries.bases import bases_of
from phoihop.domain.agreements.queries.cascade import adoptions_of, own_adoption, units_in_scope
from phoihop.domain.agreements.queries.norms import holding
from phoihop.domain.agreements.queries.versions import last_agreed, names_of, shown_to
from phoihop.domain.figures.queries.holidays import working_days
from phoihop.domain.forces.models import Force, Unit
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from .. import faces
from ..forms import DateField, Form, TextField
from ..patrols.named import Reader
from ..uploads import file_field, uploads_of
from .naming import ONE_A_LINE, BasesMixin, document, filled, lines, units_in

ONE_LINE = _("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân.")


class ActForm(Form):
    """A form about one document, filled in by one post."""

    def __init__(self, *args: Any, post: Post, agreement: Agreement, **kwargs: Any) -> None:
        self.post, self.agreement, self.today = post, agreement, local_day(timezone.now())
        super().__init__(*args, **{"initial": self.known()} | kwargs)

    def known(self) -> dict[str, Any]:
        return {}

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data


class Plain(ActForm):
    """Nothing to fill in: the button says it all."""


class Numbering(ActForm):
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("05/QC-BCH, hoặc 149-KH/ĐUCA nếu là văn bản Đảng."))
    issued_on = DateField(label=_("Ngày ban hành"))


class Basing(BasesMixin, ActForm):
    def known(self) -> dict[str, Any]:
        return filled(bases_of(self.post, self.agreement, self.today))

    def clean(self) -> dict[str, Any]:
        self._drafts = self.read_bases(self.post, self.today)
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        return {"bases": self._drafts}


class OfForces(ActForm):
    """Units chosen by their force, all communes of the document's areas at once, or written by name."""

    forces = forms.MultipleChoiceField(label=_("Mọi đơn vị cấp xã của lực lượng"), required=False, widget=forms.CheckboxSelectMultiple)
    units = forms.CharField(label=_("Đơn vị khác"), required=False, widget=lines(), help_text=ONE_A_LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Force.objects.order_by("order").values_list("code", flat=True)
        self.declared("forces").choices = [(code, faces.name_of(faces.face(code))) for code in codes]

    def clean_units(self) -> list[Unit]:
        return units_in(self.cleaned_data["units"], Reader(self.post), self.today)

    def chosen(self) -> list[Unit]:
        """Those named and those of the forces ticked, without the parties."""
        codes: Sequence[str] = self.cleaned_data.get("forces", ())
        below = units_in_scope(self.agreement, self.today, list(Force.objects.filter(code__in=codes))) if codes else []
        return list(dict.fromkeys([*self.cleaned_data.get("units", ()), *below]))


class Asking(OfForces):
    """Asks those that were not asked before; those that were stand beside it with their answers. ``again``: a new day for who has not answered."""

    due_on = DateField(label=_("Hạn ban hành"))
    again = forms.BooleanField(label=_("Đặt hạn này cho cả đơn vị đã được yêu cầu mà chưa trả lời"), required=False)
    field_order = ("forces", "units", "due_on", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(adoptions_of(self.post, self.agreement, self.today))
        if not self._waiting():
            del self.fields["again"]

    def _waiting(self) -> list[Unit]:
        return [a.unit for a in self.asked if a.form == AdoptionForm.WAITING]

    def clean(self) -> dict[str, Any]:
        """Who was asked already is not asked again; if that is everybody, it is said."""
        got = super().clean() or {}
        there = {a.unit_id: a for a in self.asked}
        chosen = self.chosen()
        self._units = [unit for unit in chosen if unit.pk not in there] + (self._waiting() if got.get("again") else [])
        if chosen and not self._units and not self.errors:
            said = ngettext(
                "%(n)s đơn vị này đã được yêu cầu rồi: xem câu trả lời bên dưới.",
                "%(n)s đơn vị này đã được yêu cầu rồi: xem câu trả lời bên dưới.",
                len(chosen),
            )
            self.add_error("units", forms.ValidationError(said % {"n": len(chosen)}, code="asked-already"))
        return got

    def known(self) -> dict[str, Any]:
        """As many working days ahead as hold where the document is kept."""
        days = holding(self.agreement.matter.area_id, self.today).number(Norm.ADOPT_DAYS)
        return {"due_on": working_days().add(self.today, days)}

    def arguments(self) -> dict[str, Any]:
        return {"units": self._units, "due_on": self.cleaned_data["due_on"]}


class Sending(OfForces):
    def arguments(self) -> dict[str, Any]:
        return {"units": self.chosen()}


class Own(ActForm):
    """Begins with the text that the unit drafted from the one above, if it did."""

    own = forms.CharField(
        label=_("Văn bản riêng của đơn vị (mã hoặc số)"), max_length=60, help_text=_("Văn bản có đơn vị của bạn ký, có ghi văn bản cấp trên làm căn cứ.")
    )

    def known(self) -> dict[str, Any]:
        mine = own_adoption(self.post, self.agreement)
        return {"own": mine.own.matter.code if mine and mine.own else ""}

    def clean_own(self) -> Agreement:
        if (found := document(self.cleaned_data["own"], self.post, self.today)) is None:
            raise forms.ValidationError(now_("Không thấy văn bản này trong sổ. Kiểm tra lại mã hoặc số."), code="no-document")
        return found


class Reason(ActForm):
    reason = TextField(label=_("Lý do"), help_text=ONE_LINE, error_messages={"required": _("Cần nêu lý do, một dòng là đủ.")})


class Spreading(ActForm):
    stands_for = {"proofs": "proof"}
    held_on = DateField(label=_("Ngày quán triệt"))
    attendance = forms.IntegerField(label=_("Số lượt người dự"), min_value=0, widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    proof = file_field(_("Minh chứng"), required=False, help_text=_("Biên bản, danh sách đơn vị dự, ảnh hội trường; không kèm danh sách họ tên."))

    def known(self) -> dict[str, Any]:
        return {"held_on": self.today}

    def arguments(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "proof"}
        return said | {"proofs": uploads_of(self.cleaned_data["proof"])}


class Planning(ActForm):
    next_review = DateField(label=_("Ngày rà soát tới"), required=False)
    review_months = forms.IntegerField(label=_("Sau đó mỗi số tháng"), required=False, min_value=0)

    def known(self) -> dict[str, Any]:
        return {"next_review": self.agreement.next_review, "review_months": self.agreement.review_months}


class Reviewing(ActForm):
    held_on = DateField(label=_("Ngày rà soát"))
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    note = TextField(label=_("Nhận xét"), required=False, help_text=ONE_LINE)

    def known(self) -> dict[str, Any]:
        return {"held_on": self.today}


class Proposing(ActForm):
    clause = forms.ChoiceField(label=_("Điều, khoản"), required=False)
    source = forms.ChoiceField(label=_("Từ đâu"), choices=ProposalSource.choices)
    text = TextField(label=_("Đề xuất sửa thế nào, vì sao"), help_text=ONE_LINE, error_messages={"required": _("Hãy ghi đề xuất, một dòng là đủ.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clauses = {str(c.pk): c for c in _clauses(self.post, self.agreement)}
        names = names_of(self._clauses.values())
        named = [(key, " ".join(filter(None, (names[c.pk], c.heading.text if c.heading else "")))) for key, c in self._clauses.items()]
        self.declared("clause").choices = [("", _("toàn văn bản")), *named]

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"clause": self._clauses.get(self.cleaned_data["clause"])}


class Answering(ActForm):
    taken = forms.ChoiceField(label=_("Trả lời"), choices=[c for c in TakenUp.choices if c[0] != TakenUp.WAITING], widget=forms.RadioSelect)
    answer = TextField(label=_("Giải trình"), required=False, help_text=_("Bắt buộc khi không tiếp thu trọn vẹn. Một dòng là đủ."))


def _clauses(post: Post, agreement: Agreement) -> list[Clause]:
    """The clauses of the text that was agreed last; before one was, of the newest that the post may read."""
    version = last_agreed(agreement) or shown_to(post, agreement)
    return list(version.clauses.select_related("heading").filter(depth__lte=1).order_by("order"))
