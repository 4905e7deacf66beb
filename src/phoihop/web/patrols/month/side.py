"""Beside the board: how often each commune is reached, and how the nights are shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.queries.roster import nights_by_force
from phoihop.domain.territory.models import Area

from ... import faces
from ...scope import province_of
from ...svg_map import MapView, Shade, province_map
from .gathering import Month


@dataclass(frozen=True, slots=True)
class Load:
    """A force's turns at night, and how many would be its part if nights followed its people. ``width``, ``mark``: of a hundred, for the bar."""

    force: str
    nights: int
    part: int
    width: str
    mark: str


def nights(month: Month) -> list[Load]:
    """Turns of teams at night per force, beside the share that its people have in all patrols of the month."""
    counted = nights_by_force(month.rows)
    all_nights, all_people = sum(n for n, _p in counted.values()), sum(p for _n, p in counted.values())
    parts = {force: round(all_nights * people / all_people) if all_people else 0 for force, (_n, people) in counted.items()}
    most = max([1, *(n for n, _p in counted.values()), *parts.values()])
    order = [code for code in faces.faces() if code in counted]
    return [Load(code, counted[code][0], parts[code], f"{100 * counted[code][0] / most:.1f}", f"{99 * parts[code] / most:.1f}") for code in order]


def coverage_map(month: Month) -> MapView | None:
    """The communes of the area, shaded by how many patrols touch each; the empty ones hatched, and named before the others."""
    province = province_of(month.area, month.today)
    if province is None:
        return None
    most = max(month.coverage.values(), default=0)
    ordered = sorted(month.communes, key=lambda area: (month.coverage[area.pk] > 0, -month.coverage[area.pk]))
    shades = {area.pk: Shade(_shade(month.coverage[area.pk], most), *_words(month, area)) for area in ordered}
    return province_map(province, month.today, shades, title=_("Độ phủ theo xã"), focus=[area.pk for area in month.communes], shown=300)


def _words(month: Month, area: Area) -> tuple[str, str, str]:
    n = month.coverage[area.pk]
    said = ngettext("%(area)s: %(n)s cuộc", "%(area)s: %(n)s cuộc", n) % {"area": area, "n": n}
    return said, f"/tuan-tra/?dv={area.code}&ky={month.days.first.year}-T{month.days.first.month}", f"{area.name} {n}"


def _shade(n: int, most: int) -> str:
    return f"s{ceil(5 * n / most)}" if n else "zero"


def coverage_rows(month: Month) -> Sequence[tuple[Area, int]]:
    return sorted(((area, month.coverage[area.pk]) for area in month.communes), key=lambda pair: (-pair[1], pair[0].folded))
