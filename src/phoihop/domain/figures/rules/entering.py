"""What a unit may enter by hand: values of a period that only it knows, and totals that a document states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import Period
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Method, Qualifier
from .calendars import period

AT_ONCE = 500
MOST = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class EnteredValue:
    """A value for a period, in the measure's smallest unit (hundredths, if it has a scale of −2). None takes it back."""

    measure: str
    area: Area
    value: int | None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A total as a document states it: for an area, over ``[first, until)``, with how exact it says to be, and where it stands written."""

    measure: str
    area: Area
    first: date
    until: date
    value: int
    qualifier: str
    source: str
    item: str = ""


def key_of(calendar: str, code: str) -> str:
    """How a fact names the period it was entered for."""
    return f"{calendar}:{code}"


def period_of_key(key: str) -> Period:
    """The days of the period that a fact was entered for. Raises NoSuchPeriod."""
    calendar, _colon, code = key.partition(":")
    return period(calendar, code)


def may_enter(post: Post, values: Iterable[EnteredValue], on: date) -> Verdict:
    given = list(values)
    once = {(v.measure, v.item, v.area.pk) for v in given}
    return first_no(
        allowed(post, "figure.enter", on),
        no_unless(0 < len(given) <= AT_ONCE, "too-many", _("Mỗi lần nhập từ 1 đến 500 số."), "values"),
        no_unless(len(once) == len(given), "value-twice", _("Một số đo của một địa bàn chỉ nhập một lần."), "values"),
    )


def fits_value(v: EnteredValue, method: str, days: Period, today: date, *, within: bool, overlaps: bool, at: str) -> Verdict:
    """Whether a value may stand. ``within``: the area lies in that of the unit. ``overlaps``: another period that shares days is entered."""
    return first_no(
        no_unless(method == Method.ENTERED, "not-entered", _("Số đo này được đếm từ bản ghi, không nhập tay."), f"{at}.measure"),
        no_unless(days.first <= today, "period-ahead", _("Kỳ này chưa bắt đầu."), "period"),
        no_unless(within, "not-your-area", _("Chỉ nhập số liệu của địa bàn đơn vị mình phụ trách."), f"{at}.area"),
        fits_amount(v.value, f"{at}.value"),
        no_unless(not overlaps, "overlaps", _("Đã có số nhập cho một kỳ khác trùng ngày với kỳ này. Hãy rút số đó trước."), f"{at}.measure"),
    )


def fits_amount(value: int | None, field: str) -> Verdict:
    return no_unless(value is None or 0 <= value <= MOST, "amount", _("Số phải từ 0 đến 1.000.000.000.000."), field)


def may_state(post: Post, total: Total, method: str, on: date, *, within: bool) -> Verdict:
    """Whether a total from a document may be taken over; only what can be added up can have one."""
    return first_no(
        allowed(post, "figure.enter", on),
        no_unless(within, "not-your-area", _("Chỉ nhập số liệu của địa bàn đơn vị mình phụ trách."), "area"),
        no_unless(method in (Method.FLOW, Method.ENTERED), "not-a-sum", _("Chỉ nhập số tổng hợp cho số đo cộng được."), "measure"),
        no_unless(total.first < total.until, "time-order", _("Ngày cuối phải sau ngày đầu."), "until"),
        no_unless(total.first < on, "period-ahead", _("Kỳ này chưa bắt đầu."), "first"),
        lived_then(total.area, Period(total.first, total.until)),
        fits_amount(total.value, "value"),
        no_unless(total.qualifier in Qualifier.values, "no-such-qualifier", _("Chọn một trong: đúng, hơn, khoảng."), "qualifier"),
        no_unless(total.source.strip(), "source-missing", _("Hãy ghi nguồn: văn bản, số, ngày."), "source"),
    )


def lived_then(area: Area, days: Period) -> Verdict:
    """A total belongs to an area that existed on at least one of its days."""
    lived = days.meet(Period(area.valid_from, area.valid_until or max(days.until, area.valid_from)))
    return no_unless(len(lived), "area-not-then", _("%(area)s không tồn tại vào những ngày đó.") % {"area": area}, "area", of_day=days.first)


def stated_once(there: bool) -> Verdict:
    """The same area and days are stated once; a mended total names the one that it replaces."""
    return no_unless(not there, "stated-already", _("Đã có số tổng hợp cho địa bàn và kỳ này. Hãy thay số đó, kèm nguồn mới."), "replaces")


def may_replace(same: bool, replaced: bool) -> Verdict:
    """A replacement is of the same measure and area, and of a total that still stands."""
    return first_no(
        no_unless(same, "other-total", _("Số thay thế phải cùng số đo và địa bàn."), "replaces"),
        no_unless(not replaced, "already-replaced", _("Số này đã được thay rồi. Hãy thay số mới nhất."), "replaces"),
    )
