"""/ke-hoach/doc-tep/<n>/lap/: the head once more, and the agreement; /bo/: the file goes, and all that was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.models import AgreementKind, SituationKind
from phoihop.domain.agreements.queries.reading import Cited, Overview, cited, terms_of
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.reading.turning import Terms, left_out, no_party
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form
from ..patrols.named import UNIT_HINT, UNITS, NameField, Reader, suggestions
from ..register.naming import BASES, ONE_A_LINE, BasesMixin, drafted, lines, units_in
from ..toasts import toast
from .found import LIST, address, of_reading


class Confirming(BasesMixin, Form):
    """The head of the document, as it was read; the own unit keeps the record and is its first party. What the register has not stands in quotation marks."""

    field_order = ("kind", "title", "on_paper", "number", "issued_on", "issuer", "signers", "parties", *BASES)
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=AgreementKind.choices)
    title = forms.CharField(label=_("Trích yếu"), max_length=300, widget=lines(3))
    on_paper = forms.BooleanField(
        label=_("Văn bản này đã ký trên giấy: ghi vào sổ, từng bên ghi nhận bản giấy"),
        required=False,
        help_text=_("Bỏ chọn nếu chưa ký: máy lập dự thảo để lấy ý kiến rồi cùng ký."),
    )
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False, help_text=_("05/QC-BCH, hoặc 149-KH/ĐUCA nếu là văn bản Đảng."))
    issued_on = DateField(label=_("Ngày ban hành"), required=False)
    issuer = NameField(UNITS, label=_("Cơ quan ban hành"), help_text=UNIT_HINT, required=False)
    signers = forms.CharField(
        label=_("Người ký, theo chức vụ"),
        max_length=200,
        required=False,
        help_text=_("Không ghi họ tên: “Giám đốc Công an tỉnh, Chỉ huy trưởng Bộ CHQS tỉnh”."),
    )
    parties = forms.CharField(label=_("Các bên khác cùng ký"), required=False, widget=lines(3), help_text=ONE_A_LINE)
    areas = forms.CharField(label=_("Địa bàn"), required=False, widget=lines(1), help_text=_("Để trống: địa bàn của đơn vị mình. Mỗi dòng một xã, phường."))
    valid_from = DateField(label=_("Có hiệu lực từ ngày"), required=False)
    valid_until = DateField(label=_("Hết hiệu lực từ ngày"), required=False)
    review_months = forms.IntegerField(label=_("Rà soát mỗi số tháng"), required=False, min_value=0)
    situation = forms.ChoiceField(label=_("Loại tình huống, với kế hoạch sự kiện và phương án"), required=False, choices=[("", "–"), *SituationKind.choices])
    cleared_by = forms.CharField(label=_("Kế hoạch, phương án: cơ quan xác định không thuộc danh mục bí mật"), required=False, max_length=120)
    cleared_on = DateField(label=_("Ngày xác định"), required=False)
    as_asked = forms.BooleanField(label=_("Việc không nói rõ định kỳ thì coi là “khi có yêu cầu, khi phát sinh”"), required=False)

    def __init__(self, data: Any, post: Post, terms: Terms, named: Sequence[Cited]) -> None:
        self.post, self.today = post, local_day(timezone.now())
        self._reader = Reader(post)
        super().__init__(data, initial=_filled(terms, post) | drafted({one.draft.key: one.draft for one in named}.values()))

    def clean_issuer(self) -> Unit:
        said = self.cleaned_data["issuer"]
        return self._reader.unit(said, self.today) if said.strip() else self.post.unit

    def clean_parties(self) -> list[Unit]:
        return units_in(self.cleaned_data["parties"], self._reader, self.today)

    def clean_areas(self) -> list[Area]:
        named = [self._reader.area(line.strip(), self.today) for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        return named or [self.post.unit.area]

    def clean(self) -> dict[str, Any]:
        self._drafts = self.read_bases(self.post, self.today)
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        d = {name: value for name, value in self.cleaned_data.items() if name not in BASES}
        others = [unit for unit in d.pop("parties") if unit.pk != self.post.unit_id]
        parties = [PartyDraft(self.post.unit, PartRole.LEAD), *(PartyDraft(unit, PartRole.SUPPORT) for unit in others)]
        return {"terms": Terms(**d, parties=parties, bases=self._drafts)}


def _filled(terms: Terms, post: Post) -> dict[str, Any]:
    plain = ("kind", "title", "on_paper", "number", "issued_on", "signers", "valid_from", "valid_until")
    others = [p.unit.name for p in terms.parties if p.unit.pk != post.unit_id]
    issuer = terms.issuer.name if terms.issuer else ""
    given = {name: getattr(terms, name) for name in plain} | {"parties": "\n".join(others), "issuer": issuer}
    if terms.kind == AgreementKind.REGULATION and terms.title[:1].islower():  # under "QUY CHẾ PHỐI HỢP" stood "giữa …": one sentence in the register
        with override("vi"):  # a document's own words, whatever the reader's language
            given["title"] = f"{AgreementKind.REGULATION.label} {terms.title}"
    return given


@acting("agreement.draft", time="none")
@of_reading
def confirming(request: Acting, seen: Overview) -> HttpResponse:
    """The one act that makes an agreement of a reading. Nothing was stored as one before."""
    if seen.staged is None:
        return HttpResponseRedirect(address(seen.reading.pk))
    today = local_day(timezone.now())
    named = cited(request.post, seen.staged, seen.reading.text, today)
    form = Confirming(request.POST or None, request.post, terms_of(request.post, seen.staged, today), named)
    if request.method == "POST" and (done := attempt(form, actions.confirm, by=request.post, reading=seen.reading, at=timezone.now())):
        toast(request, now_("Đã lập %(code)s từ tệp.") % {"code": done.result.matter.code})
        return go(request, address(seen.reading.pk))
    strange = list(dict.fromkeys(one.draft.cited for one in named if not one.known))
    more: dict[str, Any] = {
        "left": len(seen.staged.undecided), "out": left_out(seen.staged, as_asked=False), "strangers": no_party(seen.staged), "outside": strange,
        "may_add": may(request.post, "instrument.manage"), "unnamed": seen.staged.proposal.head.unnamed,
    }  # fmt: skip
    return page(request, "reading/confirm.html", form=form, reading=seen.reading, **more, **suggestions(request.post, today))


@acting("agreement.draft", time="none")
@of_reading
def dropping(request: Acting, seen: Overview) -> HttpResponse:
    """The file and everything that was read of it are erased."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, actions.drop, by=request.post, reading=seen.reading, at=timezone.now()):
        toast(request, now_("Đã bỏ tệp."))
        return go(request, LIST)
    return page(request, "reading/drop.html", form=form, reading=seen.reading)
