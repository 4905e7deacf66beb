"""The life cycle of an agreement as a row of steps: how far it is, since when, until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.models import Agreement, Stage, Version
from phoihop.domain.agreements.queries.agreement import PartyLine, opinions_on
from phoihop.domain.agreements.queries.parties import taken_up
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY
from phoihop.domain.agreements.rules.register import was_taken_back
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.period import local_day

from .acts import Case

_MOMENT = timedelta(seconds=1)
Step = dict[str, str]


def ladder(case: Case, standing: Standing, today: date) -> list[Step]:
    """Soạn, lấy ý kiến, ký liên tịch, phê duyệt (where somebody approves it), hiệu lực, rà soát lại."""
    a, version = case.a, case.version
    if case.kind in OPINIONS_ONLY:
        return _of_appraisal(a, version)
    if was_taken_back(a):
        return _of_slip(a, version)
    approver = next((line for line in case.lines if line.party.approves), None)
    signing = [line for line in case.lines if line.party.signs]
    signed = sum(line.signature is not None for line in signing)
    order = [Stage.DRAFT, Stage.OPINIONS, Stage.SIGNING, Stage.AGREED]
    at = order.index(Stage(a.stage)) if a.stage in order else len(order)
    if approver is not None and (a.stage in (Stage.AGREED, Stage.ENDED) or (a.stage == Stage.SIGNING and signed == len(signing))):
        at += 1
    until = f", {_until(version.signing_by, '')}" if a.stage == Stage.SIGNING and signed < len(signing) else ""
    told = [
        (_("Soạn"), _("bản %(n)d, %(day)s") % {"n": version.number, "day": day_of(local_day(version.made_at))}),
        (_("Lấy ý kiến"), _asked(case)),
        (_("Ký liên tịch"), _("%(n)d/%(of)d đã ký") % {"n": signed, "of": len(signing)} + until),
        *([(_("Phê duyệt"), _approved(approver))] if approver else []),
    ]
    made = [_step(label, about, at, n) for n, (label, about) in enumerate(told)]
    held = "now" if at == len(made) and standing == Standing.IN_FORCE else "done" if at > len(made) else "next"
    late = a.next_review is not None and a.next_review < today
    made.append({"label": _("Hiệu lực"), "about": _holds(a), "state": held, "kind": ""})
    made.append({"label": _("Rà soát lại"), "about": _review(a, version), "state": "next", "kind": "danger" if late else ""})
    return made


def _of_appraisal(a: Agreement, version: Version) -> list[Step]:
    """What is only sent for opinions ends with the answers."""
    order = [Stage.DRAFT, Stage.OPINIONS, Stage.ENDED]
    at = order.index(Stage(a.stage)) + (a.stage == Stage.ENDED)
    told = taken_up(a)
    about = _("tiếp thu %(taken)d, một phần %(partly)d, không %(not)d") % told if a.ended_on else ""
    return [
        _step(_("Soạn"), _("bản %(n)d, %(day)s") % {"n": version.number, "day": day_of(local_day(version.made_at))}, at, 0),
        _step(_("Lấy ý kiến"), _until(version.opinions_by, _("chưa gửi")), at, 1),
        _step(_("Kết thúc"), f"{day_of(a.ended_on)}: {about}" if a.ended_on else "–", at, 2),
    ]


def _of_slip(a: Agreement, version: Version) -> list[Step]:
    """What was written into the register by mistake went through none of the steps of a text."""
    return [
        _step(_("Ghi vào sổ"), day_of(local_day(version.made_at)), 1, 0),
        _step(_("Ghi nhầm, đã rút lại"), _("%(day)s, chưa từng có hiệu lực") % {"day": day_of(a.ended_on)} if a.ended_on else "–", 1, 1),
    ]


def _step(label: str, about: str, at: int, n: int) -> Step:
    return {"label": label, "about": about, "state": "done" if n < at else "now" if n == at else "next", "kind": ""}


def _asked(case: Case) -> str:
    """The deadline of the last version that was sent for opinions, and how many wishes came on all."""
    asked = case.a.versions.filter(opinions_at__isnull=False).order_by("-number").first()
    if asked is None:
        return _("không lấy ý kiến") if case.a.stage in (Stage.SIGNING, Stage.AGREED) else _("chưa gửi")
    wishes = opinions_on(case.a).filter(text__isnull=False).count()
    said = ngettext("%(n)d góp ý", "%(n)d góp ý", wishes) % {"n": wishes}
    return f"{_until(asked.opinions_by, '')}, {said}" if wishes else _until(asked.opinions_by, "")


def _approved(line: PartyLine) -> str:
    if line.approval is None:
        return line.party.unit.short
    return _("%(unit)s, %(number)s ngày %(day)s") % {
        "unit": line.party.unit.short, "number": line.approval.number, "day": day_of(line.approval.decided_on),
    }  # fmt: skip


def _holds(a: Agreement) -> str:
    start = a.valid_from or a.agreed_on
    from_day = _("từ %(day)s") % {"day": day_of(start)} if start else "–"
    return from_day + (_(" đến trước %(day)s") % {"day": day_of(a.valid_until)} if a.valid_until else "")


def _review(a: Agreement, version: Version) -> str:
    if a.next_review is not None:
        return day_of(a.next_review)
    return _("%(n)d tháng sau khi có hiệu lực") % {"n": version.review_months} if version.review_months else "–"


def _until(deadline: datetime | None, otherwise: str) -> str:
    """A deadline is the end of its day."""
    return _("hạn %(day)s") % {"day": day_of(local_day(deadline - _MOMENT))} if deadline else otherwise


def day_of(day: date) -> str:
    return day_text(day, reader())
