"""Addresses of the pages of areas."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import views

urlpatterns: list[Any] = [
    path("dia-ban/", views.areas),
    path("dia-ban/kiem-tra/", views.checked),
    path("dia-ban/<str:code>/", views.area),
]
