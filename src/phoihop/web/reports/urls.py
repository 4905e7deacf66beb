"""Addresses of reports and of figures."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import choosing, defining, opening, printing, showing, stating

_PERIOD = "bao-cao/<slug:calendar>/<slug:code>/"

urlpatterns: list[Any] = [
    path("bao-cao/", choosing.choose),
    path(_PERIOD, showing.show),
    path(f"{_PERIOD}chung/", showing.whole),
    path(f"{_PERIOD}van-ban/", printing.preview),
    path(f"{_PERIOD}bao-cao.docx", printing.docx),
    path(f"{_PERIOD}bao-cao.pdf", printing.pdf),
    path(f"{_PERIOD}so-lieu.xlsx", printing.xlsx),
    path("so-lieu/", defining.define),
    path("so-lieu/nhap/", stating.state),
    path("so-lieu/<str:code>/", opening.open_figure),
]
