from phoihop.domain.territory.rules import outlines
from phoihop.domain.territory.rules.schematic import Site, draw, sizes_of

# A row of towns, a large commune beside them, and one whose size nobody wrote down.
SITES = [
    *(Site(n, 10.0 + 0.05 * (n // 4), 106.0 + 0.06 * (n % 4), 2_500) for n in range(12)),
    Site(12, 10.16, 106.1, 9_000),
    Site(13, 9.95, 106.1, None),
]


def test_every_area_gets_an_outline_and_all_meet_in_one_coast():
    drawn = draw(SITES)
    assert sorted(drawn) == [site.id for site in SITES]
    assert all(len(ring) >= 3 for rings in drawn.values() for ring in rings)
    assert len(outlines.joined(drawn.values())) == 1


def test_a_large_area_is_drawn_large():
    sizes = sizes_of(draw(SITES), 10.0)
    assert sizes[12] > 1.5 * max(size for area, size in sizes.items() if area not in (12, 13))


def test_the_same_list_gives_the_same_map():
    assert draw(SITES) == draw(list(SITES))


def test_areas_on_one_spot_are_drawn_beside_each_other():
    assert len(draw([Site(n, 10.0, 106.0, 1_000) for n in range(4)])) == 4


def test_a_lone_island_and_an_empty_list_can_be_drawn():
    assert [len(rings) for rings in draw([Site(1, 8.7, 106.6, 7_500)]).values()] == [1]
    assert draw([]) == {}


def test_islands_far_apart_are_not_joined():
    assert len(outlines.joined(draw([Site(1, 8.7, 106.6, 7_500), Site(2, 9.9, 104.0, 58_900)]).values())) == 2
