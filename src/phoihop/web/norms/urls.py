"""Addresses of the pages of norms."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import listing, one

urlpatterns: list[Any] = [
    path("ke-hoach/mau-chu-ky/", listing.norms),
    path("ke-hoach/mau-chu-ky/rut/<int:pk>/", one.withdraw),
    path("ke-hoach/mau-chu-ky/<slug:norm>/", one.norm),
]
