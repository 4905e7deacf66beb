"""Forms as our pages show them: ids for errors, the class of a control, dates as people write them. Never ``save()``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# The first is what a browser's date field sends; the others are what people type where it has none.
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M"]
_PLAIN = {"checkbox", "radio", "hidden", "range"}


class Bound(forms.BoundField):
    """A field that names its error and its hint to a screen reader, and carries our class."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if getattr(shown, "input_type", "") not in _PLAIN and "class" not in shown.attrs:
            built["class"] = "in"
        return built


class Form(forms.Form):
    """``answered``: what the writer was asked before and confirmed; it is sent along again."""

    bound_field_class = Bound
    verdict = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def answered(self) -> list[str]:
        return self.data.getlist("sure") if hasattr(self.data, "getlist") else []


class DateField(forms.DateField):
    """A day. "30/2/2026" is refused with a sentence."""

    default_error_messages = {"invalid": _("Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."), "required": _("Chọn ngày.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)


class MomentField(forms.DateTimeField):
    """A day and a time, in Vietnam."""

    default_error_messages = {"invalid": _("Không có thời điểm này. Viết như 21/11/2026 19:30."), "required": _("Chọn ngày, giờ.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(input_formats=MOMENT_FORMATS, **kwargs)


class TimeField(forms.TimeField):
    default_error_messages = {"invalid": _("Không có giờ này. Viết như 19:30."), "required": _("Chọn giờ.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(**kwargs)


class TextField(forms.CharField):
    """Free text of several lines. The gates judge it inside the action."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)
