"""Addresses of the pages about limits."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import views

urlpatterns: list[Any] = [
    path("gioi-han/", views.limits),
    path("gioi-han/co-che/", views.coverage),
]
