"""Laying down a value for the reader's own area: a field that fits the kind of the norm, the basis by number, words, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Cadence, ContentArea, LinkKind, Norm
from phoihop.domain.agreements.rules.norms import OFTEN, SHIPPED, Kind
from phoihop.domain.people.models import Post

from ..forms import DateField, Form, TextField
from ..register.naming import bases_in

_UNITS = {Kind.DAYS: _("Số ngày làm việc"), Kind.MONTHS: _("Số tháng")}


def _value_field(norm: Norm) -> forms.Field:
    kind = SHIPPED[norm].kind
    if kind == Kind.CADENCE:
        return forms.ChoiceField(label=_("Chu kỳ ở địa bàn này"), choices=[(c, Cadence(c).label) for c in OFTEN])
    if kind == Kind.ASKED:
        return forms.ChoiceField(label=_("Ở địa bàn này"), choices=[("1", _("bắt buộc")), ("0", _("không bắt buộc"))], widget=forms.RadioSelect)
    if kind == Kind.CONTENTS:
        return forms.MultipleChoiceField(
            label=_("Nội dung phải có ở địa bàn này"), choices=ContentArea.choices, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Chọn ít nhất một nội dung.")},
        )  # fmt: skip
    return forms.CharField(label=_UNITS[kind], max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


class Setting(Form):
    """``held``: what holds there now, with which the form begins."""

    basis = forms.CharField(
        label=_("Căn cứ"), max_length=120, help_text=_("Số, ký hiệu một văn bản pháp lý, hoặc mã, số một văn bản trong sổ."),
        error_messages={"required": _("Ghi căn cứ: một văn bản pháp lý, hoặc một văn bản trong sổ.")},
    )  # fmt: skip
    why = TextField(
        label=_("Lý do bằng lời"), error_messages={"required": _("Chưa có nội dung.")}, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Điều, khoản nào, vì sao ở đây khác. Không ghi họ tên, giấy tờ, số điện thoại của người dân."),
    )  # fmt: skip
    valid_from = DateField(label=_("Áp dụng từ ngày"))
    valid_until = DateField(label=_("Áp dụng đến trước ngày"), required=False, help_text=_("Để trống: đến khi rút."))

    def __init__(self, *args: Any, post: Post, norm: Norm, held: str, today: date, first: date, **kwargs: Any) -> None:
        begin = held.split(",") if SHIPPED[norm].kind == Kind.CONTENTS else held
        super().__init__(*args, **{"initial": {"value": begin, "valid_from": first}} | kwargs)
        self.fields = {"value": _value_field(norm), **self.fields}
        self._post, self._norm, self._today = post, norm, today

    def clean_basis(self) -> Any:
        """One instrument, or one document that the writer sees."""
        found = bases_in(self.cleaned_data["basis"], LinkKind.IMPLEMENTS, self._post, self._today)
        if found and found[0].cited:
            raise forms.ValidationError(now_("Căn cứ của một mức phải là văn bản pháp lý trong danh mục, hoặc văn bản trong sổ."), code="outside")
        if len(found) != 1:
            raise forms.ValidationError(now_("Ghi một căn cứ; các căn cứ khác kể ở ô dưới."), code="several")
        return found[0]

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        basis, value = told.pop("basis"), told.pop("value")
        return (
            told
            | {"instrument": basis.instrument, "agreement": basis.earlier}
            | {"norm": self._norm.value, "value": ",".join(value) if isinstance(value, list) else value}
        )


class Withdrawing(Form):
    reason = TextField(label=_("Lý do rút"), widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Cần nêu lý do, một dòng là đủ.")})
