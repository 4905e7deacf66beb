"""Outlines of areas: boundaries from a file, or a sketch drawn from the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting

from ..models import Area, AreaShape, Level, ShapeSource
from ..queries.maps import spots_on
from ..queries.tree import areas_below
from ..rules import judging, outlines
from ..rules.boundaries import Boundaries, Spot, match
from ..rules.outlines import Rings

_POINTS_EACH = 60  # of an outline on average: enough for a map of a province on a screen


@dataclass(frozen=True, slots=True)
class Bounded:
    """What an import of boundaries did: how many areas have theirs now (of which by name), and what is left over, as people read it."""

    matched: int
    by_name: int
    unmatched: list[str]
    misplaced: list[str]
    missing: list[str]


@action
def import_boundaries(*, by: Acting, boundaries: Boundaries, day: date, at: datetime) -> Bounded:
    """Keep the boundaries of a file, as they are on a day, simplified for a map. Says what fitted no area."""
    judging.may_manage(by, local_day(at)).enforce()
    spots = spots_on(day)
    found = match(boundaries, spots)
    judging.something_matched(len(found.outlines), len(boundaries.features)).enforce()
    kept = outlines.simplified(found.outlines, _POINTS_EACH * len(found.outlines))
    _keep(kept, ShapeSource.IMPORTED, day)
    missing = _missing(spots, kept)
    told = Bounded(
        len(kept), found.by_name, [f"{f.code} {f.name}".strip() for f in found.unmatched], [f"{f.code} {f.name}".strip() for f in found.misplaced], missing
    )
    write(
        by=by, what="area.bounded", at=at, day=day, matched=told.matched, by_name=told.by_name,
        unmatched=len(told.unmatched), misplaced=len(told.misplaced), missing=len(missing),
    )  # fmt: skip
    return told


def _missing(spots: Sequence[Spot], kept: Collection[int]) -> list[str]:
    """Codes of the communes without an outline in provinces of which the file has some."""
    communes = [spot for spot in spots if spot.level == Level.COMMUNE]
    touched = {spot.province for spot in communes if spot.id in kept}
    return [spot.code for spot in communes if spot.province in touched and spot.id not in kept]


@action
def draw_schematic(*, by: Acting, province: Area, day: date, at: datetime) -> int:
    """Draw the sketch of a province from its list as of a day. Returns how many areas were drawn."""
    from ..rules.schematic import Site, draw  # slow: brings shapely, which nothing else needs

    judging.may_manage(by, local_day(at)).enforce()
    communes = [c for c in areas_below(province, day) if c.lat is not None]
    judging.can_be_drawn(province, len(communes)).enforce()
    drawn = draw([Site(c.pk, c.lat or 0.0, c.lon or 0.0, c.hectares) for c in communes])
    _keep(drawn, ShapeSource.SCHEMATIC, day)
    write(by=by, what="area.drawn", at=at, area=province.code, day=day, drawn=len(drawn))
    return len(drawn)


def _keep(shapes: Mapping[int, Rings], source: str, day: date) -> None:
    AreaShape.objects.filter(area__in=list(shapes), source=source, as_of=day).delete()
    AreaShape.objects.bulk_create(
        [AreaShape(area_id=area, source=source, as_of=day, rings=outlines.encode(rings)) for area, rings in shapes.items()], batch_size=500
    )
