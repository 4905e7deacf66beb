"""Moments and days in words: "19:42", "hôm nay 22:00", "quá hạn 42 phút". The page keeps the exact time beside them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.kernel.figures_text import MISSING, Language, reader
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.period import HOME, local_day

SOON = timedelta(hours=3)
WEEKDAYS = (lazy("Thứ Hai"), lazy("Thứ Ba"), lazy("Thứ Tư"), lazy("Thứ Năm"), lazy("Thứ Sáu"), lazy("Thứ Bảy"), lazy("Chủ Nhật"))
SHORT_WEEKDAYS = (lazy("T2"), lazy("T3"), lazy("T4"), lazy("T5"), lazy("T6"), lazy("T7"), lazy("CN"))


class Due(NamedTuple):
    """``kind``: over, soon or later; computed, never stored."""

    kind: str
    text: str


def language() -> Language:
    return reader()


def clock(moment: datetime | None) -> str:
    """19:42, in Vietnam."""
    return moment.astimezone(HOME).strftime("%H:%M") if moment else MISSING


def exact(moment: datetime | None) -> str:
    """19:42, 21/11/2026."""
    return f"{clock(moment)}, {day_text(local_day(moment), language())}" if moment else MISSING


def near(moment: datetime | None, now: datetime) -> str:
    """As short as the reader allows: 19:42 today, "hôm qua 19:42", 21/11 19:42 this year, else with the year."""
    if moment is None:
        return MISSING
    day, today = local_day(moment), local_day(now)
    if day == today:
        return clock(moment)
    if day == today - timedelta(days=1):
        return _("hôm qua %(clock)s") % {"clock": clock(moment)}
    return f"{short_day(day, today)} {clock(moment)}"


def short_day(day: date, today: date) -> str:
    """21/11 within this year, 21/11/2025 otherwise."""
    full = day_text(day, language())
    return full.rsplit("/" if language() == "vi" else " ", 1)[0] if day.year == today.year else full


def long_day(day: date) -> str:
    """Thứ Bảy 21/11/2026."""
    return f"{WEEKDAYS[day.weekday()]} {day_text(day, language())}"


def span(length: timedelta) -> str:
    """A length of time in its largest unit: "42 phút", "3 giờ", "2 ngày"."""
    minutes = max(int(length.total_seconds() // 60), 1)
    if minutes < 60:
        return _("%(n)s phút") % {"n": minutes}
    if minutes < 24 * 60:
        return _("%(n)s giờ") % {"n": minutes // 60}
    return _("%(n)s ngày") % {"n": minutes // (24 * 60)}


def left(began: datetime | None, now: datetime, done: int, total: int, least: int) -> str:
    """How long work still takes, going by what is done: "còn khoảng 2 phút"; nothing before ``least`` per cent of it, when a guess would only mislead."""
    if began is None or not 0 < done < total or 100 * done < least * total:
        return ""
    return _("còn khoảng %(span)s") % {"span": span((now - began) * (total - done) / done)}


def ago(moment: datetime | None, now: datetime) -> str:
    """ "18 phút trước"; "vừa xong" within a minute; the day itself after a week."""
    if moment is None:
        return MISSING
    since = now - moment
    if since < timedelta(minutes=1):
        return _("vừa xong")
    if since >= timedelta(days=7):
        return short_day(local_day(moment), local_day(now))
    return _("%(span)s trước") % {"span": span(since)}


def due(moment: datetime, now: datetime, soon: timedelta = SOON) -> Due:
    """A deadline beside the clock; at midnight it is the end of the day before. The words are the same that js/times.js writes each minute."""
    left = moment - now
    if left < timedelta():
        return Due("over", _("quá hạn %(span)s") % {"span": span(-left)})
    kind = "soon" if left < soon else "later"
    if left < timedelta(hours=1):
        return Due(kind, _("còn %(span)s") % {"span": span(left)})
    if local_day(moment) == local_day(now):
        return Due(kind, _("hôm nay %(clock)s") % {"clock": clock(moment)})
    if left < timedelta(days=7):
        return Due(kind, _("còn %(span)s") % {"span": span(left)})
    return Due(kind, short_day(local_day(moment - timedelta(microseconds=1)), local_day(now)))
