"""The real lists, once: a province founded as an installation does it, and the answers that it must give."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from phoihop.domain import models as m
from phoihop.domain.forces.actions.founding import first_unit, found_province
from phoihop.domain.forces.actions.making import make_units
from phoihop.domain.forces.queries import heirs_of, relation_between, resolve_unit, units_of
from phoihop.domain.people.actions.posts import install_node_post
from phoihop.domain.territory.actions.importing import import_lists
from phoihop.domain.territory.queries import (
    area_at,
    areas_below,
    atlas,
    became,
    by_name,
    checks,
    children,
    clear,
    made_of,
    map_of,
    parent_of,
    pieces,
    pieces_of_each,
    provinces,
    resolve_place,
    today_of,
)
from phoihop.domain.territory.rules import TWO_TIERS
from phoihop.domain.territory.rules.lineage import Piece
from phoihop.kernel import memo
from phoihop.kernel.period import HOME
from phoihop.kernel.verdict import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 21, 9, tzinfo=HOME)
TODAY, EVE = NOW.date(), date(2025, 6, 30)


@pytest.fixture(scope="module", autouse=True)
def vinh_long(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[m.Post]:
    """The node's post, after Vĩnh Long was founded. All tests of this module share it; what they write is rolled back.

    What was founded refers to what is there: that is looked at here, or each test would look at all of it again when it ends.
    """
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        post = install_node_post(code="86", sign="CA.tinh", home="PH86", at=NOW)
        found_province(by=post, code="86", day=TODAY, home="PH86", at=NOW)
        memo.forget_all()
        connection.check_constraints()
        yield post
        transaction.set_rollback(True)
        memo.forget_all()


def one(text: str, on: date, level: str = "commune") -> m.Area:
    return by_name(text, on, level)[0].area


def names(areas: list[m.Area]) -> list[str]:
    return [str(area) for area in areas]


def test_the_lists_have_the_published_numbers_and_no_fault():
    found = {report.check: report for report in checks()}
    assert [check for check, report in found.items() if report.weight == "fault" and report.findings] == []
    levels = [
        (level, m.Area.objects.filter(tree="civil", level=level, valid_from__lte=day, valid_until__gt=day).count())
        for level, day in (("province", EVE), ("district", EVE), ("commune", EVE))
    ]
    assert levels == [("province", 63), ("district", 696), ("commune", 10_035)]
    assert (provinces(TODAY).count(), areas_below(area_at("VN", TODAY), TODAY).count(), areas_below(area_at("VN", TODAY), TODAY, "district").count()) == (
        34,
        3_321,
        0,
    )
    assert len([f for f in found["reused-code"].findings if f.day == TWO_TIERS]) == 2_145


def test_most_of_todays_communes_are_exact_alone():
    communes = list(areas_below(area_at("VN", TODAY), TODAY))
    groups = {frozenset(c.group) for c in pieces_of_each(communes, date(2023, 1, 1), TODAY, TODAY).values()}
    assert Counter(len(group) for group in groups) == {1: 2909, 2: 75, 3: 20, 4: 17, 5: 4, 6: 3, 7: 1, 14: 1, 75: 1}


def test_what_became_of_bao_thuan_hoai_chau_and_hau_giang():
    bao_thuan = by_name("Bảo Thuận, Ba Tri, Bến Tre")[0].area
    assert names(became(bao_thuan, TODAY).areas) == ["Xã Bảo Thạnh"]
    assert str(parent_of(became(bao_thuan, TODAY).areas[0], TODAY)) == "Tỉnh Vĩnh Long"
    hoai_chau = by_name("Hoài Châu, Hoài Nhơn, Bình Định")[0].area
    (tam_quan,) = became(hoai_chau, TODAY).areas
    assert (str(tam_quan), str(parent_of(tam_quan, TODAY))) == ("Phường Tam Quan", "Tỉnh Gia Lai")
    assert names(became(one("Hậu Giang", EVE, "province"), TODAY).areas) == ["Thành phố Cần Thơ"]


def test_todays_bao_thanh_is_made_of_two_communes():
    bao_thanh = area_at("29125", TODAY)
    found = made_of(bao_thanh, EVE)
    assert (sorted(a.name for a in found.areas), found.whole) == (["Bảo Thuận", "Bảo Thạnh"], True)
    assert [(str(area), names(heirs)) for area, heirs in today_of("29125", TODAY)] == [("Xã Bảo Thạnh", ["Xã Bảo Thạnh"])] * 2


def test_hau_giang_2023_is_seen_under_can_tho_today():
    can_tho = area_at("92", TODAY)
    found = pieces(can_tho, date(2023, 1, 1), date(2024, 1, 1), TODAY)
    by_id = m.Area.objects.in_bulk([piece.area for piece in found.pieces])
    assert sorted(by_id[piece.area].name for piece in found.pieces) == ["Cần Thơ", "Hậu Giang", "Sóc Trăng"]
    assert (found.exact, found.group) == (True, {can_tho.pk})
    hau_giang = one("Hậu Giang", EVE, "province")
    assert pieces(hau_giang, date(2023, 1, 1), date(2024, 1, 1)).pieces == (Piece(hau_giang.pk, date(2023, 1, 1), date(2024, 1, 1)),)


def test_dong_nai_became_a_city_with_its_communes():
    before, city = area_at("75", date(2026, 4, 29)), area_at("75", TODAY)
    assert (str(before), str(city), city.basis) == ("Tỉnh Đồng Nai", "Thành phố Đồng Nai", "30/2026/QH16")
    assert (areas_below(before, date(2026, 4, 29)).count(), areas_below(city, TODAY).count()) == (95, 95)
    long_thanh = [area_at("26368", day) for day in (date(2026, 4, 29), TODAY)]
    assert names(long_thanh) == ["Xã Long Thành", "Phường Long Thành"]
    assert [str(a) for a in made_of(city, EVE).areas] == ["Tỉnh Bình Phước", "Tỉnh Đồng Nai"]


def test_island_districts_without_communes_became_special_zones():
    assert [names(became(one(name, EVE, "district"), TODAY).areas) for name in ("Lý Sơn", "Côn Đảo", "Hoàng Sa", "Cồn Cỏ", "Bạch Long Vĩ")] == [
        ["Đặc khu Lý Sơn"], ["Đặc khu Côn Đảo"], ["Đặc khu Hoàng Sa"], ["Đặc khu Cồn Cỏ"], ["Đặc khu Bạch Long Vĩ"],
    ]  # fmt: skip
    assert became(one("Ba Tri", EVE, "district"), TODAY).areas == []


@pytest.mark.parametrize(
    ("text", "on", "found"),
    [
        ("xã Bảo Thuận", TODAY, "Xã Bảo Thạnh"),
        ("X. Bao Thuan", TODAY, "Xã Bảo Thạnh"),
        ("Bảo Thuận, Ba Tri", TODAY, "Xã Bảo Thạnh"),
        ("TT. Ba Tri", TODAY, "Xã Ba Tri"),
        ("P. Trà Vinh", TODAY, "Phường Trà Vinh"),
        ("xã Huyền Hội", TODAY, "Xã Tân An"),
        ("xa huyen hoi", TODAY, "Xã Tân An"),
        ("Bảo Thạnh", date(2024, 5, 1), "Xã Bảo Thạnh"),
    ],
)
def test_names_in_files_find_their_place(text, on, found):
    within = area_at("86", on) if on == TODAY else one("Bến Tre", on, "province")
    assert str(clear(resolve_place(text, on, within)).area) == found


def test_the_demo_province_has_its_units():
    province, bao_thanh = area_at("86", TODAY), area_at("29125", TODAY)
    assert len(atlas(province, TODAY).spots) == 124
    assert Counter(u.force.code for u in units_of(bao_thanh, TODAY)) == {"CU": 1, "UB": 1, "QS": 1, "CA": 1, "BP": 1, "DQ": 1, "AN": 1, "MT": 1}
    alive = m.Unit.objects.filter(valid_until=None)
    assert Counter(alive.values_list("kind", flat=True)) == {"xa": 620, "to": 124, "tinh": 7, "phong": 1, "don": 6, "ptkv": 4, "bo": 5, "qk": 1}
    assert {len(atlas(province, TODAY).groups[region.pk]) for region in children(province, TODAY, "defence")} == {31}
    assert len([g for g in children(province, TODAY, "cluster") if "Ba Tri" in g.name]) == 1


def test_units_of_before_have_their_heirs():
    district = m.Unit.objects.get(name="Công an huyện Ba Tri")
    assert (district.valid_until, names(heirs_of(district, TODAY))) == (date(2025, 3, 1), ["Công an tỉnh Vĩnh Long"])
    guard = m.Unit.objects.get(name="Bộ Chỉ huy Bộ đội Biên phòng tỉnh Bến Tre")
    assert names(heirs_of(guard, TODAY)) == ["Ban Chỉ huy Bộ đội Biên phòng tỉnh Vĩnh Long"]
    army = m.Unit.objects.get(key="QS.tinh.86.20250701")
    assert (relation_between(army, heirs_of(guard, TODAY)[0], TODAY), relation_between(army, guard, EVE)) == ("directs", None)
    assert str(resolve_unit("CA xã Bảo Thuận", TODAY, area_at("86", TODAY))[0].unit) == "Công an xã Bảo Thạnh"


def test_the_province_is_drawn_in_one_piece():
    drawn = map_of(area_at("86", TODAY), TODAY)
    assert (drawn.source, len(drawn.outlines()), drawn.missing) == ("schematic", 124, ())
    assert drawn.around(drawn.rings).count("M") == 1
    assert sum(len(outline.path) for outline in drawn.outlines().values()) < 60_000


def test_the_founding_left_one_event_for_each_act():
    assert [e.what for e in m.Event.objects.order_by("seq")] == [
        "post.appointed", "area.imported", "force.defined", "area.grouped", "area.grouped", "unit.made", "area.drawn", "unit.ground_laid",
    ]  # fmt: skip
    told = json.loads(m.Event.objects.get(what="area.imported").body)
    assert (told["begun"], told["added"], told["doubtful"], told["source"]) == (14_159, 11_335, 11, "vietnamadminunits")


def test_importing_and_making_again_changes_nothing(vinh_long):
    tables = (m.Area, m.AreaParent, m.AreaClosure, m.Succession, m.Unit, m.Relation, m.UnitClosure, m.UnitArea, m.Letterhead)
    before = [table.objects.count() for table in tables]
    import_lists(by=vinh_long, at=NOW)
    make_units(by=vinh_long, province=area_at("86", TODAY), day=TODAY, home="PH86", at=NOW)
    assert [table.objects.count() for table in tables] == before


@pytest.mark.parametrize(("code", "sign", "refusal"), [("99", "CA.tinh", "no-such-area"), ("86", "CA.xa", "no-such-unit")])
def test_a_node_that_cannot_be_is_refused(code, sign, refusal):
    with pytest.raises(Refused) as refused:
        first_unit(code=code, sign=sign, day=TODAY, home="PH86")
    assert refused.value.verdict.code == refusal
