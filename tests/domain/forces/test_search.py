import pytest

from phoihop.domain.forces.queries import find_units, resolve_unit
from tests.domain.forces.test_making import world
from tests.world import NOON, songdat, unit

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.mark.parametrize(
    ("text", "key", "reasons"),
    [
        ("Công an xã Sông", "CA.xa.29001.20250701", ("same",)),
        ("CA xã Sông", "CA.xa.29001.20250701", ("same",)),
        ("ca xa song", "CA.xa.29001.20250701", ("plain",)),
        ("Công an xã Song", "CA.xa.29001.20250701", ("plain",)),
        ("Công an phường Đất", "CA.xa.29002.20250701", ("same",)),
        ("BCHQS phường Đất", "DQ.xa.29002.20250701", ("same",)),
        ("dân quân phường Đất", "DQ.xa.29002.20250701", ("same",)),
        ("UBND xã Sông", "UB.xa.29001.20250701", ("same",)),
        ("MTTQ phường Đất", "MT.xa.29002.20250701", ("same",)),
        ("Đồn BP Cửa Sông", "BP.don.29001.20250701", ("same",)),
        ("don bien phong cua song", "BP.don.29001.20250701", ("plain",)),
        ("PTKV 1", "QS.ptkv.86.P1.20250701", ("same",)),
        ("Công an tỉnh", "CA.tinh.86.20250701", ("same",)),
        ("PC07", "PC.phong.86.20250701", ("same",)),
        ("Tỉnh ủy", "CU.tinh.86.20250701", ("same",)),
        ("Công an xã Suối", "CA.xa.29001.20250701", ("same", "heir")),
        ("CA huyện Suối", "CA.tinh.86.20250701", ("same", "heir")),
        ("Ban CHQS huyện Suối", "QS.ptkv.86.P1.20250701", ("same", "heir")),
    ],
)
def test_a_written_name_stands_for_a_unit_of_that_day(text, key, reasons):
    w = world()
    best = resolve_unit(text, TODAY, w.province)[0]
    assert (best.unit.key, best.reasons) == (key, reasons)
    assert best.why != ""


def test_before_units_of_the_past_were_made_the_place_still_leads_to_its_unit():
    w = world(former=False)
    best = resolve_unit("CA xã Suối", TODAY, w.province)[0]
    assert (best.unit.key, best.reasons) == ("CA.xa.29001.20250701", ("same", "became"))


def test_a_place_alone_offers_all_its_units_with_less_certainty():
    w = world()
    found = resolve_unit("phường Đất", TODAY, w.province, limit=10)
    assert {c.unit.force.code for c in found if c.reasons == ("same", "no-head")} == {"CA", "DQ", "UB", "MT", "CU", "AN"}
    assert [(c.unit.key, c.reasons) for c in found[6:]] == [("QS.ptkv.86.P1.20250701", ("same", "other-kind", "no-head"))]


def test_a_unit_that_covers_a_place_is_offered_after_its_own():
    w = songdat()
    from phoihop.domain.forces.actions.relating import cover

    cover(by=w.quan, unit=w.station, areas=[w.dat], day=TODAY, at=NOON)
    assert [(c.unit, c.reasons) for c in resolve_unit("Biên phòng phường Đất", TODAY, w.province)] == [(w.station, ("same", "covers"))]


def test_units_elsewhere_are_not_offered():
    w = songdat()
    assert [c.unit for c in resolve_unit("Công an tỉnh Nơi Khác", TODAY, w.province)] == []
    assert [c.unit for c in resolve_unit("Công an tỉnh Nơi Khác", TODAY)] == [w.strangers]
    assert resolve_unit("", TODAY) == []


def test_search_goes_on_as_one_types():
    w = songdat()
    assert [[u.short for u in find_units(text, TODAY, w.province)] for text in ("công an", "cong an xa", "ca s", "don", "khong co")] == [
        ["Công an phường Đất", "Công an tỉnh Sông Đất", "Công an xã Sông"],
        ["Công an xã Sông"],
        ["Công an tỉnh Sông Đất", "Công an xã Sông"],
        ["Đồn Biên phòng Cửa Sông"],
        [],
    ]


def test_search_finds_new_units_at_once():
    w = songdat()
    made = unit(w.forces["CA"], "to", w.dat, "Tổ công tác Cầu Đất")
    assert find_units("cau dat", TODAY) == [made]
