"""Where the border guard has its stations: known by name, or proposed along the border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .packaged import border_communes, rows
from .plans import Ground, Station


def stations_of(province: str, communes: Sequence[Ground], places: Mapping[int, tuple[float, float]]) -> list[Station]:
    """The stations of a province: those that are known by name, else one for every four communes along the border."""
    by_code = {g.code: g.id for g in communes}
    known = [row for row in rows("stations") if row["province"] == province and row["seat"] in by_code]
    if known:
        return [Station(row["name"], by_code[row["seat"]], tuple(by_code[c] for c in row["covers"].split() if c in by_code)) for row in known]
    chain = _along([g for g in communes if g.code in border_communes()], places)
    groups = [chain[n : n + 4] for n in range(0, len(chain), 4)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return [Station(group[0].name, group[0].id, tuple(g.id for g in group)) for group in groups]


def _along(communes: Sequence[Ground], places: Mapping[int, tuple[float, float]]) -> list[Ground]:
    """Communes from one to the nearest next, beginning in the north."""
    left = sorted(communes, key=lambda g: (-places.get(g.id, (0.0, 0.0))[0], g.code))
    found: list[Ground] = []
    while left:
        here = places.get(found[-1].id, (0.0, 0.0)) if found else None
        nearest = left[0] if here is None else min(left, key=lambda g: _apart(here, places.get(g.id, (0.0, 0.0))))
        found.append(nearest)
        left.remove(nearest)
    return found


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
