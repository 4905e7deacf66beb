"""Fields for files, and what they hold. What a file is, is told by its content, within the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
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


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        return [upload_of(one) for one in data or ()]


def files_field(label: Any, **more: Any) -> forms.FileField:
    """Any number of files, or none; cleaned, it holds their uploads."""
    return _FilesField(label=label, required=False, **more)


def upload_of(sent: UploadedFile) -> Upload:
    """A file as an action takes it. Not more of it is read than shows that it is too big."""
    return Upload(sent.name or "", sent.read(gates.limits.upload + 1))


def uploads_of(sent: Any) -> list[Upload]:
    """What a field for one file holds: it, or nothing."""
    return [upload_of(sent)] if sent else []
