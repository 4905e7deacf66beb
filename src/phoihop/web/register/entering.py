"""/ke-hoach/ghi-so/: an existing document comes into the register with its scan; /ke-hoach/ban-giay/: the other parties acknowledge the paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.actions.registering import acknowledge_many, register_on_paper
from phoihop.domain.agreements.models import AgreementKind, SituationKind
from phoihop.domain.agreements.queries.papers import to_acknowledge
from phoihop.domain.agreements.rules.drafts import AgreementDraft, PartyDraft
from phoihop.domain.agreements.rules.register import BUNDLE, RegisterDraft
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..forms import DateField, Form
from ..patrols.named import UNIT_HINT, UNITS, NameField, Reader, suggestions
from ..toasts import toast
from ..uploads import scan_field, uploads_of
from . import wording
from .naming import ONE_A_LINE, BasesMixin, lines, units_in


class Entering(BasesMixin, Form):
    """A document as the paper has it. The own unit is a party and keeps its record."""

    stands_for = {"scans": "scan"}
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=AgreementKind.choices)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("05/QC-BCH, hoặc 149-KH/ĐUCA nếu là văn bản Đảng."))
    issued_on = DateField(label=_("Ngày ban hành"))
    issuer = NameField(UNITS, label=_("Cơ quan ban hành"), help_text=UNIT_HINT)
    title = forms.CharField(label=_("Trích yếu"), max_length=300)
    parties = forms.CharField(label=_("Các bên khác cùng ký"), required=False, widget=lines(3), help_text=ONE_A_LINE)
    areas = forms.CharField(label=_("Địa bàn"), required=False, widget=lines(1), help_text=_("Để trống: địa bàn của đơn vị mình. Mỗi dòng một xã, phường."))
    valid_from = DateField(label=_("Có hiệu lực từ ngày"), required=False)
    valid_until = DateField(label=_("Hết hiệu lực từ ngày"), required=False)
    next_review = DateField(label=_("Ngày rà soát tới"), required=False)
    review_months = forms.IntegerField(label=_("Rà soát mỗi số tháng"), required=False, min_value=0)
    signers = forms.CharField(
        label=_("Người ký, theo chức vụ"), max_length=200, help_text=_("Không ghi họ tên: “Giám đốc Công an tỉnh, Chỉ huy trưởng Bộ CHQS tỉnh”.")
    )
    situation = forms.ChoiceField(
        label=_("Loại tình huống, với phương án có kèm bản quét"), required=False, choices=[("", _("không phải phương án")), *SituationKind.choices]
    )
    cleared_by = forms.CharField(label=_("Kế hoạch, phương án: cơ quan xác định không thuộc danh mục bí mật"), required=False, max_length=120)
    cleared_on = DateField(label=_("Ngày xác định"), required=False)
    scan = scan_field(_("Bản quét"), text_too=True, help_text=_("PDF, ảnh hoặc .docx. Chữ trong tệp được lấy ra để tìm và để kiểm tra dấu mật."))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        self.post, self.today = post, local_day(timezone.now())
        self._reader = Reader(post)
        super().__init__(*args, **kwargs)

    def clean_issuer(self) -> Unit:
        return self._reader.unit(self.cleaned_data["issuer"], self.today)

    def clean_parties(self) -> list[Unit]:
        return units_in(self.cleaned_data["parties"], self._reader, self.today)

    def clean_areas(self) -> list[Area]:
        named = [self._reader.area(line.strip(), self.today) for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        return named or [self.post.unit.area]

    def clean(self) -> dict[str, Any]:
        self._drafts = self.read_bases(self.post, self.today)
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        d = self.cleaned_data
        others = [unit for unit in d["parties"] if unit.pk != self.post.unit_id]
        head = AgreementDraft(
            kind=d["kind"], title=d["title"], areas=d["areas"],
            parties=[PartyDraft(self.post.unit, PartRole.LEAD), *(PartyDraft(unit, PartRole.SUPPORT) for unit in others)],
            valid_from=d["valid_from"], valid_until=d["valid_until"], review_months=d["review_months"], situation=d["situation"],
            cleared_by=d["cleared_by"], cleared_on=d["cleared_on"],
        )  # fmt: skip
        paper = RegisterDraft(head, d["issuer"], d["number"], d["issued_on"], self._drafts, d["next_review"], d["signers"])
        return {"draft": paper, "scans": uploads_of(d["scan"])}


@acting("agreement.register", time="none")
def entering(request: Acting) -> HttpResponse:
    form = Entering(request.POST or None, request.FILES or None, post=request.post, initial={"issuer": request.post.unit.name})
    if request.method == "POST" and (done := attempt(form, register_on_paper, by=request.post, at=timezone.now())):
        toast(request, now_("Đã ghi %(code)s vào sổ. Các bên khác được đề nghị ghi nhận bản giấy.") % {"code": done.result.matter.code})
        return go(request, wording.PAGE % done.result.matter.code)
    return page(request, "register/enter.html", form=form, **suggestions(request.post, local_day(timezone.now())))


class Ticks(Form):
    """Which documents are acknowledged."""

    chosen = forms.MultipleChoiceField(label=_("Văn bản"), error_messages={"required": _("Đánh dấu ít nhất một văn bản.")})

    def __init__(self, *args: Any, documents: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._documents = documents
        self.declared("chosen").choices = [(key, key) for key in documents]

    def arguments(self) -> dict[str, Any]:
        return {"agreements": [self._documents[key] for key in self.cleaned_data["chosen"]]}


@acting("agreement.paper", time="none")
def papers(request: Acting) -> HttpResponse:
    """Registered documents that wait for the own unit's word, the oldest first; up to a hundred with one button."""
    waiting = to_acknowledge(request.post, local_day(timezone.now()))
    found = {str(a.pk): a for a in waiting[:BUNDLE]}
    form = Ticks(request.POST or None, documents=found)
    if request.method == "POST" and (done := attempt(form, acknowledge_many, by=request.post, at=timezone.now())):
        n = len(done.result)
        toast(request, ngettext("Đã ghi nhận %(n)s bản giấy.", "Đã ghi nhận %(n)s bản giấy.", n) % {"n": n})
        return go(request, "/ke-hoach/ban-giay/")
    rows = [{"agreement": a, "title": wording.title_of(a), "url": wording.PAGE % a.matter.code, "key": key} for key, a in found.items()]
    return page(request, "register/papers.html", form=form, rows=rows, more=max(0, waiting.count() - len(rows)))
