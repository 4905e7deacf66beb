"""Outlines of areas: rings of whole numbers, kept as text, simplified together so that neighbours still meet.

A point is (longitude, latitude) in 1/100,000 degree, about a metre. A ring is closed without repeating its first point.
An outline is a list of rings; what lies in an even number of them is outside.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, radians

Point = tuple[int, int]
Ring = list[Point]
Rings = list[Ring]

SCALE = 100_000
_FEWEST = 3


def encode(rings: Iterable[Ring]) -> str:
    """Rings as text: ``"x,y x,y x,y;x,y …"``."""
    return ";".join(" ".join(f"{x},{y}" for x, y in ring) for ring in rings)


def decode(text: str) -> Rings:
    return [[(int(x), int(y)) for x, y in (point.split(",") for point in ring.split())] for ring in text.split(";") if ring]


def rounded(ring: Iterable[Sequence[float]]) -> Ring:
    """A ring of degrees as whole numbers, without points that fall together."""
    found: Ring = []
    for x, y, *_height in ring:
        point = (round(x * SCALE), round(y * SCALE))
        if not found or found[-1] != point:
            found.append(point)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def twice_area(ring: Ring) -> int:
    """Twice the area of a ring, in its own units."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True)))


def middle(rings: Rings) -> Point:
    """The middle of the largest ring's bounds: good enough to see whether an outline lies where it should."""
    ring = max(rings, key=twice_area)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2


def centroid(rings: Rings) -> Point:
    """Where the weight of the largest ring lies: a good place for a label."""
    ring = max(rings, key=twice_area)
    x0, y0 = ring[0]
    twice, sx, sy = 0, 0, 0
    for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = (x - x0) * (v - y0) - (u - x0) * (y - y0)
        twice += cross
        sx += (x + u - 2 * x0) * cross
        sy += (y + v - 2 * y0) * cross
    return (x0 + sx // (3 * twice), y0 + sy // (3 * twice)) if twice else ring[0]


def simplified(outlines: Mapping[int, Rings], most_points: int) -> dict[int, Rings]:
    """Outlines with at most about ``most_points`` points in all.

    Borders are cut where more than two ways meet, and each stretch is simplified once: both neighbours keep the same line.
    """
    tolerance = 8.0
    found = dict(outlines)
    while sum(len(ring) for rings in found.values() for ring in rings) > most_points and tolerance < SCALE:
        found = _simplified(outlines, tolerance)
        tolerance *= 1.6
    return found


def _simplified(outlines: Mapping[int, Rings], tolerance: float) -> dict[int, Rings]:
    knots = _knots(outlines.values())
    known: dict[tuple[Point, ...], tuple[Point, ...]] = {}
    found: dict[int, Rings] = {}
    for area, rings in outlines.items():
        short = [_simplify_ring(ring, knots, tolerance, known) for ring in rings]
        kept = [ring for ring in short if len(ring) >= _FEWEST and twice_area(ring) > tolerance * tolerance]
        found[area] = kept or [max(rings, key=twice_area)]
    return found


def _knots(outlines: Iterable[Rings]) -> set[Point]:
    """Points at which more than two different ways meet."""
    beside: dict[Point, set[Point]] = {}
    for rings in outlines:
        for ring in rings:
            for before, point, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
                beside.setdefault(point, set()).update((before, after))
    return {point for point, others in beside.items() if len(others) > 2}


def _simplify_ring(ring: Ring, knots: set[Point], tolerance: float, known: dict[tuple[Point, ...], tuple[Point, ...]]) -> Ring:
    cuts = [n for n, point in enumerate(ring) if point in knots]
    if len(cuts) < 2:
        first = min(range(len(ring)), key=ring.__getitem__)
        cuts = sorted({first, max(range(len(ring)), key=lambda n: _apart(ring[n], ring[first]))})
    found: Ring = []
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        stretch = tuple(ring[n % len(ring)] for n in range(start, end + 1))
        found += _stretch(stretch, tolerance, known)[:-1]
    return found


def _stretch(stretch: tuple[Point, ...], tolerance: float, known: dict[tuple[Point, ...], tuple[Point, ...]]) -> tuple[Point, ...]:
    """The stretch simplified; the same in both directions."""
    back = stretch[::-1]
    one = min(stretch, back)
    if one not in known:
        known[one] = tuple(_keep(one, tolerance))
    return known[one] if one is stretch else known[one][::-1]


def _keep(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: keep the farthest point while it lies farther than the tolerance from the straight line."""
    keep = {0, len(line) - 1}
    open_ = [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = 0.0, first
        for n in range(first + 1, last):
            if (off := _off(line[n], line[first], line[last])) > far:
                far, at = off, n
        if far > tolerance:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [line[n] for n in sorted(keep)]


def _off(point: Point, a: Point, b: Point) -> float:
    """How far a point lies from the stretch a–b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    if not (dx or dy):
        return _apart(point, a)
    t = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def joined(outlines: Iterable[Rings]) -> Rings:
    """The outline around several that meet: the edges that only one of them has, tied into rings."""
    edges: dict[frozenset[Point], tuple[Point, Point]] = {}
    for rings in outlines:
        for ring in rings:
            for edge in zip(ring, ring[1:] + ring[:1], strict=True):
                both = frozenset(edge)
                if both in edges:
                    del edges[both]
                else:
                    edges[both] = edge
    return _tied(edges.values())


def _tied(edges: Iterable[tuple[Point, Point]]) -> Rings:
    beside: dict[Point, list[Point]] = {}
    for a, b in edges:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    found: Rings = []
    for start in sorted(beside):
        while beside[start]:
            ring, point = [start], start
            while beside[point]:
                after = beside[point].pop()
                beside[after].remove(point)
                point = after
                if point == start:
                    break
                ring.append(point)
            if len(ring) >= _FEWEST:
                found.append(ring)
    return found


class Sheet:
    """The projection of a map onto a sheet ``width`` wide: degrees to whole numbers, north up."""

    def __init__(self, outlines: Iterable[Rings], width: int = 1000, margin: int = 8) -> None:
        points = [point for rings in outlines for ring in rings for point in ring] or [(0, 0), (SCALE, SCALE)]
        self._west, self._north = min(x for x, _ in points), max(y for _, y in points)
        east, south = max(x for x, _ in points), min(y for _, y in points)
        self._narrow = cos(radians((self._north + south) / 2 / SCALE))
        self._scale = (width - 2 * margin) / max((east - self._west) * self._narrow, 1)
        self._margin = margin
        self.width = width
        self.height = round((self._north - south) * self._scale) + 2 * margin

    def at(self, point: Point) -> Point:
        x = (point[0] - self._west) * self._narrow * self._scale
        return round(x) + self._margin, round((self._north - point[1]) * self._scale) + self._margin

    def path(self, rings: Rings) -> str:
        """The outline as the ``d`` of an SVG path, to be filled by the even-odd rule."""
        return "".join(_svg(list(dict.fromkeys(map(self.at, ring)))) for ring in rings)


def _svg(points: Ring) -> str:
    """Moves relative to the point before: half as long as absolute ones."""
    if len(points) < _FEWEST:
        return ""
    steps = (f"{u - x} {v - y}" for (x, y), (u, v) in itertools.pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"
