"""Opening, closing and helping accounts: who may, and how a name must look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..models import Post, Role, User
from .may import allowed, may

USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")
FULL_NAME = re.compile(r"^[^\W\d_]+(?:[ .'\-][^\W\d_]+)*\.?$")
RESET_LIVES = timedelta(hours=24)
FIRST_CODE_LIVES = timedelta(days=14)  # printed sheets travel to communes by hand
RECOVERY_CODES = 10
LANGUAGES = ("vi", "en")
THEMES = ("auto", "light", "dark")

DEMO_PREFIX = "demo."
DEMO_PASSWORD = "du-lieu-minh-hoa"  # shown on the sign-in page of a demo node; these accounts cannot be opened by a person


def is_demo(username: str) -> bool:
    return username.startswith(DEMO_PREFIX)


def suggested_username(full_name: str) -> str:
    """Given name and initials, as offices do: "Nguyễn Văn An" is ``an.nv``."""
    words = re.findall(r"[a-z0-9]+", fold(full_name))
    if not words:
        return ""
    return words[-1] + ("." + "".join(w[0] for w in words[:-1]) if len(words) > 1 else "")


def fits_username(username: str, by: Post) -> Verdict:
    return first_no(
        no_unless(
            USERNAME.match(username),
            "username-shape",
            _("Tên đăng nhập có 3 đến 60 ký tự: chữ thường không dấu, số, dấu chấm, gạch."),
            "username",
            re.sub(r"[^a-z0-9._-]+", ".", fold(username)).strip("._-")[:60],
        ),
        no_unless(
            not is_demo(username) or by.role == Role.NODE,
            "username-demo",
            _("Tên bắt đầu bằng “demo.” chỉ dành cho dữ liệu minh họa."),
            "username",
        ),
    )


def fits_full_name(full_name: str) -> Verdict:
    return no_unless(
        len(full_name) <= 80 and FULL_NAME.match(full_name),
        "name-shape",
        _("Họ tên chỉ gồm chữ và khoảng trắng, dài nhất 80 ký tự."),
        "full_name",
    )


def username_is_free(taken: bool) -> Verdict:
    return no_unless(not taken, "username-taken", _("Tên đăng nhập này đã có người dùng. Thêm số hoặc tên đơn vị vào sau."), "username")


def may_open(by: Post, on: date) -> Verdict:
    return allowed(by, "user.manage", on)


def may_see_accounts(viewer: Post, on: date) -> Verdict:
    """The administrator manages accounts; the auditor sees who holds which post, and nothing to change."""
    return allowed(viewer, "user.manage" if may(viewer, "user.manage") else "structure.view", on)


def of_own_node(by: Post, posts: Iterable[Post]) -> Verdict:
    return no_unless(
        all(post.unit.home == by.unit.home for post in posts),
        "not-your-node",
        _("Đơn vị này thuộc máy chủ khác. Quản trị của máy chủ đó quản lý chức trách của họ."),
    )


def not_oneself(by: Post, user_id: int | None) -> Verdict:
    return no_unless(
        by.user_id is None or by.user_id != user_id,
        "yourself",
        _("Không ai tự làm việc này cho chính mình. Nhờ một quản trị khác."),
    )


def is_active(user: User) -> Verdict:
    return no_unless(user.is_active, "account-closed", _("Tài khoản này đã đóng."), "user")


def may_close(by: Post, user: User, posts: Iterable[Post], last_admin: bool, on: date) -> Verdict:
    """``posts``: held or still to come. ``last_admin``: nobody else would administer the node."""
    return first_no(
        allowed(by, "user.manage", on),
        is_active(user),
        not_oneself(by, user.pk),
        of_own_node(by, posts),
        not_last_admin(last_admin),
    )


def not_last_admin(last_admin: bool) -> Verdict:
    return no_unless(not last_admin, "last-admin", _("Đây là quản trị cuối cùng của máy chủ. Giao vai quản trị cho người khác trước."))


def may_help(by: Post, user: User, posts: Iterable[Post], on: date) -> Verdict:
    """Issue a reset code or lift a lock."""
    return first_no(allowed(by, "user.manage", on), is_active(user), not_oneself(by, user.pk), of_own_node(by, posts))


def fits_preferences(language: str, theme: str) -> Verdict:
    return first_no(
        no_unless(language in LANGUAGES, "no-such-language", _("Chọn tiếng Việt hoặc tiếng Anh."), "language"),
        no_unless(theme in THEMES, "no-such-theme", _("Chọn nền sáng, nền tối hoặc theo máy."), "theme"),
    )
