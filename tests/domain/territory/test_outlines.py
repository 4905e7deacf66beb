from phoihop.domain.territory.rules import outlines
from phoihop.domain.territory.rules.outlines import Sheet, centroid, decode, encode, joined, middle, rounded, simplified, twice_area

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]
BESIDE = [(100, 0), (200, 0), (200, 100), (100, 100)]


def test_an_outline_is_kept_as_text_and_read_again():
    rings = [SQUARE, [(-5, 7), (1, 2), (3, 4)]]
    assert encode(rings) == "0,0 100,0 100,100 0,100;-5,7 1,2 3,4"
    assert decode(encode(rings)) == rings
    assert decode("") == []


def test_degrees_are_rounded_to_a_metre_and_a_ring_is_not_closed_twice():
    assert rounded([(106.123456, 10.0), (106.123457, 10.0), (106.2, 10.1), (106.3, 10.2, 5.0), (106.123456, 10.0)]) == [
        (10612346, 1000000), (10620000, 1010000), (10630000, 1020000),
    ]  # fmt: skip


def test_a_label_stands_where_the_weight_of_the_largest_ring_lies():
    assert centroid([[(0, 0), (3, 0), (0, 3)], SQUARE]) == (50, 50)
    assert middle([SQUARE]) == (50, 50)
    assert centroid([[(1, 1), (2, 2), (3, 3)]]) == (1, 1)


def test_neighbours_keep_the_same_border_when_they_are_simplified():
    wavy = [(100, y) if y % 20 else (102, y) for y in range(10, 100, 10)]
    left = [(0, 0), (100, 0), *wavy, (100, 100), (0, 100)]
    right = [(200, 0), (200, 100), (100, 100), *reversed(wavy), (100, 0)]
    outer = [(0, 0), (0, -50), (200, -50), (200, 0), (100, 0)]
    found = simplified({1: [left], 2: [right], 3: [outer]}, 13)
    assert sum(len(ring) for rings in found.values() for ring in rings) == 13
    assert set(found[1][0]) & set(found[2][0]) == {(100, 0), (100, 100)}
    assert joined(found[n] for n in (1, 2)) == [[(0, 0), (0, 100), (100, 100), (200, 100), (200, 0), (100, 0)]]


def test_outlines_that_are_short_enough_stay_as_they_are():
    assert simplified({1: [SQUARE]}, 10) == {1: [SQUARE]}


def test_an_area_never_loses_its_last_ring():
    speck = [(0, 0), (3, 0), (3, 3), (0, 3)]
    assert simplified({1: [speck], 2: [[(n, n * n % 97) for n in range(400)]]}, 6)[1] == [speck]


def test_the_outline_around_several_is_what_only_one_of_them_has():
    assert joined([[SQUARE], [BESIDE]]) == [[(0, 0), (0, 100), (100, 100), (200, 100), (200, 0), (100, 0)]]
    assert sorted(map(twice_area, joined([[SQUARE], [[(300, 0), (310, 0), (310, 10)]]]))) == [100, 20_000]


def test_a_sheet_has_north_above_and_a_path_goes_round():
    sheet = Sheet([[[(10600000, 0), (10700000, 0), (10700000, 100000), (10600000, 100000)]]], width=1016, margin=8)
    assert (sheet.width, sheet.height) == (1016, 1016)
    assert sheet.at((10600000, 100000)) == (8, 8)
    assert sheet.path([[(10600000, 0), (10700000, 0), (10700000, 100000)]]) == "M8 1008l1000 0 0 -1000z"


def test_what_falls_into_one_point_of_the_sheet_is_not_drawn():
    sheet = Sheet([[[(10600000, 0), (10700000, 0), (10700000, 100000)]]])
    assert sheet.path([[(10600000, 0), (10600001, 0), (10600001, 1)]]) == ""


def test_an_empty_sheet_can_be_made():
    assert Sheet([]).height > 0


def test_the_scale_is_about_a_metre():
    assert outlines.SCALE == 100_000
