"""What a password must be."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.secret import Secret
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict, first_no, no_unless

SHORTEST, LONGEST = 10, 200
FEWEST_SIGNS = 5


@cache
def common_passwords() -> frozenset[str]:
    """The 20,000 passwords that are tried first, from Django's list."""
    return frozenset(CommonPasswordValidator().passwords)


def fits_password(new: Secret, username: str) -> Verdict:
    """Long enough, not the user name, not one that everybody tries. No rule about kinds of signs: they make people write it down."""
    text = new.reveal()
    return first_no(
        no_unless(len(text) >= SHORTEST, "password-short", _("Mật khẩu cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt."), "new"),
        no_unless(len(text) <= LONGEST, "password-long", _("Mật khẩu dài nhất 200 ký tự."), "new"),
        no_unless(len(set(text)) >= FEWEST_SIGNS, "password-monotonous", _("Mật khẩu lặp quá ít ký tự. Chọn câu khác."), "new"),
        no_unless(
            username.lower() not in text.lower() and fold(username) not in fold(text),
            "password-is-name",
            _("Mật khẩu không được chứa tên đăng nhập."),
            "new",
        ),
        no_unless(text.lower() not in common_passwords(), "password-common", _("Mật khẩu này quá quen thuộc, ai cũng thử trước. Chọn câu khác."), "new"),
    )


def same_twice(new: Secret, again: Secret) -> Verdict:
    return no_unless(new.reveal() == again.reveal(), "password-differs", _("Hai lần nhập mật khẩu mới không giống nhau."), "again")


def is_new(new: Secret, old: Secret) -> Verdict:
    return no_unless(new.reveal() != old.reveal(), "password-same", _("Mật khẩu mới phải khác mật khẩu đang dùng."), "new")


def old_is_right(right: bool) -> Verdict:
    return no_unless(right, "password-old-wrong", _("Mật khẩu đang dùng chưa đúng."), "old")
