"""/quan-tri/: what the administrator looks after, and what the auditor may look into. Topics add their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from phoihop.domain.people.rules import may

from .base import Acting, acting, page
from .shell import exists


@dataclass(frozen=True, slots=True)
class Drawer:
    """A page of the desk; ``permission``: who finds it here."""

    path: str
    title: Any
    about: Any
    icon: str
    permission: str = "structure.view"


DRAWERS = [
    Drawer(
        "/quan-tri/tai-khoan/",
        _("Tài khoản và chức trách"),
        _("Ai giữ chức trách nào; mở tài khoản, nhập cả danh sách, cấp mã đặt lại mật khẩu."),
        icon="users",
    ),
    Drawer("/quan-tri/vai/", _("Vai và quyền"), _("Vai nào được làm gì, một bảng; sinh ra từ mã nguồn."), icon="table"),
    Drawer(
        "/quan-tri/ma-truy-cap/",
        _("Mã truy cập cho máy"),
        _("Phần mềm khác làm việc với máy chủ này dưới chức trách nào, đến khi nào."),
        icon="key",
        permission="token.revoke",
    ),
]


def drawer(path: str, title: Any, about: Any, icon: str, permission: str = "structure.view") -> None:
    """A topic adds its page to the desk."""
    DRAWERS.append(Drawer(path, title, about, icon, permission))


@acting("structure.view", time="none")
def desk(request: Acting) -> HttpResponse:
    found = [d for d in DRAWERS if exists(d.path) and may(request.post, d.permission)]
    return page(request, "people/desk.html", drawers=found)
