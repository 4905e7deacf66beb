"""Tokens with which a machine acts in a post."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..models import ApiToken, Post, Role
from .accounts import of_own_node
from .may import allowed, holds, is_held, may
from .signing_in import CODE_ROLES

LONGEST_DAYS = 365


def may_issue(by: Post, post: Post, on: date) -> Verdict:
    """A commander for the posts of the own unit, never for what needs a second proof. No administrator: with a token one reads and answers in a unit's name."""
    return first_no(
        allowed(by, "token.issue", on),
        _of_own_unit(by, post),
        no_unless(
            post.role not in CODE_ROLES and post.role != Role.NODE,
            "token-role",
            _("Vai quản trị, kiểm tra và máy chủ không dùng mã truy cập: máy không có mã xác thực."),
            "post",
        ),
        no_unless(post.deputy_for_id is None, "token-deputy", _("Chức trách làm thay không có mã truy cập riêng."), "post"),
        no_unless(holds(post, on), "token-post-ended", _("Chức trách này đã kết thúc hoặc chưa bắt đầu."), "post"),
    )


def fits_token(label: str, days: int) -> Verdict:
    return first_no(
        no_unless(label.strip(), "label-missing", _("Ghi máy hoặc phần mềm nào dùng mã này."), "label"),
        no_unless(len(label) <= 60, "label-long", _("Tên gọi dài nhất 60 ký tự."), "label"),
        no_unless(1 <= days <= LONGEST_DAYS, "token-days", _("Mã truy cập dùng được từ 1 đến 365 ngày."), "days"),
    )


def may_revoke(by: Post, token: ApiToken, on: date) -> Verdict:
    """The holder of the post takes a token back, or who may issue it, or an administrator of the node."""
    return first_no(
        is_held(by, on) if by.pk == token.post_id else first_no(allowed(by, "token.revoke", on), _in_reach(by, token.post)),
        no_unless(token.revoked_at is None, "already-revoked", _("Mã truy cập này đã thu hồi.")),
    )


def is_good(token: ApiToken, now: datetime) -> bool:
    return token.revoked_at is None and now < token.expires_at


def _in_reach(by: Post, post: Post) -> Verdict:
    if may(by, "user.manage"):
        return of_own_node(by, [post])
    return _of_own_unit(by, post)


def _of_own_unit(by: Post, post: Post) -> Verdict:
    return no_unless(by.unit_id == post.unit_id, "not-your-unit", _("Chỉ cấp, thu hồi mã truy cập cho chức trách của đơn vị mình."), "post")
