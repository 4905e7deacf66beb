"""A stretch of months before this one, planned and closed in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from phoihop.kernel.period import HOME, ONE_DAY, Period, month_start

from .hands import Hands
from .scale import Scale
from .year import Slot

_STRETCH = 7  # days after which the results of a stretch are recorded together


def arrange_plans(hands: Hands, slots: Sequence[Slot], days: Period, scale: Scale) -> None:
    """Each month is planned in the last week of the one before, the first as soon as the demo begins; what lies ahead is partly unanswered."""
    today = datetime.combine(scale.today, time(), HOME)
    for month in sorted({month_start(s.day.year, s.day.month) for s in slots}):
        own = [s for s in slots if month_start(s.day.year, s.day.month) == month]
        first = max(month_start(month.year, month.month - 1, 25), days.first - 3 * ONE_DAY)
        at = datetime.combine(min(first, scale.today - 2 * ONE_DAY), time(8), HOME)

        def answered(s: Slot, unit: str) -> bool:
            if s.start < today + timedelta(hours=14):
                return True
            soon = s.start < today + timedelta(days=3)
            return Random(f"{scale.seed}:answers:{s.way.key}:{s.start}:{unit}").random() < (0.85 if soon else 0.6)

        hands.plan(own, at, answered)
    hands.cancel(slots)


def arrange_closing(hands: Hands, slots: Sequence[Slot], days: Period) -> None:
    """Results and words of whole weeks at a time."""
    first = days.first
    while first < days.until:
        until = min(first + _STRETCH * ONE_DAY, days.until)
        hands.close([s for s in slots if first <= s.day < until], until - ONE_DAY)
        first = until


def arrange_past(hands: Hands, slots: Sequence[Slot]) -> None:
    """Patrols of one month and one lead, long over: planned before, closed together when the month was over."""
    month: date = month_start(slots[0].day.year, slots[0].day.month)
    hands.plan(slots, datetime.combine(month_start(month.year, month.month - 1, 25), time(8), HOME))
    hands.cancel(slots)
    hands.close(slots, max(s.day for s in slots))
