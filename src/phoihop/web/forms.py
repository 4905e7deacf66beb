"""Forms as our pages show them: ids for errors, the class of a control, dates as people write them. Never ``save()``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.kernel import gates
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.verdict import Verdict

from .written import read_day, read_time

_PLAIN = {"checkbox", "radio", "hidden", "range"}
_UNSAID = forms.Field.default_error_messages["required"]  # Django's own sentence, which names no field; a summary of three of them would help nobody


class Bound(forms.BoundField):
    """A field that names its error and its hint to a screen reader, and carries our class. A file that is too large is told before it travels (js/file-size.js)."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if getattr(shown, "input_type", "") not in _PLAIN and "class" not in shown.attrs:
            built["class"] = "in"
        if isinstance(self.field, forms.FileField) and "data-most-bytes" not in shown.attrs:
            most = gates.limits.upload
            said = now_("Tệp quá lớn: máy chủ này nhận tệp đến %(n)s MB. Nén hoặc chia nhỏ tệp rồi chọn lại.")
            built |= {"data-most-bytes": str(most), "data-too-big": said % {"n": most // gates.MEGABYTE}}
        return built


class Unclear(forms.ValidationError):
    """What was typed may mean several things, or one that is no more: ``offers`` are values that would settle it, with their words."""

    def __init__(self, message: Any, offers: Sequence[tuple[str, str]] = (), code: str = "unclear") -> None:
        super().__init__(message, code=code)
        self.offers = tuple(offers)


class Form(forms.Form):
    """``answered``: what the writer was asked before and confirmed; it is sent along again. ``offers``: by field, buttons that settle it.
    ``stands_for``: what the action calls otherwise, and the field that gives it.
    """

    bound_field_class = Bound
    stands_for: Mapping[str, str] = {}
    verdict: Verdict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.offers: dict[str, Sequence[tuple[str, str]]] = {}

    def declared(self, name: str) -> Any:
        """A field as the kind that it was declared as; Django knows it as a field only."""
        return self.fields[name]

    def add_error(self, field: str | None, error: Any) -> None:
        if field in self.fields and getattr(error, "message", "") == _UNSAID:
            error = forms.ValidationError(now_("Hãy điền “%(what)s”.") % {"what": self.fields[field].label}, code="required")
        super().add_error(field, error)
        if field and isinstance(error, Unclear):
            self.offers[field] = error.offers

    @property
    def answered(self) -> list[str]:
        return self.data.getlist("sure") if hasattr(self.data, "getlist") else []


class DayInput(forms.DateInput):
    """A day as text; js/days.js adds the browser's calendar behind a button."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"inputmode": "numeric", "placeholder": _("ngày/tháng/năm"), "autocomplete": "off", "data-day": True}
        super().__init__(plain | (attrs or {}), format="%d/%m/%Y")


class ClockInput(forms.TimeInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"inputmode": "numeric", "placeholder": _("giờ:phút"), "autocomplete": "off"}
        super().__init__(plain | (attrs or {}), format="%H:%M")


class DateField(forms.DateField):
    """A day. "30/2/2026" is refused with a sentence."""

    widget = DayInput
    default_error_messages = {"invalid": _("Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."), "required": _("Chọn ngày.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        if (found := read_day(str(value), local_day(timezone.now()))) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class TimeField(forms.TimeField):
    """A time of day: 20:30, 20h30, 2030."""

    widget = ClockInput
    default_error_messages = {"invalid": _("Không có giờ này. Viết như 19:30."), "required": _("Chọn giờ.")}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        if (found := read_time(str(value))) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class MomentInput(forms.MultiWidget):
    """A day and a time side by side."""

    template_name = "ui/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        named = ({"aria-label": _("Ngày"), "class": "in"}, {"aria-label": _("Giờ"), "class": "in"})
        super().__init__((DayInput(named[0]), ClockInput(named[1])), attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        here = value.astimezone(HOME) if value else None
        return [here.date(), here.time()] if here else [None, None]


class MomentField(forms.MultiValueField):
    """A day and a time, in Vietnam; the answer is aware of it."""

    widget = MomentInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__((DateField(), TimeField()), require_all_fields=True, error_messages={"required": _("Chọn ngày và giờ.")}, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list:
            return None
        if None in data_list:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return datetime.combine(data_list[0], data_list[1], HOME)


class TextField(forms.CharField):
    """Free text of several lines. The gates judge it inside the action. ``needed``: a rule asks for it, in its own words; the label promises nothing else."""

    def __init__(self, *, needed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs | ({"required": False} if needed else {}))
        self.needed = needed
