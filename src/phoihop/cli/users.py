"""``phoihop users list | first | reset``: the accounts, the founding of a node with its first administrator, a way back in."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.agreements.actions.calendar import lay_events
from phoihop.domain.agreements.actions.instruments import lay_instruments
from phoihop.domain.figures.actions.definitions import define_indicators
from phoihop.domain.figures.actions.holidays import fill_holidays
from phoihop.domain.forces.actions.founding import found_province
from phoihop.domain.matters.actions.node import found
from phoihop.domain.people.actions.accounts import open_account
from phoihop.domain.people.actions.passwords import issue_reset_code
from phoihop.domain.people.actions.posts import appoint, install_node_post
from phoihop.domain.people.models import Post, Role, User
from phoihop.domain.people.queries import node_post
from phoihop.domain.people.queries.accounts import accounts_seen_by
from phoihop.kernel.period import local_day

from . import acting
from .wrong import Wrong

TITLE = "Quản trị máy chủ"


def add_to(commands: Any) -> None:
    users = commands.add_parser("users", help=_("xem tài khoản, lập quản trị đầu tiên, cấp lại lối vào"))
    what = users.add_subparsers(title=_("các việc"), required=True, metavar=_("VIỆC"))
    what.add_parser("list", help=_("từng tài khoản cùng các chức trách")).set_defaults(run=run_list)
    first = what.add_parser("first", help=_("thành lập máy chủ, nếu còn mới, và lập một quản trị"))
    first.add_argument("username", metavar=_("TÀI-KHOẢN"), help=_("tên đăng nhập: chữ thường không dấu, chữ số, dấu chấm"))
    first.add_argument("name", metavar=_("HỌ-TÊN"), help=_("họ tên cán bộ, trong ngoặc kép"))
    first.add_argument("--province", default="", metavar=_("MÃ"), help=_("mã tỉnh của máy chủ mới, ví dụ 86"))
    first.add_argument("--unit", default="CA.tinh", metavar=_("LOẠI"), help=_("đơn vị nào của tỉnh giữ máy chủ mới: CA.tinh, QS.tinh … (không ghi: CA.tinh)"))
    first.set_defaults(run=run_first, founds=True)
    reset = what.add_parser("reset", help=_("mã dùng một lần để đặt lại mật khẩu, hạn 24 giờ"))
    reset.add_argument("username", metavar=_("TÀI-KHOẢN"))
    reset.add_argument("--authenticator", action="store_true", help=_("gỡ cả ứng dụng mã xác thực đã mất"))
    reset.set_defaults(run=run_reset)


def run_list(_options: argparse.Namespace) -> int:
    """A line for each account: name, whether it is open, and the posts held or to come."""
    by, today = acting.post_of_node(), acting.today()
    accounts: list[Any] = sorted(accounts_seen_by(by, today), key=lambda user: user.username)
    for user in accounts:
        posts = "; ".join(f"{post.get_role_display()} {post.unit.name}" for post in user.held)
        print(f"{user.username}\t{user.full_name}\t{_('đang mở') if user.is_active else _('đã khóa')}\t{posts or '–'}")
    print(_("%(n)s tài khoản") % {"n": len(accounts)})
    return 0


def run_first(options: argparse.Namespace) -> int:
    """Print the code with which the administrator sets a password. All of it happens, or nothing."""
    at = timezone.now()
    with transaction.atomic():
        by = _node(options, at)
        opened = open_account(by=by, username=options.username, full_name=options.name, at=at)
        appoint(by=by, user=opened.user, unit=by.unit, role=Role.ADMIN, title=TITLE, first=local_day(at), at=at)
    print(_("%(name)s quản trị máy chủ này, thuộc %(unit)s.") % {"name": opened.user.username, "unit": by.unit.name})
    print(_("Mã đặt mật khẩu đầu tiên, dùng một lần trong 14 ngày tại /dang-nhap/dat-lai/: %(code)s") % {"code": opened.code})
    return 0


def _node(options: argparse.Namespace, at: datetime) -> Post:
    try:
        return node_post()
    except Post.DoesNotExist:
        if not options.province:
            raise Wrong(_("Máy chủ còn mới: ghi tỉnh mà nó phục vụ, ví dụ --province 86.")) from None
    by = install_node_post(code=options.province, sign=options.unit, home=settings.NODE_TAG, at=at)
    found(by=by, tag=settings.NODE_TAG, name=settings.NODE_NAME, public_key=options.public_key(), at=at)
    ground = found_province(by=by, code=options.province, day=local_day(at), home=settings.NODE_TAG, at=at)
    define_indicators(by=by, at=at)
    fill_holidays(by=by, at=at)
    lay_instruments(by=by, at=at)
    lay_events(by=by, at=at)
    said = {"province": ground.province, "units": ground.made.units, "drawn": ground.drawn}
    print(_("%(province)s: đã lập %(units)s đơn vị, vẽ %(drawn)s xã, phường") % said)
    return by


def run_reset(options: argparse.Namespace) -> int:
    user = User.objects.filter(username=options.username.strip().lower()).first()
    if user is None:
        raise Wrong(_("Không có tài khoản “%(name)s”; xem phoihop users list.") % {"name": options.username})
    code = issue_reset_code(by=acting.post_of_node(), user=user, authenticator=options.authenticator, at=timezone.now())
    said = {"name": user.username, "code": code}
    print(_("Mã đặt lại mật khẩu của %(name)s, dùng một lần trong 24 giờ tại /dang-nhap/dat-lai/: %(code)s") % said)
    return 0
