"""Fields for one file, and what they hold. What a file is, is told by its content, within the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.kernel import gates
from phoihop.kernel.upload import Upload

_SCANS = ".pdf,.png,.jpg,.jpeg,.webp"


def file_field(label: Any, **more: Any) -> forms.FileField:
    said = {"required": _("Chọn tệp."), "missing": _("Chọn tệp."), "empty": _("Tệp này rỗng. Chọn lại tệp.")}
    return forms.FileField(label=label, error_messages=said, **more)


def scan_field(label: Any, *, text_too: bool = False, **more: Any) -> forms.FileField:
    """A scan of a paper; ``text_too``: or its text, as .docx."""
    accept = f"{_SCANS},.docx" if text_too else _SCANS
    plain: dict[str, Any] = {"required": False, "help_text": _("PDF hoặc ảnh."), "widget": forms.FileInput({"accept": accept})}
    return file_field(label, **plain | more)


def uploads_of(sent: Any) -> list[Upload]:
    """What a field for one file holds: it, or nothing. Not more of it is read than shows that it is too big."""
    return [Upload(sent.name, sent.read(gates.limits.upload + 1))] if sent else []
