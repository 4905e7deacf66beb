"""The last two days, today and the month ahead: patrols one by one, in every state that there is at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from phoihop.kernel.period import ONE_DAY, Period

from .hands import said_at
from .scale import Scale
from .ways import Way
from .year import COUNTED, Fate, Slot, apportion, slot_at, weigh, year

# What stands on the board whenever the first page opens: begun so many minutes before now, lasting so many, ending so.
_NOW = (
    (-50, 150, Fate.MISSING), (-65, 150, Fate.MISSING),  # should have left: late
    (-40, 150, Fate.HELD), (-55, 180, Fate.HELD), (-75, 150, Fate.HELD),  # under way
    (35, 120, Fate.HELD), (50, 150, Fate.HELD), (95, 120, Fate.HELD), (150, 120, Fate.HELD),  # ready, or not answered yet
    (-330, 120, Fate.MISSING), (-420, 150, Fate.MISSING),
    (-360, 120, Fate.WAITING), (-300, 120, Fate.WAITING), (-480, 150, Fate.WAITING),
    (-600, 120, Fate.DISPUTED), (-660, 120, Fate.NOT_HELD), (-720, 150, Fate.DECLINED), (-540, 120, Fate.CANCELLED),
)  # fmt: skip


def single_days(ways: Sequence[Way], scale: Scale, now: datetime) -> list[Slot]:
    """The last two days and today, with what stands at this moment among them."""
    count = usual(scale, scale.single)
    ordinary = [s for s in year(ways, scale.single, count, scale.seed) if s.fate != Fate.AFTERWARDS or s.end < now]
    return sorted([*ordinary, *_around_now(ways, scale, now)], key=lambda s: (s.start, s.way.key))


def month_ahead(ways: Sequence[Way], scale: Scale) -> list[Slot]:
    """Patrols planned for the days to come, one of them by oversight for a team that is out already."""
    days = Period(scale.today + ONE_DAY, scale.today + (1 + scale.ahead) * ONE_DAY)
    return _overlooked([replace(s, fate=Fate.HELD) for s in year(ways, days, usual(scale, days), scale.seed)], ways)


def _overlooked(slots: list[Slot], ways: Sequence[Way]) -> list[Slot]:
    """The first unit of a commune with two ways sends its first team on the other one as well, half an hour later: the month shows the clash and its fix."""
    for lead in dict.fromkeys(way.lead for way in ways if not way.lead.startswith("BP")):
        own = sorted((s for s in slots if s.way.lead == lead), key=lambda s: s.start)
        first, other = next(((one, s) for one in own[:1] for s in own if s.way.key != one.way.key), (None, None))
        if first and other:
            start = first.start + timedelta(minutes=30)
            twice = replace(other, way=replace(other.way, team=first.way.team), start=start, end=start + (other.end - other.start))
            return [twice if s is other else s for s in slots]
    return slots


def usual(scale: Scale, days: Period) -> int:
    """How many held patrols some days would bring, going by the year's."""
    return round(scale.held * weigh(days) / weigh(scale.whole))


def held_by(slots: Sequence[Slot], now: datetime) -> int:
    """How many of these stand as held at a moment: over, recorded, and confirmed by at least one."""
    return sum(s.fate in COUNTED and said_at(s, 0) <= now for s in slots)


def shares(scale: Scale, held_lately: int) -> tuple[int, int]:
    """How many held patrols the recent and the earlier days must bring, so that the year ends at exactly its number."""
    recent, earlier = apportion([weigh(scale.recent), weigh(scale.earlier)], scale.held - held_lately)
    return recent, earlier


def _around_now(ways: Sequence[Way], scale: Scale, now: datetime) -> list[Slot]:
    """On different ways if there are enough; the ways where the demo's logins work come first."""
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    made = []
    chance = Random(f"{scale.seed}:now")
    for (shift, minutes, fate), way in zip(_NOW, _spread(ways, len(_NOW)), strict=True):
        start = quarter + timedelta(minutes=shift)
        made.append(slot_at(way, start, start + timedelta(minutes=minutes), fate, chance))
    return made


def _spread(ways: Sequence[Way], count: int) -> list[Way]:
    """The first ways, then others from all over the province; some of them twice where there are few."""
    step = max(len(ways) // count, 1)
    chosen = list(dict.fromkeys([*ways[:3], *ways[3::step], *ways]))
    return (chosen * count)[:count]
