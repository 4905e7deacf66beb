"""Addresses of the pages of units."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import doing, listing, unit

urlpatterns: list[Any] = [
    path("luc-luong/", listing.units),
    path("luc-luong/lap/", doing.founding),
    path("luc-luong/<str:key>/", unit.unit),
    path("luc-luong/<str:key>/quan-he/<int:pk>/thoi/", doing.ending_relation),
    path("luc-luong/<str:key>/dau-moi/<int:pk>/thoi/", doing.ending_contact),
    path("luc-luong/<str:key>/dau-moi/<int:pk>/thu/", doing.testing),
    path("luc-luong/<str:key>/<slug:path>/", doing.deed),
]
