"""What stands entered by hand already, and whose area an area is."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from phoihop.kernel.period import Period

from ...territory.models import Area, AreaClosure
from ...territory.queries import pieces
from ..models import Fact, Method, SourcedTotal
from ..rules.calendars import EARLIEST
from ..rules.entering import Total, period_of_key


def entered_by(unit: int, days: Period) -> list[Fact]:
    """The values a unit entered, and did not take back, for periods that share days with this one."""
    reversed_ = Fact.objects.filter(reverses=OuterRef("pk"))
    found = Fact.objects.filter(~Exists(reversed_), unit=unit, reverses=None, measure__method=Method.ENTERED, day__gte=days.first)
    return [f for f in found if len(period_of_key(f.key).meet(days))]


def same_total(measure: int, item: int | None, total: Total) -> bool:
    """Whether a total of the same area and days stands already."""
    same = SourcedTotal.objects.filter(measure=measure, item=item, area=total.area, first=total.first, until=total.until)
    return same.filter(replaced_by=None).exists()


def falls_under(area: Area, top: Area) -> bool:
    """Whether an area is another, ever stood below it, or became part of it: an abolished province belongs to its heir."""
    if AreaClosure.objects.filter(area=area, ancestor=top).exists():
        return True
    came_from = [piece.area for piece in pieces(top, EARLIEST, top.valid_from, top.valid_from).pieces]
    return AreaClosure.objects.filter(area=area, ancestor__in=came_from).exists()
