"""An agreement of the province asks its units below for theirs: adopted as it is, with a text of their own, or not applied and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.rules import fits_unit, has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Adoption, AdoptionForm, Agreement, Stage

MOST_UNITS = 500
LONGEST = timedelta(days=1100)
SOON = timedelta(days=7)
"""From when before its day a missing text is said to be due soon: our own measure."""


def is_agreed(agreement: Agreement) -> Verdict:
    """Once agreed a text holds, also while a new version of it is drafted."""
    return no_unless(
        agreement.agreed_on is not None and agreement.stage != Stage.ENDED,
        "not-agreed",
        _("Văn bản chưa đủ chữ ký các bên, hoặc đã thôi thực hiện."),
    )


def may_ask_below(post: Post, agreement: Agreement, units: Sequence[Unit], parties: Collection[int], due_on: date, on: date) -> Verdict:
    """The lead asks units that are no party themselves; a day is given for it."""
    counted = Counter(unit.pk for unit in units)
    return first_no(
        allowed(post, "agreement.cascade", on),
        leads(post, agreement.matter),
        is_agreed(agreement),
        no_unless(0 < len(units) <= MOST_UNITS, "no-units", _("Chọn từ 1 đến 500 đơn vị."), "units"),
        no_unless(max(counted.values(), default=0) <= 1, "unit-twice", _("Một đơn vị chỉ ghi một lần."), "units"),
        no_unless(not parties & counted.keys(), "party-below", _("Bên đã ký văn bản thì không cần ban hành lại. Bỏ bên đó khỏi danh sách."), "units"),
        no_unless(due_on > on, "due-past", _("Hạn phải sau hôm nay."), "due_on"),
        no_unless(due_on <= on + LONGEST, "due-far", _("Hạn xa nhất ba năm. Hãy kiểm tra lại năm."), "due_on"),
        *(fits_unit(unit, on, f"units.{n}") for n, unit in enumerate(units)),
    )


def may_adopt(post: Post, adoption: Adoption, on: date) -> Verdict:
    """A unit answers for itself; an answer may be changed while the agreement holds."""
    return first_no(
        allowed(post, "agreement.adopt", on),
        no_unless(post.unit_id == adoption.unit_id, "not-asked", _("Chỉ đơn vị được yêu cầu mới trả lời cho mình.")),
        is_agreed(adoption.agreement),
    )


def replaces_answer(adoption: Adoption, form: AdoptionForm) -> Verdict:
    """Another answer than the one given is asked back: a click must not undo what stands."""
    if adoption.form in (AdoptionForm.WAITING, form):
        return YES
    said = _("Đơn vị của bạn đã trả lời: %(form)s. Câu trả lời này thay câu trước.") % {"form": AdoptionForm(adoption.form).label}
    return Verdict("answered-otherwise", said, asks=True, answer=form.value)


def fits_own(adoption: Adoption, own: Agreement, implements: bool, signs: bool) -> Verdict:
    """``implements``: the own text names the upper one as what it implements; ``signs``: the unit is one of its signing parties."""
    return first_no(
        no_unless(own.pk != adoption.agreement_id, "own-is-upper", _("Chọn văn bản của đơn vị mình, không phải văn bản cấp trên."), "own"),
        no_unless(signs, "own-not-signed", _("Văn bản riêng phải có đơn vị của bạn là bên ký."), "own"),
        no_unless(
            implements,
            "own-without-basis",
            _(
                "Văn bản riêng chưa ghi văn bản cấp trên làm căn cứ thực hiện. Bản đang soạn thì ghi thêm căn cứ; bản đã ký thì mở bản mới để ghi, rồi chọn lại."
            ),
            "own",
        ),
    )


def fits_reason(reason: str) -> Verdict:
    return has_text(reason, "reason")


def may_remind(post: Post, agreement: Agreement, waiting: int, on: date) -> Verdict:
    """``waiting``: units that have not answered and were not reminded today."""
    return first_no(
        allowed(post, "agreement.cascade", on),
        leads(post, agreement.matter),
        no_unless(waiting, "nobody-to-remind", _("Không còn đơn vị nào để nhắc hôm nay: đã trả lời, hoặc đã nhắc trong ngày.")),
    )


def is_late(adoption: Adoption, today: date) -> bool:
    return adoption.form == AdoptionForm.WAITING and adoption.due_on < today


def reminded_today(adoption: Adoption, now: datetime) -> bool:
    return adoption.reminded_at is not None and local_day(adoption.reminded_at) == local_day(now)
