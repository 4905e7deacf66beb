"""Addresses of the papers."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import book, copying, duty, link, sheet, signing

urlpatterns: list[Any] = [
    path("tuan-tra/so/", book.book),
    path("tuan-tra/danh-sach-ky/", signing.signing),
    path("tuan-tra/danh-sach-ky/in/", signing.list_to_print),
    path("tuan-tra/<str:code>/phieu/", sheet.sheet),
    path("tuan-tra/<str:code>/chep/", copying.copying),
    path("truc/so/", duty.book),
    path("xn/<str:token>/", link.link),
]
