"""Addresses of the patrol pages."""

from __future__ import annotations

from typing import Any

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import acts, asking, campaigns, confirming, frame, listing, missing, recalling, waiting
from .month import views as month
from .one import page
from .planning import views as planning
from .quick import views as quick
from .result import views as result

assert frame  # what it registers at import: menu, codes, search


class PatrolCode(StringConverter):
    """However it was typed, it begins with TT: every other word below /tuan-tra/ is a page of some topic."""

    regex = "[Tt][Tt][^/]*"


register_converter(PatrolCode, "patrol")
ONE = "tuan-tra/<patrol:code>/"

urlpatterns: list[Any] = [
    path("tuan-tra/", listing.patrols),
    path("tuan-tra/thang/", month.month),
    path("tuan-tra/thang/hoan-tac/", month.undo),
    path("tuan-tra/moi/", planning.new),
    path("tuan-tra/nhap-nhanh/", quick.quick),
    path("tuan-tra/dot/", campaigns.listed),
    path("tuan-tra/dot/moi/", campaigns.new),
    path("tuan-tra/dot/<int:pk>/", campaigns.one),
    path("tuan-tra/cho-xac-nhan/", waiting.waiting),
    path("tuan-tra/thieu-ket-qua/", missing.missing),
    path(f"{ONE}sua/", planning.change),
    path(f"{ONE}huy/", acts.cancel),
    path(f"{ONE}xuat-phat/", acts.start),
    path(f"{ONE}diem/<int:point>/", acts.tap),
    path(f"{ONE}ket-qua/", result.result),
    path(f"{ONE}khong-to-chuc/", acts.not_held),
    path(f"{ONE}xac-nhan/", confirming.agree),
    path(f"{ONE}khong-dung/", confirming.dispute),
    path(f"{ONE}lien-ket/", confirming.link),
    path(f"{ONE}de-nghi/", asking.ask),
    path(f"{ONE}thoi-de-nghi/<int:pk>/", asking.withdraw),
    path(f"{ONE}nhan-loi/", asking.accept),
    path(f"{ONE}tu-choi/", asking.decline),
    path(f"{ONE}xin/", asking.join),
    path(f"{ONE}cho-xem/<int:unit>/", asking.grant),
    path(f"{ONE}thoi-cho-xem/<int:pk>/", asking.end_grant),
    path(f"{ONE}khong-dap-ung/<int:pk>/", asking.decline_request),
    path(f"{ONE}ghi/", acts.note),
    path(f"{ONE}dinh-kem/", acts.attach),
    path(f"{ONE}tep/<int:pk>/", acts.file),
    path(f"{ONE}thu-hoi/<int:pk>/", recalling.ask_text),
    path(f"{ONE}thu-hoi/tep/<int:pk>/", recalling.ask_file),
    path(f"{ONE}dong-y-thu-hoi/<int:pk>/", recalling.agree),
    path(ONE, page.patrol),
]
