"""Whether clauses, and the duties that they lay down, can be kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.models import Purpose
from ...matters.rules import LONGEST
from ...tasks.rules import fits_grace
from ...territory.models import Level
from ..models import Cadence, ContentArea, DutyAct
from .drafts import ClauseDraft, DutyDraft
from .roles import fits_roles

MOST_CLAUSES = 400
MOST_DUTIES = 40
DEEPEST = 3
LONGEST_LABEL = 40
MOST_DUE_WORKDAYS = 250
MOST_MINUTES = 60 * 24 * 60
FURTHEST_ONWARD = 5


def fits_clauses(clauses: Sequence[ClauseDraft]) -> Verdict:
    return first_no(
        no_unless(len(clauses) <= MOST_CLAUSES, "too-many-clauses", _("Một văn bản có nhiều nhất 400 điều, khoản, điểm."), "clauses"),
        *(fits_clause(c, f"clauses.{n}") for n, c in enumerate(clauses)),
    )


def fits_clause(c: ClauseDraft, place: str) -> Verdict:
    """A clause has a number (*Điều 7*), something to say, and a content area of the closed list or none."""
    longest = LONGEST[Purpose.CLAUSE]
    return first_no(
        no_unless(c.label.strip(), "label-missing", _("Ghi số hiệu điều, khoản (ví dụ: Điều 7)."), f"{place}.label"),
        no_unless(len(c.label) <= LONGEST_LABEL, "label-too-long", _("Số hiệu điều, khoản dài nhất 40 chữ cái."), f"{place}.label"),
        no_unless(0 <= c.depth <= DEEPEST, "no-such-depth", _("Bậc là chương, điều, khoản hoặc điểm."), f"{place}.depth"),
        no_unless(c.text.strip() or c.heading.strip(), "clause-empty", _("Điều, khoản này chưa có nội dung."), f"{place}.text"),
        no_unless(len(c.text) <= longest, "clause-too-long", _("Một điều, khoản dài nhất 20.000 chữ cái."), f"{place}.text"),
        no_unless(not c.content or c.content in ContentArea.values, "no-such-content", _("Nội dung phối hợp không có trong danh mục."), f"{place}.content"),
        no_unless(len(c.duties) <= MOST_DUTIES, "too-many-duties", _("Một điều, khoản có nhiều nhất 40 việc phải làm."), f"{place}.duties"),
        *(fits_duty(d, f"{place}.duties.{n}", len(c.text)) for n, d in enumerate(c.duties)),
    )


def fits_duty(d: DutyDraft, place: str, length: int) -> Verdict:
    """What is to be done is of the closed list; a deadline is some time after, never at once; one lead at most.

    ``length``: of the clause's text in characters, within which the sentence must lie.
    """
    some = _("Hạn phải từ 1 trở lên; nếu làm ngay thì bỏ trống.")
    return first_no(
        no_unless(d.act in DutyAct.values, "no-such-act", _("Việc phải làm không có trong danh mục."), f"{place}.act"),
        no_unless(d.level in Level.values, "no-such-level", _("Cấp thực hiện không có trong danh mục."), f"{place}.level"),
        no_unless(d.cadence in Cadence.values, "no-such-cadence", _("Định kỳ không có trong danh mục."), f"{place}.cadence"),
        no_unless(d.due_workdays is None or d.due_workdays > 0, "deadline-zero", some, f"{place}.due_workdays"),
        no_unless(d.within_minutes is None or d.within_minutes > 0, "deadline-zero", some, f"{place}.within_minutes"),
        no_unless((d.due_workdays or 0) <= MOST_DUE_WORKDAYS, "deadline-far", _("Hạn dài nhất 250 ngày làm việc."), f"{place}.due_workdays"),
        no_unless((d.within_minutes or 0) <= MOST_MINUTES, "deadline-far", _("Hạn dài nhất 60 ngày."), f"{place}.within_minutes"),
        fits_grace(d.grace_workdays).at(f"{place}.grace_workdays"),
        no_unless(d.due_day is None or 1 <= d.due_day <= 31, "due-day", _("Ngày trong tháng từ 1 đến 31."), f"{place}.due_day"),
        no_unless(d.cadence != Cadence.ONCE or d.due_on, "due-on-missing", _("Việc làm một lần cần ngày đến hạn."), f"{place}.due_on"),
        no_unless(0 <= d.onward <= FURTHEST_ONWARD, "onward", _("Thông tin chuyển tiếp từ 0 đến 5 cấp."), f"{place}.onward"),
        no_unless(
            d.sentence is None or 0 <= d.sentence[0] < d.sentence[1] <= length,
            "sentence",
            _("Câu làm căn cứ không nằm trong điều, khoản này."),
            f"{place}.sentence",
        ),
        fits_roles(d.roles, f"{place}.roles"),
    )
