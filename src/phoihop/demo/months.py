"""A stretch of months before this one, planned and closed in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from phoihop.kernel.period import HOME, ONE_DAY, Period, month_start

from .hands import ARMED, HELPERS, Hands
from .scale import Scale
from .year import Slot


def arrange_plans(hands: Hands, slots: Sequence[Slot], days: Period, scale: Scale) -> None:
    """Each month is planned in the last week of the one before, the first two as soon as the demo begins; what lies ahead is partly unanswered."""
    today = datetime.combine(scale.today, time(), HOME)
    begun = month_start(days.first.year, days.first.month + 1)
    for month in sorted({max(month_start(s.day.year, s.day.month), begun) for s in slots}):
        own = [s for s in slots if max(month_start(s.day.year, s.day.month), begun) == month]
        first = days.first - 3 * ONE_DAY if month == begun else month_start(month.year, month.month - 1, 25)
        at = datetime.combine(min(first, scale.today - 2 * ONE_DAY), time(8), HOME)

        def answered(s: Slot, unit: str) -> bool:
            if s.start < today + timedelta(hours=14):
                return True
            soon = s.start < today + timedelta(days=3)
            return Random(f"{scale.seed}:answers:{s.way.key}:{s.start}:{unit}").random() < (0.85 if soon else 0.6)

        hands.plan(own, at, answered)
    hands.cancel(slots)


def arrange_closing(hands: Hands, slots: Sequence[Slot], days: Period) -> None:
    """Results and words of whole stretches at a time; teams of the commune and the Front answer for two stretches at once."""
    ends = _stretches(days)
    for n, (first, last) in enumerate(ends):
        hands.close(_within(slots, first, last), last)
        hands.hear(_within(slots, first, last), last, ARMED)
        if n % 2 or last == days.last:
            hands.hear(_within(slots, ends[n - n % 2][0], last), last, HELPERS)


def _stretches(days: Period) -> list[tuple[date, date]]:
    """First and last days: the last week, about three weeks before it, a month before those."""
    lasts = [days.last - n * ONE_DAY for n in (28, 7, 0)]
    kept = sorted({last for last in lasts if last >= days.first})
    return list(zip([days.first, *(last + ONE_DAY for last in kept[:-1])], kept, strict=True))


def _within(slots: Sequence[Slot], first: date, last: date) -> list[Slot]:
    return [s for s in slots if first <= s.day <= last]


def arrange_past(hands: Hands, slots: Sequence[Slot], scale: Scale) -> None:
    """Patrols of one month and one lead, long over: planned before, closed together when the month was over."""
    first = slots[0].day
    usual = datetime.combine(month_start(first.year, first.month - 1, 25), time(8), HOME)
    hands.plan(slots, max(usual, scale.founded + timedelta(days=5)))
    hands.cancel(slots)
    last = max(s.day for s in slots)
    hands.close(slots, last)
    hands.hear(slots, last, (*ARMED, *HELPERS))
