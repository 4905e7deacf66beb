"""Addresses of the people pages."""

from __future__ import annotations

from typing import Any

from django.urls import path

from .. import desk
from . import account, accounts, appointing, door, posts, roles, roster, tokens

urlpatterns: list[Any] = [
    path("dang-nhap/", door.signing_in),
    path("dang-nhap/ma/", door.code),
    path("dang-nhap/dat-lai/", door.reset),
    path("dang-xuat/", door.sign_out),
    path("toi/", account.account),
    path("toi/mat-khau/", account.password),
    path("toi/ma-xac-thuc/", account.set_up),
    path("toi/ma-xac-thuc/tat/", account.drop),
    path("toi/ma-du-phong/", account.recovery),
    path("toi/phien/", account.end_sign_in),
    path("toi/lam-thay/", posts.deputies),
    path("toi/lam-thay/<int:pk>/thoi/", posts.end_deputy),
    path("chuc-trach/", posts.choose),
    path("quan-tri/", desk.desk),
    path("quan-tri/tai-khoan/", accounts.accounts),
    path("quan-tri/tai-khoan/mo/", accounts.opening),
    path("quan-tri/nhap-danh-sach/", roster.importing),
    path("quan-tri/nhap-danh-sach/mau.xlsx", roster.template),
    path("quan-tri/tai-khoan/<str:username>/", accounts.account),
    path("quan-tri/tai-khoan/<str:username>/giao/", appointing.appointing),
    path("quan-tri/tai-khoan/<str:username>/ma-dat-lai/", accounts.reset_code),
    path("quan-tri/tai-khoan/<str:username>/mo-khoa/", accounts.unlocking),
    path("quan-tri/tai-khoan/<str:username>/dong/", accounts.closing),
    path("quan-tri/chuc-trach/<int:pk>/", appointing.post_of_another),
    path("quan-tri/vai/", roles.roles),
    path("quan-tri/ma-truy-cap/", tokens.tokens),
    path("quan-tri/ma-truy-cap/<int:pk>/thu-hoi/", tokens.revoking),
]
