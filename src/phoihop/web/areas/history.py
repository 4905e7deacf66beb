"""What an area was and is, in words: from when until when, where it stood, what its figures are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.domain.territory.models import Area, Level
from phoihop.domain.territory.queries import Became, became, made_of, pieces
from phoihop.domain.territory.queries.search import above_of
from phoihop.domain.territory.rules import BEFORE_ALL
from phoihop.kernel.period import ONE_DAY

from ..memory import known


@dataclass(frozen=True, slots=True)
class Placed:
    """An area of another day with where it stood then; ``url`` leads to it on that day."""

    area: Area
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """The other end of a history. ``whole``: nothing on the way divided a unit, so that figures carry over exactly."""

    on: date
    areas: Sequence[Placed]
    whole: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of time of a unit whose figures belong to the area; ``last`` None: still going on."""

    area: Area
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """What adds up to an area. ``group``: with others it cannot be told apart from, if a unit was divided without shares."""

    parts: Sequence[Part]
    exact: bool
    group: Sequence[Area]


def before(area: Area) -> Told | None:
    """What it was on the eve of its first day; None if nothing is known before it."""
    eve = area.valid_from - ONE_DAY
    return known(("was", area.pk), lambda: _told(made_of(area, eve), eve)) if area.start_known or area.valid_from > BEFORE_ALL else None


def today_is(area: Area, today: date) -> Told | None:
    """What it is today; None while it exists."""
    if area.valid_until is None or area.valid_until > today:
        return None
    return known(("is", area.pk, today), lambda: _told(became(area, today), today))


def _told(found: Became, on: date) -> Told:
    areas = found.areas
    above = above_of(areas)
    placed = [Placed(a, ", ".join(str(up) for up in above[a.pk]), f"/dia-ban/{a.code}/?ngay={on.isoformat()}") for a in areas]
    return Told(on, placed, found.whole)


def sum_of(area: Area, today: date, *, as_of_today: bool) -> Sum | None:
    """What its figures are made of, on today's areas or as they were recorded. A nation is made of everything."""
    lives = area.valid_until is None or area.valid_until > today
    if area.level == Level.NATION or (as_of_today and not lives):
        return None
    return known(("sum", area.pk, today, as_of_today), lambda: _sum(area, today, today if as_of_today else None))


def _sum(area: Area, today: date, on: date | None) -> Sum:
    made = pieces(area, BEFORE_ALL, today + ONE_DAY, on)
    areas = Area.objects.in_bulk({p.area for p in made.pieces} | set(made.group))
    parts = [Part(areas[p.area], p.first if p.first > BEFORE_ALL else None, p.until - ONE_DAY if p.until <= today else None) for p in made.pieces]
    others = sorted((areas[pk] for pk in made.group if pk != area.pk), key=lambda a: a.code)
    return Sum(sorted(parts, key=lambda p: (p.first or BEFORE_ALL, p.area.code)), made.exact, others)
