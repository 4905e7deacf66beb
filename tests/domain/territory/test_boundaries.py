import json

import pytest

from phoihop.domain.territory.rules.boundaries import Boundaries, Feature, Spot, match, read_boundaries
from phoihop.kernel.verdict import Refused

RING = [[106.0, 10.0], [106.1, 10.0], [106.1, 10.1], [106.0, 10.0]]
INTS = [(10600000, 1000000), (10610000, 1000000), (10610000, 1010000)]


def geo(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(geometry="Polygon", coordinates=None, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": geometry, "coordinates": coordinates or [RING]}}


def test_geojson_is_read_with_codes_names_and_provinces():
    found = read_boundaries(
        geo(feature(code="29001", name="Xã Sông", prov="86"), feature("MultiPolygon", [[RING], [RING]], MA_XA=29002, **{"Tên xã": "x", "ten": "Đất"}))
    )
    assert found.features == (Feature("29001", "Xã Sông", "86", [INTS]), Feature("29002", "Đất", "", [INTS, INTS]))


def test_an_outline_that_only_names_a_province_is_the_provinces():
    assert read_boundaries(geo(feature(prov="86"))).features == (Feature("86", "", "86", [INTS]),)


def test_topojson_is_read_with_and_without_a_transform():
    objects = {"x": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0, ~1]], "properties": {"code": "29001"}}]}}
    whole = {"type": "Topology", "objects": objects, "arcs": [[[106.0, 10.0], [106.1, 10.0]], [[106.0, 10.0], [106.1, 10.1], [106.1, 10.0]]]}
    steps = {**whole, "arcs": [[[0, 0], [100, 0]], [[0, 0], [100, 100], [0, -100]]], "transform": {"scale": [0.001, 0.001], "translate": [106.0, 10.0]}}
    assert read_boundaries(json.dumps(whole).encode()).features == (Feature("29001", "", "", [INTS]),)
    assert read_boundaries(json.dumps(steps).encode()).features == read_boundaries(json.dumps(whole).encode()).features


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04", "no-json"),
        (b"[1, 2]", "no-boundaries"),
        (b'{"type": "Sphere"}', "no-boundaries"),
        (geo(), "no-boundaries"),
        (geo(feature("Point", [106.0, 10.0], code="1")), "no-boundaries"),
        (geo(feature(code="29001", coordinates=[[[585000.0, 1132000.0], [586000.0, 1132000.0], [586000.0, 1133000.0]]])), "not-in-vietnam"),
        (geo(feature(colour="red")), "no-names"),
        (geo(feature(code="29001", coordinates=[[["a", "b"], ["c", "d"], ["e", "f"]]])), "boundaries-broken"),
        (b'{"type": "Topology", "objects": {"x": {"type": "Polygon", "arcs": [[7]]}}, "arcs": []}', "boundaries-broken"),
        (b'{"type": "Topology"}', "boundaries-broken"),
    ],
)
def test_what_is_no_map_of_vietnam_is_refused_with_a_reason(content, code):
    with pytest.raises(Refused) as refused:
        read_boundaries(content)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "boundaries")


def spot(id_, code, name, kind="xa", province="86", at=(10.05, 106.05)):
    return Spot(id_, code, "commune", kind, name, province, {"86": "song dat", "79": "noi khac"}[province], *at)


def matched(*features, spots):
    found = match(Boundaries(tuple(features)), spots)
    return sorted(found.outlines), found.by_name, len(found.unmatched), len(found.misplaced)


def test_a_feature_finds_its_area_by_code():
    assert matched(Feature("29001", "Xã Sông", "86", [INTS]), spots=[spot(1, "29001", "song")]) == ([1], 0, 0, 0)


def test_a_code_that_names_another_unit_gives_way_to_the_name():
    spots = [spot(1, "29001", "song"), spot(2, "29002", "dat")]
    assert matched(Feature("29001", "Xã Đất", "86", [INTS]), spots=spots) == ([2], 1, 0, 0)


@pytest.mark.parametrize("province", ["86", "Tỉnh Sông Đất", "sông đất", ""])
def test_without_a_code_kind_name_and_province_decide(province):
    spots = [spot(1, "29001", "song"), spot(3, "29003", "song", "phuong"), spot(2, "26001", "doi", province="79")]
    assert matched(Feature("", "xã Sông", province, [INTS]), spots=spots) == ([1], 1, 0, 0)


def test_namesakes_in_one_province_are_left_over():
    spots = [spot(1, "29001", "song"), spot(2, "29002", "song")]
    assert matched(Feature("", "Xã Sông", "86", [INTS]), spots=spots) == ([], 0, 1, 0)


def test_the_second_outline_of_one_area_and_an_unknown_one_are_left_over():
    same = Feature("29001", "", "", [INTS])
    assert matched(same, same, Feature("99999", "Xã Lạ", "86", [INTS]), spots=[spot(1, "29001", "song")]) == ([1], 0, 2, 0)


def test_an_outline_far_from_the_centre_that_is_known_is_not_taken():
    assert matched(Feature("29001", "", "", [INTS]), spots=[spot(1, "29001", "song", at=(11.0, 106.0))]) == ([], 0, 0, 1)
    assert matched(Feature("29001", "", "", [INTS]), spots=[spot(1, "29001", "song", at=(None, None))]) == ([1], 0, 0, 0)
