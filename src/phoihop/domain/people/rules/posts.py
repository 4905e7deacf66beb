"""Who gives whom which post, ends it, hands it over, or stands in for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ..models import Post, Role, User
from .accounts import is_active, not_last_admin, not_oneself, of_own_node
from .may import allowed, holds, may

APPOINTABLE = frozenset(Role) - {Role.NODE}
LONGEST_DEPUTISING = timedelta(days=90)
_APART = ({Role.ADMIN, Role.AUDITOR},)


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post as somebody wants it: ``[first, until)``, ``until`` None for an open end."""

    user: User
    unit: Unit
    role: str
    title: str
    first: date
    until: date | None = None


def node_has_no_post_yet(has: bool) -> Verdict:
    return no_unless(not has, "node-has-post", _("Máy chủ này đã được lập."))


def may_manage(by: Post, unit: Unit, on: date) -> Verdict:
    """Posts of a unit are managed by an administrator of the node where the unit is at home."""
    return first_no(allowed(by, "user.manage", on), of_own_node(by, [Post(unit=unit)]))


def may_appoint(by: Post, draft: PostDraft, theirs: Iterable[Post], on: date) -> Verdict:
    """``theirs``: every post of the person. Nobody grants a role to himself."""
    theirs = list(theirs)
    return first_no(
        may_manage(by, draft.unit, on),
        not_oneself(by, draft.user.pk).at("user"),
        is_active(draft.user),
        fits_post(draft),
        not_twice(draft, theirs),
        stays_apart(draft, theirs),
    )


def fits_post(draft: PostDraft) -> Verdict:
    return first_no(
        no_unless(draft.role in APPOINTABLE, "no-such-role", _("Chọn một vai trong danh sách."), "role"),
        no_unless(draft.title.strip(), "title-missing", _("Ghi chức trách, ví dụ: Trực ban Công an xã."), "title"),
        no_unless(len(draft.title) <= 80, "title-long", _("Chức trách dài nhất 80 ký tự."), "title"),
        no_unless(draft.until is None or draft.until > draft.first, "ends-before", _("Ngày kết thúc phải sau ngày bắt đầu."), "until"),
        no_unless(
            draft.unit.valid_from <= draft.first and (draft.unit.valid_until is None or draft.first < draft.unit.valid_until),
            "unit-not-then",
            _("Vào ngày đó đơn vị này chưa có hoặc đã kết thúc. Chọn ngày khác hoặc đơn vị kế thừa."),
            "first",
        ),
    )


def not_twice(draft: PostDraft, theirs: Iterable[Post]) -> Verdict:
    same = [p for p in theirs if p.deputy_for_id is None and (p.unit_id, p.role) == (draft.unit.pk, draft.role)]
    return no_unless(not any(_meets(p, draft) for p in same), "post-twice", _("Người này đã giữ vai đó ở đơn vị đó trong thời gian này."), "role")


def stays_apart(draft: PostDraft, theirs: Iterable[Post]) -> Verdict:
    """Who audits a node does not administer it."""
    held = {p.role for p in theirs if _meets(p, draft)} | {draft.role}
    return no_unless(not any(pair <= held for pair in _APART), "roles-apart", _("Quản trị và kiểm tra hệ thống phải là hai người khác nhau."), "role")


def may_end(by: Post, post: Post, day: date, last_admin: bool, on: date) -> Verdict:
    """End a post from a day on, today at the earliest. Who has a deputy ends the deputising, too."""
    own_deputy = post.deputy_for_id is not None and post.deputy_for_id == by.pk
    return first_no(
        allowed(by, "post.deputise", on) if own_deputy else may_manage(by, post.unit, on),
        _is_a_persons(post),
        no_unless(post.valid_until is None or post.valid_until > on, "already-ended", _("Chức trách này đã kết thúc.")),
        no_unless(day >= max(on, post.valid_from), "day-past", _("Kết thúc sớm nhất là hôm nay, hoặc ngày bắt đầu nếu chưa đến."), "day"),
        no_unless(post.valid_until is None or day <= post.valid_until, "day-after-end", _("Chức trách này kết thúc trước ngày đó."), "day"),
        not_last_admin(last_admin),
    )


def may_hand_over(by: Post, post: Post, draft: PostDraft, theirs: Iterable[Post], on: date) -> Verdict:
    """``draft``: the post as the next person will hold it, from the day of the hand-over. ``theirs``: posts of that person."""
    theirs = list(theirs)
    return first_no(
        may_manage(by, post.unit, on),
        _is_a_persons(post),
        no_unless(post.deputy_for_id is None, "deputy-not-handed", _("Chức trách làm thay thì kết thúc, không bàn giao."), "user"),
        no_unless(draft.user.pk != post.user_id, "same-person", _("Người nhận bàn giao phải là người khác."), "user"),
        not_oneself(by, draft.user.pk).at("user"),
        is_active(draft.user),
        no_unless(draft.first >= on, "day-past", _("Bàn giao sớm nhất là hôm nay."), "day"),
        no_unless(
            draft.first > post.valid_from and (post.valid_until is None or draft.first < post.valid_until),
            "day-outside",
            _("Ngày bàn giao phải nằm trong thời gian giữ chức trách."),
            "day",
        ),
        not_twice(draft, theirs),
        stays_apart(draft, theirs),
    )


def may_deputise(by: Post, post: Post, draft: PostDraft, theirs: Iterable[Post], within: Collection[int], on: date) -> Verdict:
    """Let somebody stand in for a post: its holder does, or the administrator when the holder cannot.

    ``within``: the post's unit and those it directs, by key; the deputy comes from there. No deputy has a deputy.
    """
    theirs = list(theirs)
    return first_no(
        _may_arrange_deputy(by, post, draft.user.pk, on),
        _is_a_persons(post),
        no_unless(post.deputy_for_id is None, "deputy-chain", _("Người làm thay không cử người làm thay tiếp."), "user"),
        no_unless(draft.user.pk != post.user_id, "deputy-self", _("Chọn người khác làm thay."), "user"),
        is_active(draft.user),
        no_unless(
            any(p.unit_id in within and p.deputy_for_id is None and holds(p, draft.first) for p in theirs),
            "deputy-from-elsewhere",
            _("Người làm thay phải đang giữ chức trách ở đơn vị này hoặc đơn vị trực thuộc."),
            "user",
        ),
        _fits_deputising(post, draft, on),
        no_unless(
            not any(p.deputy_for_id == post.pk and _meets(p, draft) for p in theirs),
            "post-twice",
            _("Người này đã làm thay chức trách đó trong thời gian này."),
            "user",
        ),
        stays_apart(draft, theirs),
    )


def _fits_deputising(post: Post, draft: PostDraft, on: date) -> Verdict:
    until = draft.until
    return first_no(
        no_unless(draft.first >= on, "day-past", _("Làm thay sớm nhất từ hôm nay."), "first"),
        no_unless(until is not None and until > draft.first, "ends-before", _("Ngày kết thúc phải sau ngày bắt đầu."), "until"),
        no_unless(
            until is None or until - draft.first <= LONGEST_DEPUTISING,
            "deputy-too-long",
            _("Làm thay dài nhất 90 ngày. Lâu hơn thì bàn giao chức trách."),
            "until",
        ),
        no_unless(
            draft.first >= post.valid_from and (post.valid_until is None or (until is not None and until <= post.valid_until)),
            "outside-post",
            _("Thời gian làm thay phải nằm trong thời gian giữ chức trách."),
            "until",
        ),
    )


def _may_arrange_deputy(by: Post, post: Post, deputy_id: int, on: date) -> Verdict:
    if may(by, "user.manage"):
        return first_no(may_manage(by, post.unit, on), not_oneself(by, deputy_id).at("user"))
    return first_no(
        allowed(by, "post.deputise", on),
        no_unless(by.pk == post.pk, "not-your-post", _("Chỉ người giữ chức trách hoặc quản trị cử người làm thay.")),
    )


def _is_a_persons(post: Post) -> Verdict:
    return YES if post.role != Role.NODE else Verdict("node-post", _("Chức trách của máy chủ không giao cho người."))


def _meets(post: Post, draft: PostDraft) -> bool:
    """Whether the two periods share a day."""
    empty = post.valid_until is not None and post.valid_until <= post.valid_from
    before = post.valid_until is not None and post.valid_until <= draft.first
    after = draft.until is not None and post.valid_from >= draft.until
    return not (empty or before or after)
