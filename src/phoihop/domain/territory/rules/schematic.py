"""A map drawn from a list: no boundaries are shipped, but a list knows where each area's middle is and how large it is.

Around each middle grows a cell of a power diagram until it has about the area's size; all lie within a soft coast. Borders
are then roughened, the same for both neighbours, so that it reads as a map; it is labelled a sketch and proves nothing.

shapely (which brings numpy) is imported here only, and only when something is drawn: a node at rest has no use for it.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, pi, radians, sqrt
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from .outlines import SCALE, Rings, rounded

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

_KM_LAT, _KM_LON = 110.57, 111.32
_ROUNDS = 18  # of growing: by then cells differ from their sizes by a few per cent
_MOVES = (1, 4, 7)  # the rounds after which middles move
_NEIGHBOURS = 18
_STEP = 2.2  # km: about how far apart the points of a roughened border are
_ROUGH = 0.16  # how far a border may leave the straight line, as a part of its length


class Site(NamedTuple):
    """An area to be drawn: its middle in degrees, its size in hectares (None: like the others)."""

    id: int
    lat: float
    lon: float
    hectares: int | None


class _Cell(NamedTuple):
    """A site in kilometres from the middle of the map, and the size it should have in square kilometres."""

    x: float
    y: float
    size: float


def draw(sites: Sequence[Site]) -> dict[int, Rings]:
    """An outline for every site. The same list always gives the same map."""
    if not sites:
        return {}
    lat0, lon0 = median(s.lat for s in sites), median(s.lon for s in sites)
    kx = _KM_LON * cos(radians(lat0))
    cells = _spread([_Cell((s.lon - lon0) * kx, (s.lat - lat0) * _KM_LAT, size) for s, size in zip(sites, _sizes(sites), strict=True)])
    coast = _coast(cells)
    plain = _grown(cells, coast)
    faces = _roughened(plain) or plain

    def in_degrees(points: Iterable[tuple[float, ...]]) -> Iterator[tuple[float, float]]:
        return ((x / kx + lon0, y / _KM_LAT + lat0) for x, y, *_z in points)

    return {s.id: [rounded(in_degrees(ring)) for ring in _rings(face)] for s, face in zip(sites, faces, strict=True)}


def _sizes(sites: Sequence[Site]) -> list[float]:
    known = [s.hectares / 100 for s in sites if s.hectares]
    usual = median(known) if known else 30.0
    return [s.hectares / 100 if s.hectares else usual for s in sites]


def _spread(cells: Sequence[_Cell]) -> list[_Cell]:
    """Middles that fall together are moved apart a little, always the same way."""
    chance, taken, found = random.Random(1), set(), []
    for cell in cells:
        x, y = cell.x, cell.y
        while (place := (round(x, 1), round(y, 1))) in taken:
            x, y = x + chance.uniform(-0.4, 0.4), y + chance.uniform(-0.4, 0.4)
        taken.add(place)
        found.append(_Cell(x, y, cell.size))
    return found


def _coast(cells: Sequence[_Cell]) -> BaseGeometry:
    """A soft line around all cells, as large as they are together."""
    from shapely import Point, unary_union  # slow

    total = sum(cell.size for cell in cells)
    low, high = 0.6, 2.4
    for _ in range(14):
        grow = (low + high) / 2
        discs = unary_union([Point(c.x, c.y).buffer(sqrt(c.size / pi) * grow, quad_segs=10) for c in cells])
        bridge = 1.1 * sqrt(total / len(cells) / pi)
        land = discs.buffer(bridge, quad_segs=8).buffer(-bridge * 1.35, quad_segs=8).buffer(bridge * 0.35, quad_segs=8).union(_cores(cells))
        low, high = (grow, high) if land.area < total else (low, grow)
    return _without_lakes(land).simplify(0.15)


def _cores(cells: Sequence[_Cell]) -> BaseGeometry:
    from shapely import Point, unary_union  # slow

    return unary_union([Point(c.x, c.y).buffer(sqrt(c.size / pi) * 0.6, quad_segs=8) for c in cells])


def _without_lakes(land: BaseGeometry) -> BaseGeometry:
    from shapely import Polygon, unary_union  # slow

    return unary_union([Polygon(part.exterior) for part in _polygons(land)])


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon" and not part.is_empty]


def _grown(cells: Sequence[_Cell], coast: BaseGeometry) -> list[BaseGeometry]:
    """The cells of the power diagram within the coast, their weights moved until sizes fit.

    A middle that lies at the edge of its area would make a sliver: it moves half the way to the middle of its cell.
    """
    import shapely  # slow

    shapely.prepare(coast)
    frame = list(coast.buffer(1).envelope.exterior.coords[:-1])
    near = _neighbours(cells)
    weights, places = [0.0] * len(cells), list(cells)
    best: tuple[float, list[BaseGeometry]] | None = None
    for n in range(_ROUNDS):
        shapes = _inside([_cell(k, places, weights, near[k], frame) for k in range(len(cells))], coast)
        if any(shape.is_empty for shape in shapes) and best:
            break
        off = sum(abs(shape.area - cell.size) / cell.size for shape, cell in zip(shapes, cells, strict=True))
        if best is None or off < best[0]:
            best = (off, shapes)
        if n in _MOVES:
            places = [_half_way(cell, shape) for cell, shape in zip(cells, shapes, strict=True)]
        weights = [w + 0.35 * (cell.size - shape.area) / pi for w, shape, cell in zip(weights, shapes, cells, strict=True)]
        _hold(weights, places, near)
    assert best is not None
    return best[1]


def _half_way(cell: _Cell, shape: BaseGeometry) -> _Cell:
    if shape.is_empty:
        return cell
    middle = shape.centroid
    return _Cell((cell.x + middle.x) / 2, (cell.y + middle.y) / 2, cell.size)


def _inside(shapes: Sequence[Sequence[tuple[float, float]]], coast: BaseGeometry) -> list[BaseGeometry]:
    from shapely import Polygon, intersection  # slow

    cells = [Polygon(shape) if len(shape) > 2 else Polygon() for shape in shapes]
    return [cell if coast.contains(cell) else intersection(cell, coast) for cell in cells]


def _neighbours(cells: Sequence[_Cell]) -> list[list[int]]:
    return [sorted((k for k in range(len(cells)) if k != n), key=lambda k: _apart2(cells[n], cells[k]))[:_NEIGHBOURS] for n in range(len(cells))]


def _apart2(a: _Cell, b: _Cell) -> float:
    return (a.x - b.x) ** 2 + (a.y - b.y) ** 2


def _hold(weights: list[float], cells: Sequence[_Cell], near: Sequence[Sequence[int]]) -> None:
    """No weight may grow so far that a neighbour's cell no longer holds its own middle."""
    for n, others in enumerate(near):
        for k in others:
            most = 0.8 * _apart2(cells[n], cells[k])
            if (over := weights[n] - weights[k] - most) > 0:
                weights[n] -= over / 2
                weights[k] += over / 2


def _cell(n: int, cells: Sequence[_Cell], weights: Sequence[float], near: Sequence[int], frame: Sequence[tuple[float, ...]]) -> list[tuple[float, float]]:
    """The points nearer to a site than to its neighbours, by power distance: a frame cut along each border."""
    here = cells[n]
    shape = [(x, y) for x, y, *_z in frame]
    for k in near:
        dx, dy = cells[k].x - here.x, cells[k].y - here.y
        limit = (_apart2(here, cells[k]) + weights[n] - weights[k]) / 2
        shape = _cut(shape, [(x - here.x) * dx + (y - here.y) * dy - limit for x, y in shape])
    return shape


def _cut(shape: list[tuple[float, float]], beyond: Sequence[float]) -> list[tuple[float, float]]:
    """The part of a convex shape on the near side; ``beyond``: how far each corner lies past the border."""
    if max(beyond, default=0.0) <= 0:
        return shape
    found = []
    for (a, past), (b, ahead) in zip(zip(shape, beyond, strict=True), zip(shape[1:] + shape[:1], [*beyond[1:], beyond[0]], strict=True), strict=True):
        if past <= 0:
            found.append(a)
        if past * ahead < 0:
            t = past / (past - ahead)
            found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return found


def _roughened(cells: Sequence[BaseGeometry]) -> list[BaseGeometry] | None:
    """The same cells with natural borders; None if roughening would break the map (then the straight one stands)."""
    from shapely import STRtree, line_merge, polygonize, set_precision, unary_union  # slow

    borders = line_merge(unary_union([set_precision(part, 0.001).boundary for cell in cells for part in _polygons(cell)]))
    rough = unary_union([_rough(list(line.coords)) for line in getattr(borders, "geoms", [borders])])
    faces = _polygons(polygonize([*getattr(rough, "geoms", [rough])]))
    tree = STRtree(cells)
    found: dict[int, list[Polygon]] = {}
    for face in faces:
        middle = face.representative_point()
        owner = int(tree.nearest(middle))
        overlaps = {int(n): cells[int(n)].intersection(face).area for n in tree.query(face)} or {owner: 1.0}
        found.setdefault(max(overlaps, key=lambda n: overlaps[n]), []).append(face)
    if len(found) != len(cells):
        return None
    joined = [unary_union(found[n]) for n in range(len(cells))]
    return joined if all(abs(new.area - old.area) < 0.5 * old.area for new, old in zip(joined, cells, strict=True)) else None


def _rough(line: list[tuple[Any, ...]]) -> BaseGeometry:
    """A border between two corners with its middle points moved aside, as rivers and old field edges do."""
    from shapely import LineString  # slow

    ends = sorted([line[0][:2], line[-1][:2]])
    chance = random.Random(repr([(round(x, 2), round(y, 2)) for x, y in ends]))
    forward = line[0][:2] == ends[0]
    points = [(x, y) for x, y, *_z in (line if forward else line[::-1])]
    found = points[:1]
    for a, b in itertools.pairwise(points):
        found += [*_aside(a, b, chance), b]
    return LineString(found)


def _aside(a: tuple[float, float], b: tuple[float, float], chance: random.Random) -> list[tuple[float, float]]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = sqrt(dx * dx + dy * dy)
    if length < _STEP:
        return []
    t, off = chance.uniform(0.38, 0.62), chance.uniform(-_ROUGH, _ROUGH)
    middle = (a[0] + t * dx - off * dy, a[1] + t * dy + off * dx)
    return [*_aside(a, middle, chance), middle, *_aside(middle, b, chance)]


def _rings(shape: BaseGeometry) -> Iterator[Sequence[tuple[float, ...]]]:
    for part in _polygons(shape):
        yield part.exterior.coords
        for hole in part.interiors:
            yield hole.coords


def sizes_of(faces: Mapping[int, Rings], lat: float) -> dict[int, float]:
    """The size in hectares of what was drawn: to see how well cells took their size."""
    from .outlines import twice_area

    per = _KM_LAT * _KM_LON * cos(radians(lat)) * 100 / SCALE / SCALE / 2
    return {area: sum(map(twice_area, rings)) * per for area, rings in faces.items()}
