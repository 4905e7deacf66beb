"""Small invented lists: the district Suối of the province Sông Đất, until 30 June 2025 and after.

Before: the communes Sông and Suối became today's Sông (29001), Đất carried on (29002), Đồi was divided between both.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from phoihop.domain import models as m
from phoihop.domain.territory.actions.importing import lay
from phoihop.domain.territory.queries import area_at
from phoihop.domain.territory.rules import BEFORE_ALL, TWO_TIERS, AreaKey, AreaRow, Lists, SuccessionRow
from phoihop.domain.territory.rules.lineage import Life, Lineage, Step
from phoihop.domain.territory.rules.lists import parents_of
from phoihop.domain.territory.rules.register import Held, Place, Register
from phoihop.kernel.text import fold
from tests.world import NOON, songdat

LAST_DAY = date(2025, 6, 30)


def old(level: str, code: str, kind: str, name: str, parent: str, **change: object) -> AreaRow:
    given: dict[str, object] = {"valid_until": TWO_TIERS, "start_known": False, "lat": 10.0, "lon": 106.0}
    return AreaRow(level, code, kind, name, parent, BEFORE_ALL, **(given | change))  # type: ignore[arg-type]


def new(level: str, code: str, kind: str, name: str, parent: str, **change: object) -> AreaRow:
    given: dict[str, object] = {"lat": 10.0, "lon": 106.0, "hectares": 3000}
    return AreaRow(level, code, kind, name, parent, TWO_TIERS, **(given | change))  # type: ignore[arg-type]


def became(code: str, heir: str | None, kind: str, **change: object) -> SuccessionRow:
    to = AreaKey("civil", heir, TWO_TIERS) if heir else None
    return SuccessionRow(AreaKey("civil", code, BEFORE_ALL), to, TWO_TIERS, kind, **change)  # type: ignore[arg-type]


def nation() -> AreaRow:
    return AreaRow("nation", "VN", "nuoc", "Việt Nam", "", BEFORE_ALL, start_known=False)


def olds() -> list[AreaRow]:
    return [
        old("province", "86", "tinh", "Sông Đất", "VN"),
        old("district", "850", "huyen", "Suối", "86"),
        old("commune", "29001", "xa", "Sông", "850"),
        old("commune", "29003", "xa", "Suối", "850", lat=10.02),
        old("commune", "29002", "phuong", "Đất", "850", lon=106.05),
        old("commune", "29004", "xa", "Đồi", "850", lat=10.03, lon=106.03),
    ]


def successions() -> list[SuccessionRow]:
    return [
        became("86", "86", "carry"),
        became("850", None, "abolish"),
        became("29001", "29001", "merge"),
        became("29003", "29001", "merge"),
        became("29002", "29002", "merge"),
        became("29004", "29001", "split"),
        became("29004", "29002", "split"),
    ]


def news() -> list[AreaRow]:
    return [
        new("province", "86", "tinh", "Sông Đất", "VN", hectares=None),
        new("commune", "29001", "xa", "Sông", "86"),
        new("commune", "29002", "phuong", "Đất", "86", lon=106.05),
    ]


def register(areas: list[AreaRow], became: list[SuccessionRow]) -> Register:
    ids = {row.key: n for n, row in enumerate(areas, 1)}
    places = {
        n: Place(n, r.tree, r.code, r.level, r.kind, r.name, fold(r.name), Life(r.valid_from, r.valid_until), r.lat, r.lon, r.hectares)
        for r in areas
        for n in [ids[r.key]]
    }
    held = tuple(Held(ids[p.area], ids[p.parent], Life(p.valid_from, p.valid_until)) for p in parents_of(areas))
    return Register(places, held, tuple(Step(ids[s.old], ids[s.new] if s.new else None, s.day, s.kind, s.share) for s in became))


def lineage(lives: dict[int, tuple[date, date | None]], *steps: tuple[int, int, date] | tuple[int, int, date, int | None]) -> Lineage:
    full = [Step(s[0], s[1], s[2], "merge", s[3] if len(s) > 3 else None) for s in steps]
    return Lineage.of({area: Life(*life) for area, life in lives.items()}, full)


def world_before() -> SimpleNamespace:
    """The world of the tests with its past laid under it."""
    w = songdat()
    m.Area.objects.filter(pk=w.nation.pk).update(valid_from=BEFORE_ALL, start_known=False)
    m.AreaClosure.objects.filter(area=w.nation).update(valid_from=BEFORE_ALL)
    m.Area.objects.filter(pk=w.song.pk).update(lat=10.0, lon=106.0, hectares=3000)
    w.laid = lay(Lists((nation(), *olds()), (), "small", False), by=w.quan, at=NOON)
    lay(Lists((), tuple(successions()), "small", False), by=w.quan, at=NOON)
    for code in ("86", "850", "29001", "29002", "29003", "29004"):
        setattr(w, f"old_{code}", area_at(code, LAST_DAY))
    return w


def events(what: str) -> list[m.Event]:
    return list(m.Event.objects.filter(what=what).order_by("seq"))
