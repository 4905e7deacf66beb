"""Reading boundaries from GeoJSON or TopoJSON, and matching them with areas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import Refused, Verdict

from . import outlines
from .names import readings
from .outlines import SCALE, Rings
from .register import kilometres

MOST_POINTS = 3_000_000
_CODES = ("code", "ma", "ma_xa", "maxa", "ward_code", "ma_dvhc", "id")
_NAMES = ("name", "ten", "ten_xa", "tenxa", "full_name", "ward_name")
_PROVINCES = ("prov", "province", "province_code", "ma_tinh", "matinh", "tinh", "ten_tinh", "province_name")
_SHAPES = ("Polygon", "MultiPolygon")
_FARTHEST = 40.0  # km from the centre that the list knows


@dataclass(frozen=True, slots=True)
class Feature:
    code: str
    name: str
    province: str
    rings: Rings


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What a file of boundaries holds."""

    features: Sequence[Feature]


def read_boundaries(content: bytes) -> Boundaries:
    """The features of a GeoJSON or TopoJSON file. Raises Refused for what is neither, or does not lie in Vietnam."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise Refused(Verdict("no-json", _("Tệp không phải GeoJSON hoặc TopoJSON."), "boundaries")) from broken
    kind = data.get("type") if isinstance(data, dict) else None
    try:
        if kind == "Topology":
            features = list(_topo(data))
        elif kind in ("FeatureCollection", "Feature"):
            features = list(_geo(data.get("features", [data])))
        else:
            raise Refused(Verdict("no-boundaries", _("Tệp không phải GeoJSON (FeatureCollection) hoặc TopoJSON (Topology)."), "boundaries"))
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as broken:
        raise Refused(Verdict("boundaries-broken", _("Tệp bị lỗi cấu trúc, không đọc được đường bao."), "boundaries")) from broken
    return Boundaries(tuple(_checked(features)))


def _checked(features: list[Feature]) -> list[Feature]:
    if not features:
        raise Refused(Verdict("no-boundaries", _("Tệp không có đường bao nào (Polygon, MultiPolygon)."), "boundaries"))
    if sum(len(ring) for f in features for ring in f.rings) > MOST_POINTS:
        raise Refused(Verdict("too-many-points", _("Tệp quá chi tiết (hơn 3 triệu điểm). Hãy giản lược đường bao rồi nhập lại."), "boundaries"))
    if not any(f.code or f.name for f in features):
        raise Refused(Verdict("no-names", _("Các đường bao không có mã hay tên đơn vị trong thuộc tính."), "boundaries"))
    for feature in features:
        if not all(102 * SCALE <= x <= 118 * SCALE and 6 * SCALE <= y <= 24 * SCALE for ring in feature.rings for x, y in ring):
            raise Refused(
                Verdict(
                    "not-in-vietnam",
                    _("Đường bao %s nằm ngoài Việt Nam. Tọa độ phải là kinh độ, vĩ độ (WGS 84), không phải mét của VN-2000.") % (feature.name or feature.code),
                    "boundaries",
                )
            )
    return features


def _geo(features: Iterable[Mapping[str, Any]]) -> Iterator[Feature]:
    for feature in features:
        geometry = feature.get("geometry") or {}
        if geometry.get("type") in _SHAPES:
            rings = [outlines.rounded(ring) for polygon in _polygons(geometry, "coordinates") for ring in polygon]
            yield from _feature({"id": feature.get("id"), **(feature.get("properties") or {})}, rings)


def _topo(data: Mapping[str, Any]) -> Iterator[Feature]:
    arcs = [_arc(arc, data.get("transform")) for arc in data["arcs"]]
    for collection in data["objects"].values():
        for geometry in collection.get("geometries", [collection]):
            if geometry.get("type") in _SHAPES:
                rings = [outlines.rounded(_ring(ring, arcs)) for polygon in _polygons(geometry, "arcs") for ring in polygon]
                yield from _feature({"id": geometry.get("id"), **(geometry.get("properties") or {})}, rings)


def _polygons(geometry: Mapping[str, Any], key: str) -> Sequence[Any]:
    return [geometry[key]] if geometry["type"] == "Polygon" else geometry[key]


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[tuple[float, float]]:
    if not transform:
        return [(point[0], point[1]) for point in arc]
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
    return [(x * kx + tx, y * ky + ty) for x, y in zip(xs, ys, strict=True)]


def _ring(indices: Iterable[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _feature(properties: Mapping[str, Any], rings: Rings) -> Iterator[Feature]:
    whole = [ring for ring in rings if len(ring) > 2]
    if whole:
        given = {fold(str(key)).replace(" ", "_"): value for key, value in properties.items()}
        code, name, province = _first(given, _CODES), _first(given, _NAMES), _first(given, _PROVINCES)
        yield Feature(code or ("" if name else province), name, province, whole)  # what only names a province is its outline


def _first(properties: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((nfc(str(properties[key])).strip() for key in keys if properties.get(key) not in (None, "")), "")


@dataclass(frozen=True, slots=True)
class Spot:
    """An area that an outline may belong to."""

    id: int
    code: str
    level: str
    kind: str
    folded: str
    province: str
    province_folded: str
    lat: float | None
    lon: float | None


@dataclass(slots=True)
class Matched:
    """Outlines by area id; features that fit no area, or lie too far from the one they name."""

    outlines: dict[int, Rings]
    by_name: int
    unmatched: list[Feature]
    misplaced: list[Feature]


def match(boundaries: Boundaries, spots: Sequence[Spot]) -> Matched:
    """Match by code where the name agrees or is missing, else by kind and folded name within the province."""
    by_code = {spot.code: spot for spot in spots}
    by_name: dict[str, list[Spot]] = {}
    for area in spots:
        by_name.setdefault(area.folded, []).append(area)
    found = Matched({}, 0, [], [])
    for feature in boundaries.features:
        coded = by_code.get(feature.code)
        named = coded is None or (feature.name != "" and not _names(feature.name, coded))
        spot = _by_name(feature, by_name.get) if named else coded
        if spot is None or spot.id in found.outlines:
            found.unmatched.append(feature)
        elif _is_far(feature, spot):
            found.misplaced.append(feature)
        else:
            found.outlines[spot.id] = feature.rings
            found.by_name += named
    return found


def _names(name: str, spot: Spot) -> bool:
    return any(reading.folded == spot.folded for reading in readings(name))


def _by_name(feature: Feature, named: Callable[[str], list[Spot] | None]) -> Spot | None:
    """The one area of the province with this kind and name; None if there is none or more than one."""
    for reading in readings(feature.name):
        spots = [s for s in named(reading.folded) or () if reading.kind in ("", s.kind) and _in_province(feature.province, s)]
        if len(spots) == 1:
            return spots[0]
    return None


def _in_province(province: str, spot: Spot) -> bool:
    return province in ("", spot.province) or any(reading.folded == spot.province_folded for reading in readings(province))


def _is_far(feature: Feature, spot: Spot) -> bool:
    """Islands apart, an outline lies around the centre that the list knows."""
    if spot.lat is None or spot.lon is None:
        return False
    x, y = outlines.middle(feature.rings)
    xs = [p[0] for ring in feature.rings for p in ring]
    reach = _FARTHEST + (max(xs) - min(xs)) / SCALE * 111
    return kilometres(y / SCALE, x / SCALE, spot.lat, spot.lon) > reach
