"""Signing in: what is answered to a wrong try, how long a name is locked, who needs a second proof."""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.figures_text import day, reader
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.verdict import YES, Verdict, no_unless

from ..models import Post, Role, User
from .accounts import is_demo

FREE_MISSES = 4
FIRST_LOCK = timedelta(minutes=5)
LONGEST_LOCK = timedelta(hours=1)
MISSES_FORGOTTEN = timedelta(days=1)
HALF_WAY_LIVES = timedelta(minutes=5)  # between the password and the code
CODE_STEP = 30  # seconds, RFC 6238
CODE_ROLES = frozenset({Role.ADMIN, Role.AUDITOR})

# One answer for a wrong password, a closed account and a name that nobody has.
WRONG = Verdict("sign-in-wrong", _("Tên đăng nhập hoặc mật khẩu chưa đúng. Gõ lại; nếu quên, nhờ quản trị cấp mã đặt lại."), "password")
WRONG_CODE = Verdict("code-wrong", _("Mã chưa đúng hoặc đã dùng. Chờ mã kế tiếp trên ứng dụng, hoặc dùng một mã dự phòng."), "code")
WRONG_RESET = Verdict("reset-wrong", _("Tên đăng nhập hoặc mã đặt lại chưa đúng, hoặc mã đã hết hạn. Nhờ quản trị cấp mã mới."), "code")


def lock_after(misses: int) -> timedelta:
    """How long a name is locked after so many misses in a row: not before the fifth, then 5 minutes, doubling up to an hour."""
    if misses <= FREE_MISSES:
        return timedelta()
    return min(FIRST_LOCK * 2 ** min(misses - FREE_MISSES - 1, 10), LONGEST_LOCK)


def not_locked(until: datetime | None, now: datetime) -> Verdict:
    """Said of names that nobody has as well: a lock must not tell who has an account."""
    return YES if until is None or now >= until else locked(until)


def locked(until: datetime) -> Verdict:
    when = f"{until.astimezone(HOME):%H:%M}, {day(local_day(until), reader())}"
    sentence = _("Sai nhiều lần liên tiếp nên tên đăng nhập này bị khóa đến %(when)s. Chờ đến lúc đó hoặc nhờ quản trị mở khóa.")
    return Verdict("locked", sentence % {"when": when}, "username")


def code_required(role: str, username: str) -> bool:
    """Whether this role is acted in only by accounts with an authenticator; the demo's accounts are spared."""
    return role in CODE_ROLES and not is_demo(username)


def may_act_in(post: Post, user: User) -> Verdict:
    """A post that decides over the node, or looks into it, needs the second proof."""
    return no_unless(
        bool(user.totp_secret) or not code_required(post.role, user.username),
        "authenticator-first",
        _("Vai này cần mã xác thực. Hãy bật mã xác thực ở trang của bạn rồi dùng chức trách này."),
    )


def may_drop_authenticator(roles: set[str], username: str) -> Verdict:
    return no_unless(
        not any(code_required(role, username) for role in roles),
        "authenticator-needed",
        _("Vai bạn đang giữ cần mã xác thực. Muốn đổi máy thì bật lại với máy mới."),
    )


def has_authenticator(user: User) -> Verdict:
    return no_unless(user.totp_secret, "authenticator-missing", _("Chưa bật mã xác thực."))


def first_code_fits(fits: bool) -> Verdict:
    return no_unless(fits, "first-code-wrong", _("Mã chưa đúng. Quét lại hình vuông rồi nhập mã 6 số đang hiện trên ứng dụng."), "code")


def counter_at(moment: datetime) -> int:
    """The number of the 30-second step of a moment."""
    return int(moment.timestamp()) // CODE_STEP


def matching_counter(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The step whose code this is: the present one, the one before or after; never one used already (``last``)."""
    generator = pyotp.TOTP(secret)
    for counter in (counter_at(now) + shift for shift in (0, -1, 1)):
        if counter > last and compare_digest(generator.generate_otp(counter), code):
            return counter
    return None
