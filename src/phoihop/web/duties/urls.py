"""Addresses of the pages of duties."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import calendar, clause, complying, covering, grid, matrix, meeting, on_agreement

assert on_agreement  # hangs its parts on the page of an agreement

urlpatterns: list[Any] = [
    path("ke-hoach/phan-cong/", matrix.in_force),
    path("ke-hoach/thuc-hien/", complying.table),
    path("ke-hoach/thuc-hien/viec/", complying.cell),
    path("ke-hoach/lich/", calendar.month),
    path("ke-hoach/do-phu/", covering.coverage),
    path("ke-hoach/den-han/<str:code>/", meeting.show),
    path("ke-hoach/den-han/<str:code>/gan/", meeting.link),
    path("ke-hoach/den-han/<str:code>/go/<int:pk>/", meeting.unlink),
    path("ke-hoach/<str:code>/phan-cong/", matrix.of_agreement),
    path("ke-hoach/<str:code>/phan-cong/<int:order>/", clause.edit),
    path("ke-hoach/<str:code>/phan-cong/bang/", grid.edit),
]
