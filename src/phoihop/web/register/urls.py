"""Addresses of the register, of the legal instruments, and of what is written down of a document beside its text."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import acts, adapting, cascade, difference, entering, entries, importing, instruments, listing, parts

assert entries  # what it registers at import: the rail, the badge, finding
assert parts  # its places on the page of an agreement
OF_ONE = "ke-hoach/<str:code>/so/"

urlpatterns: list[Any] = [
    path("ke-hoach/", listing.register),
    path("ke-hoach/ghi-so/", entering.entering),
    path("ke-hoach/ban-giay/", entering.papers),
    path("ke-hoach/nhap-so/", importing.importing),
    path("ke-hoach/nhap-so/mau.xlsx", importing.template),
    path(f"{OF_ONE}cap-duoi/", cascade.cascade),
    path(f"{OF_ONE}khac-biet/<str:other>/", difference.difference),
    path(f"{OF_ONE}soan-rieng/", adapting.begin),
    path(f"{OF_ONE}de-xuat/<int:pk>/", acts.answer),
    path(f"{OF_ONE}<slug:act>/", acts.act),
    path("van-ban/", instruments.listing),
    path("van-ban/moi/", instruments.adding),
    path("van-ban/<slug:code>/", instruments.one),
    path("van-ban/<slug:code>/quan-he/", instruments.linking),
    path("van-ban/<slug:code>/het-hieu-luc/", instruments.ending),
]
