"""Days off: filled from the packaged list, then changed by an administrator as the year's decisions are announced."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...people.models import Post
from ...people.rules import allowed
from ..models import Holiday
from ..rules.holidays import fits_holiday, packaged


@action
def fill_holidays(*, by: Post, at: datetime) -> int:
    """Bring in the packaged days that are not there yet; how many. What an administrator set stays as it is."""
    allowed(by, "holiday.manage", local_day(at)).enforce()
    there = set(Holiday.objects.values_list("day", flat=True))
    fresh = [Holiday(day=d.day, works=d.works, name=d.name, basis=d.basis) for d in packaged() if d.day not in there]
    Holiday.objects.bulk_create(fresh)
    write(by=by, what="holiday.filled", at=at, days=len(fresh))
    return len(fresh)


@action
def set_holiday(*, by: Post, day: date, name: str, at: datetime, works: bool = False, basis: str = "") -> Holiday:
    """Make a day a day off; or (``works``) a weekend day worked in exchange, or a day of the list that is worked after all."""
    allowed(by, "holiday.manage", local_day(at)).enforce()
    fits_holiday(day, works, name, is_off=Holiday.objects.filter(day=day).exists()).enforce()
    holiday, _ = Holiday.objects.update_or_create(day=day, defaults={"name": name.strip(), "works": works, "basis": basis.strip()})
    write(by=by, what="holiday.set", at=at, day=day, works=works)
    return holiday
