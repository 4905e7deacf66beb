"""/huong-dan/: what the pages are made of, living, with their real states; and the way to the rest of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .base import page
from .shell import exists


@dataclass(frozen=True, slots=True)
class Chapter:
    path: str
    title: Any
    about: Any
    icon: str


CHAPTERS = [
    Chapter(
        "/huong-dan/giao-dien/", _("Thành phần và trạng thái"), _("Màu, nhãn, nút, lỗi, phím tắt: mỗi thứ một lần, đúng như trên các trang."), icon="palette"
    ),
    Chapter("/gioi-han/", _("Hệ thống không làm gì"), _("Mọi trường được lưu, mọi điều bị từ chối, giữ bao lâu; sinh ra từ mã nguồn."), icon="shield-check"),
]


def chapter(path: str, title: Any, about: Any, icon: str) -> None:
    """A topic adds its page to the index of the guide."""
    CHAPTERS.append(Chapter(path, title, about, icon=icon))


def index(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/index.html", chapters=[c for c in CHAPTERS if exists(c.path)])
