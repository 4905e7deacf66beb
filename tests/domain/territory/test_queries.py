from datetime import date

import pytest

from phoihop.domain.territory.queries import (
    above,
    area_at,
    areas_below,
    became,
    became_all,
    by_name,
    checks,
    children,
    clear,
    lineage_of,
    made_of,
    pieces_of_each,
    provinces,
    resolve_place,
    today_of,
    tree,
)
from phoihop.domain.territory.rules import TWO_TIERS
from tests.domain.territory.small import LAST_DAY, world_before
from tests.world import NOON, area, songdat

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def test_a_code_means_the_unit_of_its_day():
    w = world_before()
    assert (area_at("29001", LAST_DAY), area_at("29001", TODAY), area_at("29003", TODAY)) == (w.old_29001, w.song, None)


def test_the_tree_is_that_of_the_day():
    w = world_before()
    now, then = tree(w.province, TODAY), tree(w.old_86, LAST_DAY)
    assert [b.area.name for b in now.children] == ["Sông", "Đất"]
    assert [(b.area.name, [c.area.code for c in b.children]) for b in then.children] == [("Suối", ["29001", "29002", "29003", "29004"])]
    assert [a.name for a in above(w.old_29003, LAST_DAY)] == ["Suối", "Sông Đất", "Việt Nam"]
    assert (list(children(w.old_850, TODAY)), areas_below(w.province, LAST_DAY).count(), list(provinces(LAST_DAY))) == ([], 0, [w.old_86])


def test_what_an_area_became_and_was_made_of():
    w = world_before()
    assert (became(w.old_29003, TODAY).areas, made_of(w.song, LAST_DAY).areas) == ([w.song], [w.old_29001, w.old_29003, w.old_29004])
    assert (became(w.old_29003, LAST_DAY).areas, became(w.old_850, TODAY).areas) == ([w.old_29003], [])
    assert [(s.old.code, s.kind) for s in made_of(w.dat, LAST_DAY).steps] == [("29002", "merge"), ("29004", "split")]
    assert (became(w.old_29003, TODAY).whole, made_of(w.song, LAST_DAY).whole, became(w.old_29004, TODAY).whole) == (True, True, False)


def test_everything_that_bore_a_code_with_what_it_is_now():
    w = world_before()
    assert today_of("29001", TODAY) == [(w.song, [w.song]), (w.old_29001, [w.song])]
    assert today_of("29003", TODAY) == [(w.old_29003, [w.song])]


def test_many_areas_are_followed_in_a_handful_of_queries(django_assert_max_num_queries):
    w = world_before()
    asked = [w.old_29001, w.old_29002, w.old_29003, w.old_29004]
    with django_assert_max_num_queries(5):
        found = became_all(asked, TODAY)
    assert [len(found[a.pk]) for a in asked] == [1, 1, 1, 2]
    assert len(lineage_of([w.song])) == 3


def test_a_table_of_communes_is_composed_in_the_same_queries_as_one(django_assert_num_queries):
    w = world_before()
    with django_assert_num_queries(3):
        found = pieces_of_each([w.song, w.dat], LAST_DAY.replace(month=1), TODAY, TODAY)
    assert found[w.song.pk] == found[w.dat.pk]
    assert found[w.song.pk].group == {w.song.pk, w.dat.pk}


def test_a_group_of_communes_is_composed_of_its_members():
    from phoihop.domain.territory.actions.grouping import draw_groups
    from phoihop.domain.territory.rules.judging import GroupDraft

    w = world_before()
    (group,) = draw_groups(by=w.quan, province=w.province, tree="cluster", groups=[GroupDraft("86.C1", "Cả hai", [w.song, w.dat])], day=TWO_TIERS, at=NOON)
    found = pieces_of_each([group], LAST_DAY.replace(month=1), TODAY, TODAY)[group.pk]
    assert (found.group, len(found.pieces), found.exact) == ({w.song.pk, w.dat.pk}, 6, True)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Suối", ["Huyện Suối", "Xã Suối"]),
        ("suoi", ["Huyện Suối", "Xã Suối"]),
        ("xã Suối", ["Xã Suối", "Huyện Suối"]),
        ("x. suoi", ["Xã Suối", "Huyện Suối"]),
        ("suo", ["Huyện Suối", "Xã Suối"]),
        ("doi suoi", ["Xã Đồi"]),
        ("Đồi, Suối", ["Xã Đồi"]),
        ("dat song", ["Tỉnh Sông Đất", "Tỉnh Sông Đất"]),
        ("29003", ["Xã Suối"]),
        ("", []),
        ("Không Có", []),
    ],
)
def test_names_are_found_however_they_are_typed(text, first):
    world_before()
    assert [str(hit.area) for hit in by_name(text)][: len(first) or 1] == first


def test_todays_units_come_before_former_ones_and_a_day_hides_the_others():
    w = world_before()
    assert [hit.area for hit in by_name("Sông", level="commune")] == [w.song, w.old_29001]
    assert [hit.area for hit in by_name("Sông", LAST_DAY, level="commune")] == [w.old_29001]
    assert [hit.area for hit in by_name("Sông", within=w.old_850)] == [w.old_29001]
    assert by_name("Đồi")[0].where == "Huyện Suối, Tỉnh Sông Đất"


def test_the_diacritics_that_are_typed_decide_between_namesakes():
    w = songdat()
    other = area("29009", "Đát", "commune", "xa", w.province)
    assert [next(hit.area for hit in by_name(text, level="commune")) for text in ("Đất", "Đát")] == [w.dat, other]


@pytest.mark.parametrize(
    ("text", "day", "name", "reasons"),
    [
        ("xã Sông", TODAY, "29001", ("same",)),
        ("xa song", TODAY, "29001", ("plain",)),
        ("xã Suối", TODAY, "29001", ("same", "became")),
        ("X. Suoi", TODAY, "29001", ("plain", "became")),
        ("Suối, Suối", TODAY, "29001", ("same", "became")),
        ("phường Sông", TODAY, "29001", ("same", "other-kind")),
        ("xã Suôi", TODAY, "29001", ("other-marks", "became")),
        ("Phường Đất", LAST_DAY, "29002", ("same",)),
    ],
)
def test_a_written_name_stands_for_an_area_of_that_day(text, day, name, reasons):
    world_before()
    best = resolve_place(text, day)[0]
    assert (best.area.code, best.reasons) == (name, reasons)


def test_a_divided_unit_is_offered_in_its_parts_and_taken_for_none():
    w = world_before()
    found = resolve_place("xã Đồi", TODAY)
    assert ([c.area for c in found], {c.reasons for c in found}) == ([w.song, w.dat], {("same", "part")})
    assert clear(found) is None


def test_a_clear_name_is_taken_without_asking():
    w = world_before()
    assert clear(resolve_place("xã Suối", TODAY)).area == w.song
    assert clear(resolve_place("Không Có", TODAY)) is None


def test_only_places_within_are_offered():
    w = world_before()
    assert [c.area for c in resolve_place("Sông", TODAY, w.elsewhere)] == []
    assert resolve_place("Sông", TODAY, w.province)[0].area == w.song


def test_checks_report_what_they_found_as_lines():
    world_before()
    found = {report.check: report for report in checks()}
    assert [report.told(finding) for report in [found["split-without-shares"]] for finding in report.findings] == ["29004 Đồi 2 01/07/2025"]
    assert [f.area for f in found["from-nothing"].findings] == [area_at("79", date(2025, 7, 1)).pk]
    assert [report.check for report in checks(["far"])] == ["far"]
