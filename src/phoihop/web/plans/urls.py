"""Addresses of plans for events and situations, and of teams."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import acts, arranging, on_agreement, opening, teams
from .events import calendar, entering, in_one_go, proposing

assert on_agreement  # hangs its parts on the page of an agreement
ONE = "ke-hoach/<str:code>/"

EVENTS = "ke-hoach/lich-su-kien/"

urlpatterns: list[Any] = [
    path(EVENTS, calendar.calendar),
    path(f"{EVENTS}ghi/", entering.entering),
    path(f"{EVENTS}lap/", proposing.proposing),
    path(f"{EVENTS}theo-loat/<slug:way>/", in_one_go.in_one_go),
    path(f"{EVENTS}<int:pk>/doi-ngay/", calendar.move),
    path(f"{EVENTS}<int:pk>/bo/", calendar.cancel),
    path(f"{ONE}su-kien/", calendar.name),
    path(f"{ONE}bo-tri/", arranging.arranging),
    path(f"{ONE}chuan-bi/<int:pk>/", acts.tick),
    path(f"{ONE}tai-cho/<slug:spot>/", acts.state),
    path(f"{ONE}mo-phuong-an/", opening.opening),
    path(f"{ONE}to-cong-tac/", teams.forming),
    path(f"{ONE}to-cong-tac/<int:pk>/nhan-loi/", teams.accepting),
    path(f"{ONE}to-cong-tac/<int:pk>/khong/", teams.declining),
    path(f"{ONE}to-cong-tac/<int:pk>/giai-the/", teams.ending),
    path(f"{ONE}cong-viec/<slug:act>/", acts.act),
]
