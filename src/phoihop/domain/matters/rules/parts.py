"""Asking and answering between equals, who leads, who may let others see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import Grant, Matter, MatterKind, Participation, PartRole, PartState
from .texts import has_text

ANSWERS = {PartState.ACCEPTED, PartState.DECLINED, PartState.UNABLE}


def leads(post: Post, matter: Matter) -> Verdict:
    return no_unless(
        post.unit_id == matter.lead_id,
        "not-lead",
        _("Chỉ đơn vị chủ trì làm được việc này. Đơn vị của bạn có thể đề nghị với đơn vị chủ trì."),
    )


def is_open(matter: Matter) -> Verdict:
    return no_unless(matter.closed_at is None, "closed", _("Việc này đã kết thúc."))


def is_role(role: str) -> Verdict:
    return no_unless(role in PartRole.values, "no-such-role", _("Vai tham gia không có trong danh mục."), "role")


def fits_unit(unit: Unit, day: date, field: str = "unit") -> Verdict:
    """A unit of another day is refused; the surface offers its heir."""
    there = unit.valid_from <= day and (unit.valid_until is None or day < unit.valid_until)
    return no_unless(there, "unit-not-then", _("%(unit)s không hoạt động vào ngày đó.") % {"unit": unit}, field, of_day=day)


def may_ask(post: Post, matter: Matter, parts: Iterable[Participation], unit: Unit, role: str, on: date) -> Verdict:
    """The lead asks a unit to take part. One that declined or only follows may be asked anew; one that takes part may be offered the lead."""
    part = next((p for p in parts if p.unit_id == unit.pk), None)
    return first_no(
        is_role(role),
        allowed(post, "matter.lead" if role == PartRole.LEAD else "matter.ask", on),
        leads(post, matter),
        is_open(matter),
        no_unless(unit.pk != matter.lead_id, "lead-is-party", _("Đơn vị này đang chủ trì, không cần đề nghị."), "unit"),
        fits_unit(unit, on),
        no_unless(part is None or _may_be_asked_again(part, role), "party-twice", _("Đơn vị này đã được đề nghị."), "unit"),
    )


def _may_be_asked_again(part: Participation, role: str) -> bool:
    if part.state == PartState.ACCEPTED:
        return role == PartRole.LEAD
    if part.state == PartState.INFORMED:
        return role != PartRole.INFORM
    return part.state != PartState.ASKED


def may_answer(post: Post, part: Participation, on: date) -> Verdict:
    """Only the asked unit answers for itself; an answer may be changed until the matter closes. Who leads cannot just leave."""
    return first_no(
        allowed(post, "matter.answer", on),
        no_unless(post.unit_id == part.unit_id, "not-asked", _("Chỉ đơn vị được đề nghị mới trả lời thay cho mình.")),
        is_open(part.matter),
        no_unless(part.state not in (PartState.INFORMED, PartState.WITHDRAWN), "nothing-asked", _("Không có đề nghị nào đang chờ trả lời.")),
        no_unless(part.unit_id != part.matter.lead_id, "leads-already", _("Đơn vị của bạn đang chủ trì. Muốn thôi, hãy mời đơn vị khác chủ trì.")),
    )


def fits_answer(state: str, reason: str) -> Verdict:
    return first_no(
        no_unless(state in ANSWERS, "no-such-answer", _("Chọn một trong: nhận, từ chối, không thể."), "state"),
        no_unless(state == PartState.ACCEPTED or reason.strip(), "reason-missing", _("Từ chối thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def fits_answers(keys: Sequence[int]) -> Verdict:
    """How many requests may be answered at once; each once."""
    return first_no(
        no_unless(0 < len(keys) <= 200, "too-many", _("Mỗi lần trả lời từ 1 đến 200 đề nghị.")),
        no_unless(len(set(keys)) == len(keys), "named-twice", _("Một đề nghị chỉ trả lời một lần.")),
    )


def may_withdraw_ask(post: Post, part: Participation, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.ask", on),
        leads(post, part.matter),
        no_unless(part.state in (PartState.ASKED, PartState.INFORMED), "already-answered", _("Đơn vị này đã trả lời rồi.")),
    )


def may_grant(post: Post, matter: Matter, unit: Unit, basis: str, until: date | None, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.grant", on),
        leads(post, matter),
        no_unless(unit.pk != post.unit_id, "grant-to-self", _("Đơn vị của bạn đã xem được việc này."), "unit"),
        fits_unit(unit, on),
        has_text(basis, "basis"),
        no_unless(len(basis) <= 120, "text-too-long", _("Căn cứ dài nhất 120 chữ cái."), "basis"),
        no_unless(until is None or until > on, "ends-before", _("Ngày hết hạn xem phải sau hôm nay."), "until"),
    )


def may_end_grant(post: Post, grant: Grant, on: date) -> Verdict:
    return first_no(
        allowed(post, "matter.grant", on),
        leads(post, grant.matter),
        no_unless(grant.ended_at is None, "already-ended", _("Đơn vị này đã thôi được xem.")),
    )


def may_close(post: Post, matter: Matter, at: datetime) -> Verdict:
    """A patrol ends with its result or its cancelling; what has no result of its own is closed by its lead."""
    return first_no(
        allowed(post, "matter.close", local_day(at)),
        leads(post, matter),
        is_open(matter),
        no_unless(matter.kind != MatterKind.PATROL, "ends-by-result", _("Cuộc tuần tra kết thúc khi có kết quả và các bên đã xác nhận, hoặc khi hủy.")),
        no_unless(at >= matter.opened_at, "clock-set-back", _("Đồng hồ máy chủ đang chỉ giờ trước lúc mở việc này. Báo quản trị chỉnh đồng hồ rồi làm lại.")),
    )


def answer_is_late(part: Participation, now: datetime) -> bool:
    return part.state == PartState.ASKED and part.answer_by is not None and now > part.answer_by
