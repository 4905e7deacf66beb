"""The map of a province, drawn by the server: no library, no tiles; it prints, follows the theme and takes the focus.

The outlines of all communes are one file under their digest, kept by browsers for ever; a page only says which commune
has which shade: ``<use href="/ban-do/86/2025-07-01/<digest>.svg#c29125" class="s3"/>``.

    view = province_map(province, day, {area_id: Shade("s3", "Bảo Thạnh: 71 cuộc", url)}, title=_("Độ phủ 7 ngày"))
    {% include "ui/map.html" with map=view %}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import area_at, areas_below
from phoihop.domain.territory.queries.maps import ProvinceMap, map_of
from phoihop.kernel.text import digest as digest_bytes

from .files import FOR_EVER
from .memory import known, known_large

LETTER = 0.57
"""Width of a letter of a label as a part of its height."""


class Shade(NamedTuple):
    """How a commune is shown: ``css`` s0 to s5, ``zero`` (hatched), ``chosen``, ``out``; what it says; where it leads."""

    css: str = ""
    title: Any = ""
    url: str = ""
    label: str = ""


class Mark(NamedTuple):
    """A sign on the map: ``kind`` danger and warn are triangles, info a dot. In units of the sheet (``MapView.at``)."""

    x: float
    y: float
    kind: str
    title: Any
    url: str = ""


class Way(NamedTuple):
    """A planned route: ``d`` of a path in units of the sheet; ``css``: plan, active, done or late."""

    d: str
    css: str
    title: Any = ""


class Cell(NamedTuple):
    code: str
    shade: Shade


class Label(NamedTuple):
    """A word on the map and the ground behind it: a halo alone leaves too little contrast on the darkest shades."""

    x: float
    y: float
    text: str
    size: float

    @property
    def width(self) -> float:
        return round((len(self.text) + 1) * self.size * LETTER, 1)

    @property
    def height(self) -> float:
        return round(self.size * 1.4, 1)

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class MapView:
    """What ui/map.html draws. ``sketch``: it is no map and must say so. ``table``: where the same is a table."""

    title: Any
    file: str
    box: str
    sketch: bool
    cells: Sequence[Cell]
    labels: Sequence[Label]
    size: float
    marks: Sequence[Mark] = field(default=())
    ways: Sequence[Way] = field(default=())
    table: str = ""

    @property
    def scale(self) -> float:
        """Of signs, so that they are as large as text wherever the view closes in."""
        return round(self.size / 11, 2)


class _Sheet(NamedTuple):
    """A province's outlines, their file, and the codes by which its paths are named."""

    drawn: ProvinceMap
    codes: dict[int, str]
    since: date
    digest: str
    svg: str


def province_map(
    province: Area,
    on: date,
    shades: Mapping[int, Shade],
    *,
    title: Any,
    focus: Collection[int] = (),
    shown: int = 560,
    marks: Iterable[Mark] = (),
    ways: Iterable[Way] = (),
    table: str = "",
) -> MapView | None:
    """The map of the communes of a day, or None while nothing has been drawn for the province.

    ``focus``: communes on which the view closes in. ``shown``: about how many pixels wide it will be, for the labels.
    """  # fmt: skip
    sheet = _sheet(province, on)
    if not sheet.codes:
        return None
    x, y, width, height = _box(sheet.drawn, focus)
    size = round(11 * width / shown, 1)
    cells = sorted((Cell(code, shades.get(pk, Shade())) for pk, code in sheet.codes.items()), key=lambda c: bool(c.shade.css))
    file = f"/ban-do/{province.code}/{sheet.since.isoformat()}/{sheet.digest}.svg"
    view = f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"
    return MapView(title, file, view, sheet.drawn.source == "schematic", cells, _labels(sheet.drawn, shades, size), size, tuple(marks), tuple(ways), table)


def point_on(province: Area, on: date, area: int) -> tuple[float, float] | None:
    """Where the label of a commune goes, for a mark or a way of one's own."""
    outline = _sheet(province, on).drawn.outlines().get(area)
    return outline.label if outline else None


def map_file(request: HttpRequest, code: str, since: str, digest: str) -> HttpResponse:
    """The outlines, for ever under their digest; an old digest leads to the present file."""
    province = area_at(code, date.fromisoformat(since)) if _is_day(since) else None
    if province is None:
        raise Http404
    sheet = _sheet(province, date.fromisoformat(since))
    if sheet.digest != digest:
        return HttpResponseRedirect(f"/ban-do/{code}/{sheet.since.isoformat()}/{sheet.digest}.svg")
    return HttpResponse(sheet.svg, content_type="image/svg+xml; charset=utf-8", headers={"Cache-Control": FOR_EVER})


def _sheet(province: Area, on: date) -> _Sheet:
    """One for all the days on which the province has the same communes."""
    communes = known(("communes drawn", province.pk, on), lambda: tuple(areas_below(province, on).values_list("pk", flat=True)))
    return known_large(("map", province.pk, communes), lambda: _draw(province, on))


def _draw(province: Area, on: date) -> _Sheet:
    drawn = map_of(province, on)
    communes = list(areas_below(province, on))
    outlines = drawn.outlines()
    codes = {a.pk: a.code for a in communes if a.pk in outlines}
    paths = "".join(f'<path id="c{code}" d="{outlines[pk].path}" fill-rule="evenodd" vector-effect="non-scaling-stroke"/>' for pk, code in codes.items())
    rim = f'<path id="rim" d="{drawn.around(codes)}" vector-effect="non-scaling-stroke"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}"><defs>{paths}{rim}</defs></svg>\n'
    since = max((a.valid_from for a in communes), default=on)
    return _Sheet(drawn, codes, since, digest_of(svg), svg)


def digest_of(svg: str) -> str:
    return digest_bytes(svg.encode())[:16]


def _box(drawn: ProvinceMap, focus: Collection[int]) -> tuple[float, float, float, float]:
    """Corner, width and height of what is in view: the sheet, or the bounds of some communes with a margin."""
    points = [drawn.sheet.at(point) for pk in focus for ring in drawn.rings.get(pk, ()) for point in ring]
    if not points:
        return 0, 0, drawn.width, drawn.height
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north, south = min(y for _x, y in points), max(y for _x, y in points)
    margin = 0.08 * max(east - west, south - north)
    return west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin


def _labels(drawn: ProvinceMap, shades: Mapping[int, Shade], size: float) -> list[Label]:
    """The labels that do not touch one laid before them; the order of the shades is their rank."""
    laid: list[Label] = []
    outlines = drawn.outlines()
    for pk, shade in shades.items():
        if not shade.label or pk not in outlines:
            continue
        label = Label(*outlines[pk].label, shade.label, size)
        if not any(_touch(label, other) for other in laid):
            laid.append(label)
    return laid


def _touch(a: Label, b: Label) -> bool:
    return abs(a.x - b.x) < (a.width + b.width) / 2 and abs(a.y - b.y) < a.height


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
