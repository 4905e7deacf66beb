"""Addresses of the task pages."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import directives, entries, giving, listing, one, several

assert entries  # what it registers at import: where codes lead, what is recorded, finding
ONE = "nhiem-vu/<str:code>/"

urlpatterns: list[Any] = [
    path("nhiem-vu/", listing.tasks),
    path("nhiem-vu/moi/", giving.new),
    path("nhiem-vu/moi/cach-giao/", giving.mode),
    path("nhiem-vu/nhieu/", several.several),
    path("nhiem-vu/van-ban-den/", directives.book),
    path("nhiem-vu/van-ban-den/moi/", directives.register),
    path("nhiem-vu/van-ban-den/<str:code>/", directives.one),
    path(f"{ONE}tep/<int:pk>/", one.file),
    path(f"{ONE}<slug:act>/", one.do),
    path(ONE, one.task),
]
