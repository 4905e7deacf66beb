"""Who makes a key, under which PIN, and when it signs."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..models import Post, PostKey
from .accounts import of_own_node
from .may import allowed, is_held, may

MOST_MISSES = 5
SHORTEST_PIN, LONGEST_PIN = 8, 32


def may_make_key(by: Post, on: date) -> Verdict:
    """Everybody makes the key of the own post, nobody another's: an administrator cannot sign."""
    return first_no(
        allowed(by, "key.make", on),
        no_unless(by.user_id is not None, "key-without-person", _("Chức trách này không có người giữ nên không có khóa ký.")),
    )


def fits_pin(pin: Secret, again: Secret) -> Verdict:
    """Long enough to hold out against guessing, and typed twice."""
    typed = pin.reveal()
    return first_no(
        no_unless(SHORTEST_PIN <= len(typed) <= LONGEST_PIN, "pin-length", _("Mã PIN dài từ 8 đến 32 chữ số hoặc chữ cái."), "pin"),
        no_unless(len(set(typed)) > 3 and not _is_run(typed), "pin-plain", _("Mã PIN này quá dễ đoán. Tránh một chữ số lặp lại và dãy liền nhau."), "pin"),
        no_unless(typed == again.reveal(), "pin-twice", _("Hai lần nhập mã PIN không giống nhau."), "again"),
    )


def may_revoke_key(by: Post, key: PostKey, on: date) -> Verdict:
    """The holder gives a key up; an administrator of the node may do so, too, for a key that was lost or whose holder has left."""
    own = by.pk == key.post_id
    return first_no(
        is_held(by, on) if own else first_no(allowed(by, "user.manage", on), of_own_node(by, [key.post])),
        no_unless(key.revoked_at is None, "key-revoked", _("Khóa này đã thu hồi.")),
    )


def key_signs(key: PostKey | None) -> Verdict:
    """Whether a key may be opened at all: there is one, it was not revoked, and nobody has guessed at its PIN five times."""
    if key is None:
        return Verdict("no-key", _("Bạn chưa có khóa ký. Hãy tạo khóa ở trang “Khóa ký của tôi”, rồi xác nhận lại."), "pin")
    return first_no(
        no_unless(key.revoked_at is None, "key-revoked", _("Khóa này đã thu hồi. Hãy tạo khóa mới ở trang “Khóa ký của tôi”."), "pin"),
        no_unless(key.misses < MOST_MISSES, "key-locked", _("Khóa đã bị khóa vì nhập sai mã PIN 5 lần. Hãy tạo khóa mới ở trang “Khóa ký của tôi”."), "pin"),
    )


def wrong_pin(misses: int) -> Verdict:
    """``misses``: how often in a row, with this one."""
    left = MOST_MISSES - misses
    if left <= 0:
        return Verdict("key-locked", _("Khóa đã bị khóa vì nhập sai mã PIN 5 lần. Hãy tạo khóa mới ở trang “Khóa ký của tôi”."), "pin")
    return Verdict("pin-wrong", _("Mã PIN không đúng. Còn %(left)d lần nhập trước khi khóa bị khóa.") % {"left": left}, "pin")


def can_sign(post: Post) -> bool:
    return may(post, "key.make")


def _is_run(typed: str) -> bool:
    """12345678, 87654321: each character one more, or one less, than the one before."""
    steps = {ord(b) - ord(a) for a, b in pairwise(typed)}
    return steps in ({1}, {-1})
