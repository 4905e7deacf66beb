from datetime import date

import pytest

from phoihop.domain.forces.rules.generating import plan_units
from phoihop.domain.forces.rules.plans import Ground, Station
from phoihop.domain.forces.rules.stationing import stations_of
from phoihop.kernel.period import FOREVER, Period
from tests.domain.forces.grounds import DAT, NATION, NEW, OLD, PROVINCE, REFORM, REGION, SONG, START, before, now

STATION = Station("Cửa Đại", SONG, (SONG,))


def plan(*, former=False):
    return plan_units([*now(), *(before() if former else [])], {REGION: (SONG, DAT)}, [STATION])


def unit(found, key):
    return next(u for u in found.units if u.key == key)


def related(found, lower):
    return {(r.upper, r.kind, r.period.first) for r in found.relations if r.lower == lower}


def test_every_commune_has_its_six_units():
    found = plan()
    assert [(u.key, u.name) for u in found.units if u.area == DAT] == [
        ("CU.xa.29002.20250701", "Đảng ủy phường Đất"),
        ("UB.xa.29002.20250701", "Ủy ban nhân dân phường Đất"),
        ("CA.xa.29002.20250701", "Công an phường Đất"),
        ("DQ.xa.29002.20250701", "Ban Chỉ huy Quân sự phường Đất"),
        ("MT.xa.29002.20250701", "Ủy ban MTTQ Việt Nam phường Đất"),
        ("AN.to.29002.20250701", "Tổ bảo vệ an ninh, trật tự phường Đất"),
    ]


def test_the_province_has_its_units_with_region_and_station():
    found = plan()
    assert [u.key for u in found.units if u.area == PROVINCE] == [f"{sign}.86.20250701" for sign in (
        "CU.tinh", "UB.tinh", "QS.tinh", "CA.tinh", "BP.tinh", "PC.phong", "MT.tinh", "LD.tinh",
    )]  # fmt: skip
    assert unit(found, "QS.ptkv.86.P1.20250701").covers == (SONG, DAT)
    assert (unit(found, "BP.don.29107.20250701").name, unit(found, "BP.don.29107.20250701").area) == ("Đồn Biên phòng Cửa Đại", SONG)
    assert [u.name for u in found.units if u.area == NATION] == [
        "Bộ Công an", "Bộ Quốc phòng", "Bộ Tư lệnh Bộ đội Biên phòng", "Ủy ban Trung ương MTTQ Việt Nam", "Tổng Liên đoàn Lao động Việt Nam",
        "Bộ Tư lệnh Quân khu 9",
    ]  # fmt: skip


def test_a_province_inland_has_no_border_guard():
    inland = [g if g.id != SONG else Ground(SONG, "29001", "commune", "xa", "Sông", NEW, g.above) for g in now()]
    assert [u.key for u in plan_units(inland, {}, []).units if u.force == "BP"] == ["BP.bo.VN.20040101"]


def test_who_directs_and_who_guides_follows_the_table():
    found = plan()
    assert related(found, "DQ.xa.29002.20250701") == {
        ("QS.tinh.86.20250701", "directs", REFORM), ("QS.ptkv.86.P1.20250701", "guides", REFORM),
        ("CU.xa.29002.20250701", "directs", REFORM), ("UB.xa.29002.20250701", "directs", REFORM),
    }  # fmt: skip
    assert related(found, "CA.xa.29107.20250701") == {
        ("CA.tinh.86.20250701", "directs", REFORM), ("CU.xa.29107.20250701", "directs", REFORM), ("UB.xa.29107.20250701", "guides", REFORM),
        ("DQ.xa.29107.20250701", "joint", REFORM), ("BP.don.29107.20250701", "coordinates", REFORM),
    }  # fmt: skip
    assert related(found, "BP.tinh.86.20250701") == {("QS.tinh.86.20250701", "directs", REFORM), ("BP.bo.VN.20040101", "guides", REFORM)}
    assert related(found, "QS.tinh.86.20250701") == {
        ("QS.qk.QK9.20040101", "directs", REFORM), ("CU.tinh.86.20250701", "directs", REFORM), ("UB.tinh.86.20250701", "directs", REFORM),
    }  # fmt: skip


def test_heads_of_documents_are_those_of_each_force():
    heads = {head.unit: head.fields for head in plan().heads}
    assert [heads["CA.tinh.86.20250701"][name] for name in ("superior", "issuer", "symbol", "place", "reports_to")] == [
        "Bộ Công an", "Công an tỉnh Vĩnh Long", "CAT", "Vĩnh Long", "Bộ Công an",
    ]  # fmt: skip
    assert [heads["QS.tinh.86.20250701"][name] for name in ("superior", "issuer", "reports_to")] == [
        "Quân khu 9",
        "Bộ Chỉ huy Quân sự tỉnh Vĩnh Long",
        "Bộ Tư lệnh Quân khu 9",
    ]
    assert (heads["CA.xa.29002.20250701"]["symbol"], heads["CA.xa.29002.20250701"]["signer"]) == ("CAP", "Trưởng Công an phường")
    assert heads["BP.don.29107.20250701"]["issuer"] == "Đồn Biên phòng Cửa Đại"
    assert "AN.to.29002.20250701" not in heads


@pytest.mark.parametrize(("code", "kind", "name", "issuer", "superior"), [
    ("01", "thanh-pho", "Hà Nội", "Bộ Tư lệnh Thủ đô Hà Nội", "Bộ Quốc phòng"),
    ("92", "thanh-pho", "Cần Thơ", "Bộ Chỉ huy Quân sự thành phố Cần Thơ", "Quân khu 9"),
])  # fmt: skip
def test_cities_are_called_as_they_are(code, kind, name, issuer, superior):
    grounds = [
        Ground(NATION, "VN", "nation", "nuoc", "Việt Nam", Period(START, FOREVER)),
        Ground(PROVINCE, code, "province", kind, name, NEW, ((NATION, NEW),)),
    ]
    found = plan_units(grounds, {}, [])
    heads = {head.unit: head.fields for head in found.heads}
    assert (heads[f"QS.tinh.{code}.20250701"]["issuer"], heads[f"QS.tinh.{code}.20250701"]["superior"]) == (
        issuer if code != "01" else "Bộ Tư lệnh Thủ đô Hà Nội", superior,
    )  # fmt: skip
    assert unit(found, f"CU.tinh.{code}.20250701").name == f"Thành ủy {name}"


def test_former_units_have_their_own_times():
    found = plan(former=True)
    assert unit(found, "CA.huyen.835.20040101").life == Period(START, date(2025, 3, 1))
    assert unit(found, "QS.huyen.835.20040101").life == OLD
    assert unit(found, "AN.to.29104.20240701").life == Period(date(2024, 7, 1), REFORM)
    assert unit(found, "BP.tinh.83.20040101").name == "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Bến Tre"
    assert unit(found, "DQ.xa.29002.20040101").name == "Ban Chỉ huy Quân sự thị trấn Đất"


def test_the_commune_police_changed_commanders_when_the_district_police_ended():
    found = [(r.upper, r.period.first, r.period.until) for r in plan(former=True).relations if r.lower == "CA.xa.29104.20040101" and r.upper.startswith("CA.")]
    assert sorted(found) == [("CA.huyen.835.20040101", START, date(2025, 3, 1)), ("CA.tinh.83.20040101", date(2025, 3, 1), REFORM)]


def test_former_units_have_the_heirs_that_the_reform_gave_them():
    heirs = {(h.old, h.new, h.day) for h in plan(former=True).heirs}
    assert {(old, new) for old, new, day in heirs if day == date(2025, 3, 1)} == {("CA.huyen.835.20040101", "CA.tinh.83.20040101")}
    assert {(old, new) for old, new, day in heirs if old.startswith(("QS", "BP", "DQ")) and day == REFORM} == {
        ("QS.tinh.83.20040101", "QS.tinh.86.20250701"), ("BP.tinh.83.20040101", "BP.tinh.86.20250701"),
        ("QS.huyen.835.20040101", "QS.ptkv.86.P1.20250701"),
        ("DQ.xa.29107.20040101", "DQ.xa.29107.20250701"), ("DQ.xa.29104.20040101", "DQ.xa.29107.20250701"), ("DQ.xa.29002.20040101", "DQ.xa.29002.20250701"),
    }  # fmt: skip
    assert not [h for h in heirs if h[0].startswith(("UB.huyen", "CU.huyen", "MT.huyen"))]


def test_stations_that_are_known_keep_their_names_and_others_are_proposed_along_the_border():
    communes = now()[2:4]
    assert stations_of("86", communes, {}) == [Station("Cửa Đại", SONG, (SONG,))]
    coast = [Ground(n, code, "commune", "xa", f"Biển {n}", NEW) for n, code in enumerate(("19021", "19033", "19057", "19066", "19111"))]
    proposed = stations_of("44", coast, {g.id: (17.0 - g.id / 10, 106.5) for g in coast})
    assert [(s.name, s.seat, s.covers) for s in proposed] == [("Biển 0", 0, (0, 1, 2, 3, 4))]


def test_the_same_grounds_make_the_same_units_on_every_node():
    assert [u.key for u in plan(former=True).units] == [u.key for u in plan(former=True).units]
    assert len({u.key for u in plan(former=True).units}) == len(plan(former=True).units)
