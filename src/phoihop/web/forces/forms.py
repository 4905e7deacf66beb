"""Forms about units. Each one's ``arguments()`` are those of its action."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Force, MeansKind, RelationKind, Unit, UnitKind
from phoihop.domain.forces.queries import letterhead_of, means_of
from phoihop.domain.forces.queries.units import units_kept
from phoihop.domain.forces.rules.judging import HeadDraft, UnitDraft
from phoihop.domain.territory.models import Area, AreaClosure, Level, Tree
from phoihop.domain.territory.queries import areas_below, exists_on
from phoihop.kernel.duty_number import DutyNumber

from .. import faces
from ..areas.naming import area_named
from ..forms import DateField, Form, Unclear
from ..people.fields import UnitField
from ..scope import province_of

ABOVE, BELOW = "tren", "duoi"


class DutyNumberField(forms.CharField):
    """A duty's telephone number, as dialled in the country."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return DutyNumber(text)
        except ValueError:
            raise forms.ValidationError(_("Số trực chỉ gồm 3 đến 11 chữ số, như 0275 3822 345 hoặc 113."), code="number") from None


class Deed(Form):
    """A form about one unit on a day. ``day`` is always asked last."""

    day = DateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, unit: Unit, home: str, on: date, **kwargs: Any) -> None:
        self.unit, self.on = unit, on
        kwargs["initial"] = {"day": on, **self.known(unit, on), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "day"), "day"])
        self.prepare(home)

    def known(self, unit: Unit, on: date) -> dict[str, Any]:
        """What is known already, to begin with."""
        return {}

    def prepare(self, home: str) -> None:
        """Fill what is to be chosen from. ``home``: the node whose units are offered."""

    def arguments(self) -> dict[str, Any]:
        return {"unit": self.unit, **self.cleaned_data}


class ContactForm(Deed):
    label = forms.CharField(label=_("Tên đầu mối"), max_length=80, help_text=_("Tên phiên trực hoặc chức danh, không ghi tên người: Trực chỉ huy."))
    number = DutyNumberField(label=_("Số điện thoại trực"), max_length=20, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}))


class MeansForm(Deed):
    day = DateField(label=_("Tính đến ngày"))

    def prepare(self, home: str) -> None:
        for kind in MeansKind:
            self.fields[kind.value] = forms.IntegerField(label=kind.label, required=False, widget=forms.TextInput({"inputmode": "numeric"}))
        self.order_fields([*MeansKind.values, "day"])

    def known(self, unit: Unit, on: date) -> dict[str, Any]:
        return {row.kind: row.count for row in means_of([unit], on)}

    def arguments(self) -> dict[str, Any]:
        counts = {kind: self.cleaned_data[kind] for kind in MeansKind.values if self.cleaned_data.get(kind) is not None}
        return {"unit": self.unit, "counts": counts, "day": self.cleaned_data["day"]}


class HeadForm(Deed):
    superior = forms.CharField(label=_("Cơ quan chủ quản"), required=False, help_text=_("Dòng trên, như BỘ CÔNG AN; cơ quan đứng đầu hệ thống thì để trống."))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), help_text=_("Dòng dưới, in đậm."))
    symbol = forms.CharField(label=_("Ký hiệu sau loại văn bản"), help_text=_("Như CAT-PV01 trong số 12/BC-CAT-PV01."))
    place = forms.CharField(label=_("Địa danh"))
    signer = forms.CharField(label=_("Chức danh người ký"), help_text=_("Như GIÁM ĐỐC; không ghi tên."))
    reports_to = forms.CharField(label=_("Kính gửi"), required=False, help_text=_("Nơi nhận báo cáo lên."))
    archive = forms.CharField(label=_("Nơi lưu"), initial="VT")

    def known(self, unit: Unit, on: date) -> dict[str, Any]:
        head = letterhead_of(unit, on)
        names = ("superior", "issuer", "symbol", "place", "signer", "reports_to", "archive")
        return {name: getattr(head, name) for name in names} if head else {}

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        day = given.pop("day")
        return {"unit": self.unit, "head": HeadDraft(**given), "day": day}


class RelationForm(Deed):
    other = UnitField(label=_("Với đơn vị"))
    kind = forms.ChoiceField(label=_("Quan hệ"), choices=RelationKind.choices)
    side = forms.ChoiceField(label=_("Đơn vị này ở bên"), choices=[(BELOW, _("dưới: được chỉ đạo, hướng dẫn")), (ABOVE, _("trên: chỉ đạo, hướng dẫn"))])
    basis = forms.CharField(label=_("Căn cứ"), required=False, max_length=120)

    def prepare(self, home: str) -> None:
        self.declared("other").offer(units_kept(home, self.on).exclude(pk=self.unit.pk))

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        other, above = given.pop("other"), given.pop("side") == ABOVE
        return {"upper": self.unit if above else other, "lower": other if above else self.unit, **given}


class CoverForm(Deed):
    areas = forms.MultipleChoiceField(
        label=_("Xã, phường phụ trách ngoài địa bàn của đơn vị"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Từ ngày đó đúng những nơi được chọn."),
    )

    def prepare(self, home: str) -> None:
        above = AreaClosure.objects.filter(area=self.unit.area, ancestor__level=Level.PROVINCE, ancestor__tree=Tree.CIVIL, valid_from__lte=self.on)
        province = above.filter(valid_until__gt=self.on).select_related("ancestor").first()
        self.communes = {a.code: a for a in areas_below(province.ancestor, self.on)} if province else {}
        self.declared("areas").choices = [(code, str(a)) for code, a in self.communes.items()]

    def known(self, unit: Unit, on: date) -> dict[str, Any]:
        return {"areas": [row.area.code for row in unit.covers.filter(exists_on(on)).select_related("area")]}

    def arguments(self) -> dict[str, Any]:
        return {"unit": self.unit, "areas": [self.communes[code] for code in self.cleaned_data["areas"]], "day": self.cleaned_data["day"]}


class SuccessionForm(Deed):
    new = UnitField(label=_("Đơn vị tiếp nhận"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=120, help_text=_("Số, ngày của quyết định."))
    day = DateField(label=_("Từ ngày"), help_text=_("Từ ngày này đơn vị cũ kết thúc."))

    def prepare(self, home: str) -> None:
        self.declared("new").offer(units_kept(home, self.on).exclude(pk=self.unit.pk))

    def arguments(self) -> dict[str, Any]:
        return {"old": self.unit, **self.cleaned_data}


class FoundingForm(Form):
    force = forms.ChoiceField(label=_("Lực lượng"))
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices, initial=UnitKind.TEAM)
    area = forms.CharField(label=_("Địa bàn"), max_length=120, help_text=_("Tên hoặc mã: Xã Bảo Thạnh, 29125."))
    name = forms.CharField(label=_("Tên"), max_length=200)
    short = forms.CharField(label=_("Tên gọn"), required=False, max_length=200)
    mark = forms.CharField(label=_("Ký hiệu"), required=False, max_length=12, help_text=_("Chỉ khi là đơn vị thứ hai cùng loại ở địa bàn."))
    under = UnitField(label=_("Đơn vị chỉ đạo"), required=False)
    day = DateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, home: str, on: date, area: Area | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": on, "area": area.code if area else ""}, **kwargs)
        self._within = province_of(area, on) if area else None
        self.declared("force").choices = [(f.code, faces.name_of(faces.face(f.code, on))) for f in Force.objects.order_by("order")]
        self.declared("under").offer(units_kept(home, on))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("area") and said.get("day"):
            try:
                said["area"] = area_named(said["area"], said["day"], self._within)
            except Unclear as problem:
                self.add_error("area", problem)
        return said

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        day = given.pop("day")
        return {"draft": UnitDraft(**given), "day": day}


class EndingForm(Form):
    day = DateField(label=_("Thôi từ ngày"))
