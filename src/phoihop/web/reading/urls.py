"""Addresses of the reading pages."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from ..shell import Entry, record
from . import clauses, confirming, following, foreseeing, review, uploading

assert following  # its place on the page of an agreement
ONE = "ke-hoach/doc-tep/<int:pk>/"

urlpatterns: list[Any] = [
    path("ke-hoach/doc-tep/", uploading.files),
    path(ONE, review.review),
    path(f"{ONE}tien-do/", review.progress),
    path(f"{ONE}ten/", clauses.naming),
    path(f"{ONE}dieu/<int:n>/", clauses.one),
    path(f"{ONE}nhan-khong-viec/", clauses.plain),
    path(f"{ONE}nhan-het/", clauses.rest),
    path(f"{ONE}lap/", confirming.confirming),
    path(f"{ONE}bo/", confirming.dropping),
    path("ke-hoach/doc-tep/lich/<str:code>/", foreseeing.calendar),
    path("ke-hoach/doc-tep/nam-sau/<str:code>/", following.next_year),
]

record(Entry("/ke-hoach/doc-tep/", _("Đọc quy chế, kế hoạch từ tệp"), icon="file-text", order=75, permission="agreement.draft"))
