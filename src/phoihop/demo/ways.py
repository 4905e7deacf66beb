"""The routes of the demo province: for each commune the ways that its forces patrol, with invented places and a cadence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from phoihop.domain.activities.models import RouteKind

# Invented and plain to see so: a market, a bridge, a sluice with a number stands in every commune and in none.
_PLACES = {
    RouteKind.ROAD: ("Trụ sở xã", "Ngã ba Số {n}", "Cầu Số {n}", "Trường học Số {n}", "Bến xe Số {n}"),
    RouteKind.RESIDENTIAL: ("Chợ Số {n}", "Nhà văn hóa Số {n}", "Khu nhà trọ Số {n}", "Trạm y tế Số {n}"),
    RouteKind.RIVER: ("Bến phà Số {n}", "Vàm Số {n}", "Cống Số {n}", "Bến hàng Số {n}"),
    RouteKind.SEA: ("Cửa biển Số {n}", "Phao Số {n}", "Bãi bồi Số {n}", "Neo đậu Số {n}"),
    RouteKind.BORDER: ("Chốt ven biển Số {n}", "Đê biển đoạn {n}", "Rừng phòng hộ khoảnh {n}", "Bãi ngang Số {n}"),
}
_STATION_TEAMS = 3  # after those of a commune's own ways
_RIVER_SHARE, _LONG_SHARE, _GAP_SHARE = 0.55, 0.15, 0.09


@dataclass(frozen=True, slots=True)
class Place:
    """A commune as the demo knows it: its code, the code of its neighbour, and the seat of the border station that covers it, if any."""

    code: str
    neighbour: str
    station: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A route to be drawn. ``lead`` and ``partners`` are forces with the seat of their unit (``CA:29125``), partners in order of how often they come."""

    code: str
    name: str
    kind: str
    area: str
    touches: tuple[str, ...]
    points: tuple[str, ...]
    lead: str
    partners: tuple[str, ...]
    team: int
    every_days: int
    rate: float
    gap: float | None = None  # where in the year, from 0 to 1, two or three weeks were left out

    @property
    def key(self) -> str:
        return f"{self.lead}:{self.code}"


def ways(places: Sequence[Place], seed: str) -> list[Way]:
    """Every route of the province, commune by commune. A border station has a team for each of its ways, or it would be down twice every night."""
    found = [way for place in places for way in _of_commune(place, Random(f"{seed}:way:{place.code}"))]
    led: Counter[str] = Counter()
    for n, way in enumerate(found):
        if way.lead.startswith("BP:"):
            led[way.lead] += 1
            found[n] = replace(way, team=_STATION_TEAMS + led[way.lead])
    return found


def _of_commune(place: Place, chance: Random) -> Iterator[Way]:
    police, militia, watch, front = (f"{force}:{place.code}" for force in ("CA", "DQ", "AN", "MT"))
    busy = chance.uniform(0.7, 1.35)
    yield _way(place, 1, RouteKind.ROAD, police, (militia, watch), 5, busy, chance)
    yield _way(place, 2, RouteKind.RESIDENTIAL, militia if chance.random() < 0.35 else police, (watch, front), 7, 0.9 * busy, chance)
    if chance.random() < _RIVER_SHARE:
        yield _way(place, 3, RouteKind.RIVER, police, (militia,), 7, 0.6 * busy, chance)
    if place.station:
        station = f"BP:{place.station}"
        yield _way(place, 4, RouteKind.SEA, station, (militia, police), 4, 1.2 * busy, chance)
        yield _way(place, 5, RouteKind.BORDER, station, (police, militia), 7, 0.7 * busy, chance)


def _way(place: Place, n: int, kind: RouteKind, lead: str, partners: tuple[str, ...], every: int, rate: float, chance: Random) -> Way:
    other = {f"CA:{place.code}": f"DQ:{place.code}", f"DQ:{place.code}": f"CA:{place.code}"}.get(lead)
    others = tuple(dict.fromkeys(p for p in ((other, *partners) if other else partners) if p != lead))
    names = [name.format(n=chance.randint(1, 9)) for name in chance.sample(_PLACES[kind], 3)]
    touches = (place.neighbour,) if place.neighbour and chance.random() < _LONG_SHARE else ()
    gap = chance.random() if chance.random() < _GAP_SHARE else None
    title = f"Tuyến {n}: {names[0]} – {names[-1]}"
    return Way(f"T{n}.{place.code}", title, kind, place.code, touches, tuple(names), lead, others, n, every, rate, gap)
