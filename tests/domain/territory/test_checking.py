"""Each check finds its own fault in lists that are sound but for it, and nothing in sound ones."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain.territory.rules import BEFORE_ALL, TWO_TIERS, AreaKey, AreaRow, SuccessionRow
from phoihop.domain.territory.rules.checking import CHECKS, Finding, doubts
from phoihop.domain.territory.rules.package_lists import raw_lists
from phoihop.domain.territory.rules.register import Held
from tests.domain.territory.small import became, nation, new, news, old, olds, register, successions

LATER = date(2026, 1, 1)


def sound():
    """A province of three communes, none divided."""
    areas = [nation(), *(row for row in olds() if row.code != "29004"), *news()]
    return areas, [s for s in successions() if s.old.code != "29004"]


def found(check, areas, became):
    loaded = register(areas, became)
    return [(loaded.places[f.area].code if f.area else "", loaded.places[f.other].code if f.other else "", f.value) for f in CHECKS[check][2](loaded)]


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {"count"}))
def test_sound_lists_have_no_finding(check):
    assert found(check, *sound()) == []


def test_every_check_has_a_sentence():
    assert [code for code, (_weight, says, _look) in CHECKS.items() if not str(says).endswith((".", "(km)."))] == []


def test_counts_other_than_published_are_found():
    areas, steps = sound()
    assert found("count", areas, steps) == [("", "", 1 - 63), ("", "", 3 - 10_035), ("", "", 1 - 34), ("", "", 2 - 3_321)]


def test_two_units_with_one_code_on_one_day_are_found():
    areas, steps = sound()
    areas.append(replace(new("commune", "29001", "xa", "Khác", "86"), valid_from=LATER))
    assert found("double", areas, steps) == [("29001", "29001", None)]


def test_a_unit_without_a_parent_for_a_while_is_found():
    areas, steps = sound()
    loaded = register(areas, steps)
    commune = next(p.id for p in loaded.places.values() if p.code == "29002" and p.life.first == TWO_TIERS)
    short = tuple(h._replace(life=h.life._replace(until=LATER)) if h.area == commune else h for h in loaded.held)
    assert list(CHECKS["orphan"][2](replace(loaded, held=short))) == [Finding("orphan", commune, day=LATER)]


def test_a_unit_under_two_parents_at_once_is_found():
    areas, steps = sound()
    loaded = register(areas, steps)
    commune = next(p for p in loaded.places.values() if p.code == "29002" and p.life.first == TWO_TIERS)
    other = next(p.id for p in loaded.places.values() if p.code == "VN")
    again = (*loaded.held, Held(commune.id, other, commune.life))
    assert list(CHECKS["two-parents"][2](replace(loaded, held=again))) == [Finding("two-parents", commune.id, other, day=TWO_TIERS)]


def test_a_parent_that_does_not_cover_its_child_is_found():
    areas, steps = sound()
    loaded = register(areas, steps)
    ended = next(p for p in loaded.places.values() if p.code == "850")
    long = tuple(h._replace(life=h.life._replace(until=None)) if h.parent == ended.id and loaded.places[h.area].code == "29001" else h for h in loaded.held)
    child = next(h.area for h in long if h.parent == ended.id and h.life.until is None)
    assert list(CHECKS["parent-not-then"][2](replace(loaded, held=long))) == [Finding("parent-not-then", child, ended.id, day=TWO_TIERS)]


def test_a_unit_that_ended_and_became_nothing_is_found():
    areas, steps = sound()
    assert found("vanished", areas, [s for s in steps if s.old.code != "29003"]) == [("29003", "", None)]


def test_a_new_unit_made_of_nothing_is_found():
    areas, steps = sound()
    assert found("from-nothing", [*areas, new("commune", "29009", "xa", "Mới", "86")], steps) == [("29009", "", None)]


def test_a_gap_between_the_end_and_the_succession_is_found():
    areas, steps = sound()
    late = [replace(s, day=date(2025, 7, 11)) if s.old.code == "29002" else s for s in steps]
    assert found("gap", areas, late) == [("29002", "29002", 10)]


def test_a_gap_before_the_heir_begins_is_found():
    areas, steps = sound()
    areas = [replace(a, valid_from=date(2025, 7, 3)) if a.key == AreaKey("civil", "29002", TWO_TIERS) else a for a in areas]
    steps = [replace(s, new=AreaKey("civil", "29002", date(2025, 7, 3))) if s.old.code == "29002" else s for s in steps]
    assert found("gap", areas, steps) == [("29002", "29002", 2)]


@pytest.mark.parametrize(("one", "two"), [(600_000, 300_000), (600_000, None)])
def test_shares_that_are_not_the_whole_are_found(one, two):
    steps = [*(s for s in successions() if s.old.code != "29004"), became("29004", "29001", "split", share=one), became("29004", "29002", "split", share=two)]
    assert found("shares", [nation(), *olds(), *news()], steps) == [("29004", "", one + (two or 0))]


def test_a_split_without_shares_is_found_and_with_shares_it_is_not():
    areas = [nation(), *olds(), *news()]
    assert found("split-without-shares", areas, successions()) == [("29004", "", 2)]
    declared = [replace(s, share=500_000) if s.old.code == "29004" else s for s in successions()]
    assert found("split-without-shares", areas, declared) == []


def test_a_successor_in_the_wrong_place_is_found():
    areas, steps = sound()
    areas += [old("district", "851", "huyen", "Xa", "86"), old("commune", "29008", "xa", "Lạ", "851", lat=12.0)]
    steps += [became("29008", "29001", "merge"), became("851", None, "abolish")]
    assert found("far", areas, steps) == [("29008", "29001", 222)]
    assert [code for _pair, code in sorted(doubts(register(areas, steps)).items())] == ["far"]


def test_namesakes_that_share_an_heir_are_found():
    areas = [nation(), *olds(), *news(), old("district", "851", "huyen", "Xa", "86"), old("commune", "29008", "xa", "Đồi", "851")]
    steps = [*successions(), became("851", None, "abolish"), became("29008", "29001", "merge")]
    assert found("same-name", areas, steps) == [("29004", "29001", None), ("29008", "29001", None)]


def test_a_centre_far_from_everything_beside_it_is_found():
    areas = [nation(), *olds(), *(replace(a, lat=13.0) if a.code == "29001" else a for a in news())]
    areas += [new("commune", code, "xa", code, "86") for code in ("29000", "29005")]
    steps = [s for s in successions() if s.new is None or s.new.code != "29001"] + [became("29001", "29001", "merge"), became("29003", "29001", "merge")]
    assert found("centre", areas, steps) == [("29001", "", 334)]


def test_an_island_may_lie_anywhere():
    areas = [nation(), *olds(), *(replace(a, lat=13.0, kind="dac-khu") if a.code == "29001" else a for a in news())]
    assert found("centre", areas, successions()) == []


def test_a_former_centre_far_from_its_district_is_found():
    areas = [nation(), *(replace(a, lat=11.0) if a.code == "29003" else a for a in olds()), *news()]
    assert [code for code, _other, _km in found("centre", areas, successions())] == ["29003"]


def test_a_group_that_is_too_large_is_found():
    heirs = [new("commune", f"2910{n}", "xa", f"Mảnh {n}", "86") for n in range(9)]
    steps = [*successions(), *(became("29004", h.code, "split") for h in heirs)]
    assert found("large-group", [nation(), *olds(), *news(), *heirs], steps) == [("29001", "", 11)]


def test_a_code_that_means_another_unit_from_one_day_to_the_next_is_noted():
    areas, steps = sound()
    areas = [replace(a, name="Sông Mới") if a.key == AreaKey("civil", "29001", TWO_TIERS) else a for a in areas]
    assert found("reused-code", areas, steps) == [("29001", "29001", None)]


def test_the_package_as_it_is_has_the_known_confusions_and_the_checks_see_them():
    """Of the 34 parts that the table of conversion does not know, the doubts name all but three."""
    areas, steps = raw_lists()
    loaded = register(areas, steps)
    doubtful = {(loaded.places[a].code, loaded.places[b].code) for a, b in doubts(loaded)}
    confused = {("28924", "29734"), ("29734", "28921"), ("29623", "29182"), ("31268", "31666"), ("11890", "10804"), ("28252", "29869")}
    assert confused <= doubtful
    assert len(doubtful) == 73


def test_a_row_is_named_by_tree_code_and_first_day():
    assert SuccessionRow(AreaKey("civil", "29001", BEFORE_ALL), None, TWO_TIERS, "abolish").old == olds()[2].key
    assert AreaRow("commune", "1", "xa", "A", "", TWO_TIERS).key == ("civil", "1", TWO_TIERS)
