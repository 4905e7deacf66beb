"""Asking for militia: who may be asked, and whose two consents there must be before the task binds (Luật Dân quân tự vệ 2019, Art. 32)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.rules import has_text
from ...people.models import Post
from ...people.rules import allowed
from ..models import Consent, ConsentSide, TaskState
from .whose import is_task_lead

events(
    "task",
    consented=_("đồng ý điều động dân quân"),
    consent_refused=_("không đồng ý điều động dân quân"),
    consent_entered=_("ghi văn bản đồng ý điều động dân quân"),
)

COMMANDS_MILITIA = frozenset({"DQ", "QS"})
"""Forces whose commanders move militia: the commune's own command, and the province's."""
GOVERNMENT, ARMY = "UB", "QS"
MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class MilitiaDraft:
    """How many militia are asked for, from when until when; totals, never names."""

    people: int
    since: datetime
    until: datetime


def fits_militia(d: MilitiaDraft, lead: Unit, now: datetime) -> Verdict:
    return first_no(
        no_unless(
            lead.force.code in COMMANDS_MILITIA,
            "not-militia",
            _("%(unit)s không chỉ huy dân quân. Hãy đề nghị Ban CHQS xã hoặc Bộ CHQS tỉnh.") % {"unit": lead},
            "lead",
        ),
        no_unless(1 <= d.people <= MOST_PEOPLE, "people-out-of-range", _("Số dân quân đề nghị từ 1 đến 10.000."), "militia.people"),
        no_unless(d.until > d.since, "ends-before-start", _("Giờ kết thúc phải sau giờ bắt đầu."), "militia.until"),
        no_unless(d.until > now, "day-past", _("Thời gian điều động đã qua."), "militia.until"),
    )


def binds(consents: Collection[Consent]) -> Verdict:
    """Only with both consents may the asked commander take the task; nobody's silence is a consent."""
    missing = ", ".join(str(ConsentSide(c.side).label) for c in consents if not c.agrees)
    return no_unless(
        not missing,
        "consents-missing",
        _("Điều động dân quân cần đủ hai bên đồng ý trước khi nhận (Luật Dân quân tự vệ 2019, Điều 32). Còn thiếu: %(sides)s.") % {"sides": missing},
    )


def may_consent(post: Post, consent: Consent, agrees: bool, reason: str, on: date) -> Verdict:
    """The unit whose consent is needed says it for itself."""
    return first_no(
        allowed(post, "task.answer", on),
        no_unless(post.unit_id == consent.unit_id, "not-asked", _("Chỉ đơn vị phải đồng ý mới trả lời thay cho mình.")),
        _still_open(consent),
        no_unless(agrees or reason.strip(), "reason-missing", _("Không đồng ý thì cần nêu lý do, một dòng là đủ."), "reason"),
    )


def may_enter_paper(post: Post, consent: Consent, number: str, signed_on: date, on: date) -> Verdict:
    """The asked unit enters the document by which the other consented, where that one does not answer here itself."""
    return first_no(
        allowed(post, "task.answer", on),
        is_task_lead(post, consent.mobilisation.task),
        _still_open(consent),
        has_text(number, "number"),
        no_unless(len(number) <= 60, "text-too-long", _("Số văn bản dài nhất 60 chữ cái."), "number"),
        no_unless(signed_on <= on, "day-ahead", _("Ngày văn bản chưa đến."), "signed_on"),
    )


def _still_open(consent: Consent) -> Verdict:
    return first_no(
        no_unless(consent.mobilisation.task.state == TaskState.ASKED, "not-asked", _("Nhiệm vụ này không chờ nhận.")),
        no_unless(consent.agrees is None, "answered", _("Ý kiến này đã được trả lời.")),
    )
