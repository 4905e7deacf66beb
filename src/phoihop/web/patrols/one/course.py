"""Where a patrol goes: its legs, planned and walked, its check-points with their tapped times, and the communes it touches on the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Checkpoint, CheckTap, Leg
from phoihop.domain.activities.queries.detail import Record
from phoihop.domain.activities.rules import may_tap
from phoihop.domain.matters.rules import Sight
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import local_day

from ...scope import province_of
from ...svg_map import MapView, Shade, province_map
from ..seeing import SeenPatrol


@dataclass(frozen=True, slots=True)
class Stop:
    """A check-point on the drawing; ``tapped``: when somebody noted that it was reached; ``taps``: whether the reader may note it now."""

    pk: int
    name: str
    area: str
    tapped: datetime | None
    by: str
    taps: bool


@dataclass(frozen=True, slots=True)
class Course:
    """``legs`` are given only where there is more than one, or where times of one were noted."""

    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    reached: int

    @property
    def taps(self) -> bool:
        return any(stop.taps for stop in self.stops)


def course(viewer: Post, a: SeenPatrol, record: Record, now: datetime) -> Course:
    takes_part, on = Sight(a.sight) is Sight.WHOLE, local_day(now)
    stops = tuple(_stop(point, record.taps.get(point.pk), bool(may_tap(viewer, a, takes_part, point, now, now, on))) for point in record.points)
    shown = tuple(record.legs) if len(record.legs) > 1 or any(leg.actual_from for leg in record.legs) else ()
    return Course(stops, shown, sum(1 for stop in stops if stop.tapped))


def _stop(point: Checkpoint, tap: CheckTap | None, taps: bool) -> Stop:
    return Stop(point.pk, point.name, str(point.area), tap.at if tap else None, tap.unit.short if tap else "", taps)


def communes_map(a: SeenPatrol, record: Record) -> MapView | None:
    """The communes of the patrol on the map of its province; of one that is not shown exactly, only the commune where it is counted."""
    province = province_of(a.matter.area, a.day)
    if province is None:
        return None
    touched: dict[int, Area] = {a.matter.area_id: a.matter.area}
    touched |= {leg.area_id: leg.area for leg in record.legs} | {row.area_id: row.area for row in record.along}
    shades = {pk: Shade("s4" if pk == a.matter.area_id else "s2", str(area), "", area.name) for pk, area in touched.items()}
    return province_map(province, a.day, shades, title=_("Nơi tuần tra"), focus=list(touched) if len(touched) > 1 else (), shown=320)
