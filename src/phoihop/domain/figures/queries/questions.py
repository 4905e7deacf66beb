"""Questions as of a day, which registers answer by themselves: tasks from their dates, teams, units of the place register.

Each gives the records that it counts, so that the figure opens, and says whether anything is known at all. A later topic may add its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.kernel.period import Period

from ...forces.models import Unit, UnitKind
from ...tasks.queries import dated
from ...territory.models import Area, AreaClosure, Level, Tree
from .asked import Reach

SECURITY_TEAM = "AN"
"""The force of security teams (tổ bảo vệ an ninh, trật tự)."""

Ask = Callable[[int, Period], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True)
class Question:
    """``counted``: the records of an area over a period; ``known``: records without which nothing can be said.

    ``amount``: the field that is added up, where a record counts for more than one. ``matter``: the way from a record to its matter
    (``agreement__matter``), for records that open through one; ``day``: its field that says when.
    """

    counted: Ask
    known: Ask
    reach: Reach = Reach.PERIOD
    amount: str = ""
    matter: str = ""
    day: str = ""


def _areas(level: str) -> Ask:
    def counted(area: int, days: Period) -> QuerySet[Area]:
        below = AreaClosure.objects.filter(ancestor=area, valid_from__lte=days.last, valid_until__gt=days.last).values("area")
        return Area.objects.filter(_then(days), pk__in=below, level=level, tree=Tree.CIVIL)

    return counted


def _the_area(area: int, days: Period) -> QuerySet[Area]:
    return Area.objects.filter(_then(days), pk=area)


def _security_teams(area: int, days: Period) -> QuerySet[Unit]:
    return _units(area, days).filter(force__code=SECURITY_TEAM, kind=UnitKind.TEAM)


def _units(area: int, days: Period) -> QuerySet[Unit]:
    below = AreaClosure.objects.filter(ancestor=area, valid_from__lte=days.last, valid_until__gt=days.last).values("area")
    return Unit.objects.filter(_then(days), area__in=below)


def _then(days: Period) -> Q:
    """What held on the last day of a period."""
    return Q(valid_from__lte=days.last) & (Q(valid_until=None) | Q(valid_until__gt=days.last))


QUESTIONS: dict[str, Question] = {
    "tasks.given": Question(dated.given, dated.known),
    "tasks.led-and-dated": Question(dated.led_and_dated, dated.known),
    "tasks.due": Question(dated.due, dated.known),
    "tasks.done-on-time": Question(dated.done_on_time, dated.known),
    "tasks.overdue": Question(dated.overdue, dated.known, Reach.SO_FAR),
    "tasks.patrol-fixed": Question(dated.patrol_fixed, dated.known),
    "units.security-teams": Question(_security_teams, _units, Reach.LAST_DAY),
    "areas.province": Question(_areas(Level.PROVINCE), _the_area, Reach.LAST_DAY),
    "areas.commune": Question(_areas(Level.COMMUNE), _the_area, Reach.LAST_DAY),
    "areas.hamlet": Question(_areas(Level.HAMLET), _the_area, Reach.LAST_DAY),
}
