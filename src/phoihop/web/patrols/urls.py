"""Addresses of the patrol pages."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import listing
from .month import views as month

urlpatterns: list[Any] = [
    path("tuan-tra/", listing.patrols),
    path("tuan-tra/thang/", month.month),
    path("tuan-tra/thang/hoan-tac/", month.undo),
]
