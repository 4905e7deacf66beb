"""Whether a route is walked as often as it was laid down (``Route.every_days``): at least once in every so many days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from phoihop.kernel.period import ONE_DAY, Period


def missed(walked: Collection[date], days: Period, every: int) -> list[Period]:
    """The runs of days without a patrol that are as long as the cadence or longer.

    ``walked`` may hold days before the period: a run that began there counts from there, and is given from the first day
    of the period on. A run that goes on beyond the period counts as far as the period reaches.
    """
    known, runs = set(walked), []
    day = days.first
    while day < days.until:
        if day in known:
            day += ONE_DAY
            continue
        began = day
        while began - ONE_DAY not in known and day - began < timedelta(days=every - 1):
            began -= ONE_DAY
        until = day
        while until < days.until and until not in known:
            until += ONE_DAY
        if until - began >= timedelta(days=every):
            runs.append(Period(day, until))
        day = until
    return runs


def fillings(run: Period, walked: Collection[date], every: int) -> list[date]:
    """The fewest days of a missed run on which a patrol would keep the cadence: each as late as it may be."""
    known = set(walked)
    last = max((d for d in known if d < run.first), default=run.first - timedelta(days=every))
    chosen = []
    while last + timedelta(days=every) < run.until:
        last = max(last + timedelta(days=every), run.first)
        chosen.append(last)
    return chosen
