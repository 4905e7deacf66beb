"""Making an agreement known: sent to units that say they have it, and *quán triệt* in each unit with how many attended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.rules import fits_unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, Delivery
from .cascade import MOST_UNITS, is_agreed

MOST_ATTENDANCE = 100_000


def may_deliver(post: Post, agreement: Agreement, units: Sequence[Unit], bound: Collection[int], has_it: bool, on: date) -> Verdict:
    """``bound``: units that have the text anyway, its parties; ``has_it``: the own unit is bound, or has received it, so that it may send it on."""
    counted = Counter(unit.pk for unit in units)
    return first_no(
        allowed(post, "agreement.register", on),
        no_unless(has_it, "not-holder", _("Đơn vị của bạn chưa có văn bản này, nên chưa gửi tiếp được.")),
        is_agreed(agreement),
        no_unless(0 < len(units) <= MOST_UNITS, "no-units", _("Chọn từ 1 đến 500 đơn vị."), "units"),
        no_unless(max(counted.values(), default=0) <= 1, "unit-twice", _("Một đơn vị chỉ ghi một lần."), "units"),
        no_unless(not bound & counted.keys(), "has-it-already", _("Bên tham gia đã có văn bản. Bỏ bên đó khỏi nơi nhận."), "units"),
        *(fits_unit(unit, on, f"units.{n}") for n, unit in enumerate(units)),
    )


def brings_something(count: int) -> Verdict:
    return no_unless(count, "sent-already", _("Mọi đơn vị đã chọn đều đã được gửi."), "units")


def may_receive(post: Post, delivery: Delivery, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.answer", on),
        no_unless(post.unit_id == delivery.unit_id, "not-addressee", _("Chỉ nơi nhận mới báo đã nhận cho mình.")),
        no_unless(delivery.received_at is None, "received-already", _("Đơn vị đã báo nhận rồi.")),
    )


def may_disseminate(post: Post, agreement: Agreement, has_it: bool, on: date) -> Verdict:
    """Each unit for itself, once it has the text."""
    return first_no(
        allowed(post, "matter.answer", on),
        no_unless(has_it, "not-holder", _("Đơn vị của bạn chưa nhận văn bản này, nên chưa quán triệt được.")),
        is_agreed(agreement),
    )


def fits_dissemination(agreement: Agreement, held_on: date, attendance: int, proofs: int, on: date) -> Verdict:
    return first_no(
        no_unless(held_on <= on, "held-later", _("Ngày quán triệt ở sau hôm nay. Ghi sau khi đã tổ chức."), "held_on"),
        no_unless(agreement.issued_on is None or held_on >= agreement.issued_on, "held-before", _("Ngày quán triệt trước ngày ban hành văn bản."), "held_on"),
        no_unless(proofs <= 1, "too-many-files", _("Mỗi lần quán triệt kèm nhiều nhất một tệp minh chứng."), "proofs"),
        no_unless(0 < attendance <= MOST_ATTENDANCE, "attendance", _("Số lượt người dự từ 1 đến 100.000."), "attendance"),
    )
