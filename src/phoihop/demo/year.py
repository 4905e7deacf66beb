"""What happens when: every patrol of the demo as a slot with a fate, worked out from the seed alone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from random import Random

from phoihop.domain.activities.models import OutcomeKind, RouteKind
from phoihop.domain.forces.models import MeansKind
from phoihop.kernel.period import HOME, Period

from .days import weight
from .ways import Way


class Fate(StrEnum):
    """How a patrol of the past ended."""

    HELD = "held"
    AFTERWARDS = "afterwards"  # held without a plan here, entered when it was over
    NOT_HELD = "not-held"
    DECLINED = "declined"  # the other force could not come; not held
    CANCELLED = "cancelled"
    WAITING = "waiting"
    DISPUTED = "disputed"
    MISSING = "missing"


COUNTED = (Fate.HELD, Fate.AFTERWARDS)
# Of a hundred held patrols three were entered afterwards; beside them stand, for every hundred:
_AFTERWARDS = 0.03
_BESIDE = {Fate.NOT_HELD: 0.020, Fate.CANCELLED: 0.015, Fate.WAITING: 0.010, Fate.DECLINED: 0.006, Fate.DISPUTED: 0.003, Fate.MISSING: 0.004}

_NIGHT = {RouteKind.ROAD: 0.55, RouteKind.RESIDENTIAL: 0.8, RouteKind.RIVER: 0.35, RouteKind.SEA: 0.2, RouteKind.BORDER: 0.45}
_HOURS = {RouteKind.SEA: (3, 6), RouteKind.BORDER: (2, 4)}
_ARMED = {RouteKind.ROAD: 0.3, RouteKind.RESIDENTIAL: 0.15, RouteKind.RIVER: 0.3, RouteKind.SEA: 0.85, RouteKind.BORDER: 0.9}
_PEOPLE = {"CA": (2, 4), "DQ": (3, 6), "BP": (4, 8), "AN": (2, 5), "MT": (2, 2)}
_COMES = {"AN": 0.45, "MT": 0.2, "CA": 0.95, "DQ": 0.97}


@dataclass(frozen=True, slots=True)
class Strong:
    """A unit of a patrol (``CA:29125``): its people and teams, and the vehicles it brings."""

    unit: str
    people: int
    teams: int = 1
    means: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A patrol on a way: when, armed or not, who with how many (the lead first), what came of it. ``delay``, ``over``: minutes beside the plan."""

    way: Way
    start: datetime
    end: datetime
    fate: Fate
    armed: bool
    parties: tuple[Strong, ...]
    outcomes: tuple[tuple[str, int], ...] = ()
    silent: tuple[str, ...] = ()  # parties that never confirm
    other_number: int | None = None  # what the first party says of its own people, where it differs
    delay: int = 0
    over: int = 0

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def left(self) -> datetime:
        """When it really left."""
        return self.start + timedelta(minutes=self.delay)

    @property
    def back(self) -> datetime:
        """When it was really over."""
        return self.end + timedelta(minutes=self.over)


def fates(held: int, chance: Random) -> list[Fate]:
    """The fates of as many patrols as bring exactly so many held ones, in a random order."""
    afterwards = round(held * _AFTERWARDS)
    beside = [fate for fate, share in _BESIDE.items() for _ in range(round(held * share))]
    found = [Fate.AFTERWARDS] * afterwards + [Fate.HELD] * (held - afterwards) + beside
    chance.shuffle(found)
    return found


def year(ways: Sequence[Way], days: Period, held: int, seed: str) -> list[Slot]:
    """The patrols of some days, in order of time, of which exactly ``held`` count as held."""
    chance = Random(f"{seed}:year:{days.first}:{days.until}:{held}")
    chosen = fates(held, chance)
    whens = _whens(ways, days, len(chosen), chance)
    made = [slot(way, day, n, fate, seed) for (way, day, n), fate in zip(whens, chosen, strict=True)]
    return sorted(made, key=lambda s: (s.start, s.way.key))


def _whens(ways: Sequence[Way], days: Period, total: int, chance: Random) -> list[tuple[Way, date, int]]:
    """So many pairs of way and day: each way in steps of about the same length, longer where days are calm; none in its gap."""
    if not len(days) or not ways:
        return []
    shares = apportion([way.rate for way in ways], total)
    found = []
    for way, share in zip(ways, shares, strict=True):
        calendar = [day for day in days.days() if not _in_gap(way, day)] or list(days.days())
        sums = list(accumulate(weight(day) for day in calendar))
        used: dict[date, int] = {}
        phase = chance.random()  # of its own, or every way would leave the first and the last days of a stretch empty
        for n in range(share):
            at = ((n + phase + chance.uniform(-0.35, 0.35)) % share) / share * sums[-1]
            day = calendar[min(bisect(sums, at), len(calendar) - 1)]
            used[day] = used.get(day, 0) + 1
            found.append((way, day, used[day]))
    return found


def _in_gap(way: Way, day: date) -> bool:
    """Two and a half weeks of each year; where they lie hangs on the way, not on the period asked for."""
    if way.gap is None:
        return False
    first = 1 + int(way.gap * 340)
    return first <= day.timetuple().tm_yday < first + 17


def weigh(days: Period) -> float:
    """How many ordinary days some days are worth."""
    return sum(weight(day) for day in days.days())


def apportion(rates: Sequence[float], total: int) -> list[int]:
    """Whole numbers in these proportions that add up to the total (largest remainders)."""
    whole = sum(rates)
    exact = [total * rate / whole for rate in rates]
    given = [int(x) for x in exact]
    for n in sorted(range(len(exact)), key=lambda n: (given[n] - exact[n], n))[: total - sum(given)]:
        given[n] += 1
    return given


def slot(way: Way, day: date, n: int, fate: Fate, seed: str) -> Slot:
    """A patrol of a way on a day; ``n``: the how-manieth of that day."""
    chance = Random(f"{seed}:slot:{way.key}:{day}:{n}")
    start = datetime.combine(day, _clock(way, n, chance), HOME)
    end = start + timedelta(minutes=15 * chance.randint(*(4 * h for h in _HOURS.get(RouteKind(way.kind), (2, 3)))))
    return slot_at(way, start, end, fate, chance)


def slot_at(way: Way, start: datetime, end: datetime, fate: Fate, chance: Random) -> Slot:
    parties = _parties(way, chance)
    silent = tuple(p.unit for p in parties[2:] if chance.random() < 0.12)
    other = parties[1].people + chance.choice((-1, 1)) if chance.random() < 0.03 else None
    armed = chance.random() < _ARMED[RouteKind(way.kind)]
    return Slot(way, start, end, fate, armed, parties, tuple(_outcomes(way, chance)), silent, other, chance.randint(0, 12), chance.randint(-8, 15))


def _clock(way: Way, n: int, chance: Random) -> time:
    """A start on a quarter of an hour. The second patrol of a day is on another shift than the first, the third on yet another."""
    night = (chance.random() < _NIGHT[RouteKind(way.kind)]) ^ (n == 2)
    hour = chance.choice((1, 3)) if n > 2 else chance.choice((19, 20, 20, 21, 22)) if night else chance.choice((5, 7, 8, 9, 13, 14, 15))
    return time(hour, chance.choice((0, 0, 15, 30, 45)))


def _parties(way: Way, chance: Random) -> tuple[Strong, ...]:
    """The lead, its first partner, and of the others who happened to come."""
    coming = [way.lead, way.partners[0], *(p for p in way.partners[1:] if chance.random() < _COMES[p[:2]])]
    return tuple(Strong(unit, chance.randint(*_PEOPLE[unit[:2]]), 1, _means(way, unit[:2], chance)) for unit in coming)


def _means(way: Way, force: str, chance: Random) -> tuple[tuple[str, int], ...]:
    if way.kind in (RouteKind.SEA, RouteKind.RIVER):
        return ((MeansKind.SHIP if force == "BP" and chance.random() < 0.4 else MeansKind.BOAT, 1),) if force in ("BP", "CA") else ()
    return ((MeansKind.MOTORBIKE, chance.randint(1, 3)),) if force in ("CA", "DQ", "BP") else ()


def _outcomes(way: Way, chance: Random) -> Iterable[tuple[str, int]]:
    if chance.random() < 0.45:
        yield OutcomeKind.REMINDERS, chance.randint(1, 6)
    if chance.random() < 0.4:
        yield OutcomeKind.CHECKED, chance.randint(1, 12)
    if chance.random() < 0.05:
        yield OutcomeKind.DEFECTS, 1
    if chance.random() < 0.06:
        yield chance.choice(_FOUND[RouteKind(way.kind)]), 1


_FOUND = {
    RouteKind.ROAD: (OutcomeKind.TRAFFIC, OutcomeKind.TRAFFIC, OutcomeKind.DISORDER, OutcomeKind.FIREWORKS),
    RouteKind.RESIDENTIAL: (OutcomeKind.THEFT, OutcomeKind.DISORDER, OutcomeKind.DRUGS),
    RouteKind.RIVER: (OutcomeKind.SAND, OutcomeKind.TRAFFIC, OutcomeKind.FISHING),
    RouteKind.SEA: (OutcomeKind.FISHING, OutcomeKind.SMUGGLING),
    RouteKind.BORDER: (OutcomeKind.SMUGGLING, OutcomeKind.FISHING, OutcomeKind.WEAPONS),
}
