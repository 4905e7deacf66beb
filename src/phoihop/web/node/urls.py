"""Addresses of the pages about the node."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import journal, state, work

urlpatterns: list[Any] = [
    path("quan-tri/may-chu/", state.state),
    path("quan-tri/may-chu/kiem-tra-nhat-ky/", state.prove),
    path("quan-tri/nhat-ky/", journal.journal),
    path("viec/<uuid:key>/", work.job),
    path("viec/<uuid:key>/dung/", work.stopping),
]
