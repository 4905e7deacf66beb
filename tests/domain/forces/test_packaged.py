"""The packaged tables agree with one another and with the models."""

import re
from datetime import date

from phoihop.domain.forces.models import ForceFace, LineKind, RelationKind, UnitKind
from phoihop.domain.forces.rules.packaged import border_communes, period_of, region_of, regions, rows, sorts, ties

FORCES = ["CU", "UB", "QS", "CA", "BP", "DQ", "PC", "AN", "MT", "LD"]


def members(line, on):
    return {row["force"] for row in rows("members") if row["line"] == line and on in period_of(row)}


def needs(line, on):
    return {row["of"] for row in rows("needs") if row["line"] == line and on in period_of(row)}


def test_the_ten_forces_have_faces_with_colours_for_light_and_dark():
    assert list(dict.fromkeys(row["code"] for row in rows("forces"))) == FORCES
    assert [row for row in rows("forces") if not re.fullmatch(r"#[0-9a-f]{6}", row["colour"]) or not re.fullmatch(r"#[0-9a-f]{6}", row["colour_dark"])] == []
    longest = ForceFace._meta.get_field("name").max_length
    assert [row["name"] for row in rows("forces") if len(row["name"]) > longest] == []
    assert [row["monogram"] for row in rows("forces") if row["code"] in ("AN", "LD") and row["valid_from"] >= "2024-07-01"] == ["TBV"]


def test_no_two_forces_share_a_colour():
    faces = {row["code"]: (row["colour"], row["colour_dark"]) for row in rows("forces")}
    assert len({colour for pair in faces.values() for colour in pair}) == 2 * len(faces)


def test_a_line_is_a_bit_and_every_force_has_its_own():
    bits = [int(row["bit"]) for row in rows("lines")]
    assert len(bits) == len(set(bits))
    assert all(0 < bit < 63 for bit in bits)
    assert {row["kind"] for row in rows("lines")} == set(LineKind.values)
    assert {row["code"] for row in rows("lines") if row["kind"] == "force"} == set(FORCES)


def test_ministries_hold_their_forces_at_all_times():
    for on in (date(2012, 1, 1), date(2026, 1, 1)):
        assert (members("BQP", on), members("BCA", on), members("MTTQ", on), members("CQ", on)) == ({"QS", "BP", "DQ"}, {"CA", "PC"}, {"MT", "LD"}, {"UB"})


def test_a_decree_follows_the_one_that_it_replaced():
    assert [(needs("ND77", on), needs("ND03", on)) for on in (date(2019, 9, 4), date(2019, 9, 5))] == [({"BQP", "BCA"}, set()), (set(), {"BQP", "BCA"})]
    assert [(needs("ND133", on), needs("ND02", on)) for on in (date(2020, 6, 30), date(2020, 7, 1))] == [({"DQ"}, set()), (set(), {"DQ"})]
    assert {row["code"]: row["least_forces"] for row in rows("lines") if row["kind"] == "decree"} == dict.fromkeys(["ND77", "ND03", "ND133", "ND02"], "2")


def test_every_sort_names_a_force_a_kind_and_known_heirs():
    signs = {sort.sign for sort in sorts()}
    assert {sort.force for sort in sorts()} == set(FORCES)
    assert {sort.kind for sort in sorts()} <= set(UnitKind.values)
    assert {sort.heir for sort in sorts()} <= signs | {"", "same"}
    assert [sort.sign for sort in sorts() if sort.sign != f"{sort.force}.{sort.kind}"] == []


def test_every_relation_is_between_known_sorts_in_a_known_way():
    signs = {sort.sign for sort in sorts()} | {"QS.qk"}
    assert [tie for tie in ties() if not {tie.upper, tie.lower} <= signs] == []
    assert {tie.kind for tie in ties()} == set(RelationKind.values)
    assert {tie.how for tie in ties()} == {"same", "above", "covers", "nation", "region"}


def test_every_letterhead_belongs_to_a_sort():
    assert {row["sign"] for row in rows("letterheads")} <= {sort.sign for sort in sorts()}


def test_every_province_but_the_capital_is_in_one_military_region():
    provinces = [code for region in regions() for code in region.provinces]
    assert len(provinces) == len(set(provinces)) == 62
    assert (region_of("86").name, region_of("01"), region_of("79").short) == ("Bộ Tư lệnh Quân khu 9", None, "Quân khu 7")


def test_stations_sit_and_watch_on_the_border():
    known = border_communes()
    assert [row for row in rows("stations") if not {row["seat"], *row["covers"].split()} <= known] == []
    assert len(known) == 539
