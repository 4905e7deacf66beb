"""A book too long for one print: said on the page and on the paper, with the shorter stretches in which it can be printed whole."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from phoihop.kernel.figures_text import grouped
from phoihop.kernel.period import Period
from phoihop.papers.document import Paragraph, Run

from .. import moments
from ..scope import DAY, TERM, changed
from ..terms import term_of
from ..when import Choice


def by_month(request: HttpRequest, days: Period) -> list[Choice]:
    """The months of a stretch; none where it is no longer than one."""
    found = list(dict.fromkeys(term_of(day) for day in days.days()))
    return [Choice(month.short, changed(request, **{TERM: month, DAY: None})) for month in found] if len(found) > 1 else []


def by_day(request: HttpRequest, days: Period) -> list[Choice]:
    """The days of a stretch; none where it is no longer than one."""
    return [Choice(moments.short_day(day, days.last), changed(request, **{DAY: day.isoformat(), TERM: None})) for day in days.days()] if len(days) > 1 else []


def on_page(most: int, *, shorter: bool) -> str:
    said = {"n": grouped(most, 0, moments.language())}
    if shorter:
        return _("Kỳ này dài hơn một bản in: dưới đây chỉ có %(n)s dòng đầu. In đủ theo từng phần:") % said
    return _("Kỳ này dài hơn một bản in: dưới đây chỉ có %(n)s dòng đầu.") % said


def on_paper(most: int) -> Paragraph:
    """So that nobody takes the sheets for the whole book."""
    return Paragraph(Run(f"Bản in chưa hết kỳ: chỉ gồm {grouped(most)} dòng đầu.", bold=True), "left")
