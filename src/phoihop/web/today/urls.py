"""Addresses of the board."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import acts, views

urlpatterns: list[Any] = [
    path("", views.today),
    path("hom-nay/moi/", views.fresh),
    path("hom-nay/nhan-loi/<int:pk>/", acts.accept),
    path("hom-nay/xac-nhan/<int:pk>/", acts.confirmed),
]
