"""Addresses of the import pages."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from ..shell import Entry, record
from . import columns, lines, mending, moving, preview, uploading

urlpatterns: list[Any] = [
    path("tuan-tra/nhap/", uploading.imports),
    path("tuan-tra/nhap/<int:pk>/", preview.preview),
    path("tuan-tra/nhap/<int:pk>/tien-do/", preview.progress),
    path("tuan-tra/nhap/<int:pk>/sua-het/", mending.alike),
    path("tuan-tra/nhap/<int:pk>/sua/<int:row>/", mending.one),
    path("tuan-tra/nhap/<int:pk>/dong/<int:row>/", lines.line),
    path("tuan-tra/nhap/<int:pk>/cot/", columns.columns),
    path("tuan-tra/nhap/<int:pk>/cho-nhap/", moving.releasing),
    path("tuan-tra/nhap/<int:pk>/rut/", moving.withdrawing),
]

record(Entry("/tuan-tra/nhap/", _("Nhập sổ tuần tra từ tệp"), icon="file-spreadsheet", order=60, permission="patrol.import"))
