"""Who may do what: the whole permission table, on one screen."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, no_unless

from .models import Post, Role

_SEE = {"matter.view", "figure.view", "report.view"}
_ANSWER = {"matter.answer", "note.write", "file.attach", "task.answer", "patrol.confirm", "recall.ask"}
_DUTY = _SEE | _ANSWER | {"patrol.start", "patrol.result", "patrol.plan", "patrol.cancel", "contact.test", "task.give", "task.close"}
_STAFF = _DUTY | {
    "matter.ask", "matter.lead", "matter.grant", "matter.close", "patrol.import", "paper.confirm", "route.manage", "campaign.open",
    "report.print", "figure.enter", "contact.manage", "means.record", "letterhead.manage", "post.deputise",
}  # fmt: skip

MAY: dict[str, frozenset[str]] = {
    Role.DUTY: frozenset(_DUTY),
    Role.STAFF: frozenset(_STAFF),
    Role.COMMANDER: frozenset(_STAFF | {"recall.agree", "token.issue"}),
    Role.PARTNER: frozenset(_SEE | _ANSWER | {"report.print", "contact.test", "post.deputise"}),
    Role.ADMIN: frozenset({"user.manage", "unit.manage", "unit.succeed", "area.manage", "line.manage", "holiday.manage", "node.manage", "contact.manage", "letterhead.manage", "token.issue", "structure.view"}),
    Role.AUDITOR: frozenset({"structure.view", "journal.view"}),
    Role.NODE: frozenset({"node.manage", "unit.manage", "unit.succeed", "area.manage", "line.manage", "holiday.manage", "user.manage", "figure.enter"}),
}  # fmt: skip

PERMISSIONS: frozenset[str] = frozenset().union(*MAY.values())


def holds(post: Post, on: date) -> bool:
    """Whether the post is held on a day: its period contains it."""
    return post.valid_from <= on and (post.valid_until is None or on < post.valid_until)


def may(post: Post, permission: str) -> bool:
    """Whether the role of this post carries the permission. A permission outside the table is a mistake, not a no."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in MAY[post.role]


def allowed(post: Post, permission: str, on: date) -> Verdict:
    """Yes if the post is held on the day and its role carries the permission."""
    if not holds(post, on):
        return Verdict("post-ended", _("Chức trách này đã kết thúc hoặc chưa bắt đầu. Hãy chọn chức trách khác ở góc trên bên phải."))
    return no_unless(may(post, permission), "not-your-role", _("Vai của bạn không được làm việc này.")) or YES
