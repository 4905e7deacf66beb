import json
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.forces.actions.making import found_unit, make_units
from phoihop.domain.forces.actions.relating import cover, end_relation, relate
from phoihop.domain.forces.queries import chain_above, heirs_of, letterhead_of, may_assign, relation_between, unit_tree, units_below, units_of
from phoihop.domain.forces.rules.judging import UnitDraft
from phoihop.domain.territory.actions.grouping import draw_groups
from phoihop.domain.territory.rules.judging import GroupDraft
from phoihop.kernel.period import FOREVER
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import world_before
from tests.world import NOON, START, songdat

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def world(*, former=True):
    """The province of the tests with its past, a defence region, all ten forces, and every unit made."""
    w = world_before()
    for n, code in enumerate(("AN", "LD", "CU")):
        m.Force.objects.create(code=code, order=20 + n)
    draw_groups(by=w.quan, province=w.province, tree="defence", groups=[GroupDraft("86.P1", "1 – Đất", [w.song, w.dat])], day=START, at=NOON)
    w.made = make_units(by=w.node, province=w.province, day=TODAY, home="PH86", at=NOON, former=former)
    return w


def get(key):
    return m.Unit.objects.get(key=key)


def test_units_are_made_with_relations_closure_coverage_and_heads():
    w = world(former=False)
    militia = get("DQ.xa.29002.20250701")
    assert (militia.name, militia.home, militia.area, militia.folded) == ("Ban Chỉ huy Quân sự phường Đất", "PH86", w.dat, "ban chi huy quan su phuong dat")
    assert set(militia.commanded_by.values_list("ancestor__key", "depth")) == {
        ("DQ.xa.29002.20250701", 0),
        ("CU.xa.29002.20250701", 1), ("UB.xa.29002.20250701", 1), ("QS.tinh.86.20250701", 1),
        ("CU.tinh.86.20250701", 2), ("UB.tinh.86.20250701", 2), ("QS.qk.QK9.20040101", 2), ("QS.bo.VN.20040101", 3),
    }  # fmt: skip
    assert list(get("QS.ptkv.86.P1.20250701").covers.order_by("area__code").values_list("area__code", flat=True)) == ["29001", "29002"]
    assert letterhead_of(militia, TODAY).issuer == "Ban Chỉ huy Quân sự phường Đất"
    (event,) = m.Event.objects.filter(what="unit.made")
    assert json.loads(event.body)["units"] == w.made.units


def test_units_that_are_there_stay_and_making_again_adds_nothing():
    w = world()
    before = [model.objects.count() for model in (m.Unit, m.Relation, m.UnitClosure, m.UnitSuccession, m.Letterhead, m.UnitArea)]
    again = make_units(by=w.node, province=w.province, day=TODAY, home="PH86", at=NOON, former=True)
    assert (again.units, again.relations, again.heirs, again.heads) == (0, 0, 0, 0)
    assert [model.objects.count() for model in (m.Unit, m.Relation, m.UnitClosure, m.UnitSuccession, m.Letterhead, m.UnitArea)] == before
    assert get("CA.tinh.86.20250701") == w.police


def test_former_units_ended_and_their_heirs_are_found():
    world()
    district = get("CA.huyen.850.20040101")
    assert (district.valid_until, [u.key for u in heirs_of(district, TODAY)]) == (date(2025, 3, 1), ["CA.tinh.86.20250701"])
    assert [u.key for u in heirs_of(get("QS.huyen.850.20040101"), TODAY)] == ["QS.ptkv.86.P1.20250701"]
    assert [u.key for u in heirs_of(get("UB.xa.29003.20040101"), TODAY)] == ["UB.xa.29001.20250701"]
    assert sorted(u.key for u in heirs_of(get("UB.xa.29004.20040101"), TODAY)) == ["UB.xa.29001.20250701", "UB.xa.29002.20250701"]
    assert heirs_of(get("UB.huyen.850.20040101"), TODAY) == []
    assert heirs_of(get("UB.xa.29003.20040101"), date(2025, 6, 30)) == [get("UB.xa.29003.20040101")]


def test_the_chain_of_command_is_that_of_the_day():
    world()
    police = get("CA.xa.29003.20040101")
    assert [[u.key for u in chain_above(police, day) if u.force.code == "CA"] for day in (date(2025, 2, 28), date(2025, 3, 1))] == [
        ["CA.huyen.850.20040101", "CA.tinh.86.20040101", "CA.bo.VN.20040101"],
        ["CA.tinh.86.20040101", "CA.bo.VN.20040101"],
    ]


def test_units_of_an_area_are_its_own_and_those_that_cover_it():
    w = world()
    assert [u.key for u in units_of(w.dat, TODAY)] == [
        "QS.ptkv.86.P1.20250701", "CA.xa.29002.20250701", "DQ.xa.29002.20250701", "MT.xa.29002.20250701", "UB.xa.29002.20250701",
        "AN.to.29002.20250701", "CU.xa.29002.20250701",
    ]  # fmt: skip
    assert units_of(w.province, TODAY, deep=True).count() > units_of(w.province, TODAY).count()
    assert units_of(w.old_29003, TODAY).count() == 0


def test_relations_decide_who_may_assign():
    w = world()
    pairs = [
        ("UB.xa.29001.20250701", "DQ.xa.29001.20250701", "directs", True),
        ("QS.bo.VN.20040101", "DQ.xa.29001.20250701", "directs", True),
        ("QS.ptkv.86.P1.20250701", "DQ.xa.29001.20250701", "guides", True),
        ("CA.xa.29001.20250701", "DQ.xa.29001.20250701", "joint", False),
        ("DQ.xa.29001.20250701", "CA.xa.29001.20250701", "joint", False),
        ("DQ.xa.29001.20250701", "UB.xa.29001.20250701", None, False),
        ("CA.xa.29001.20250701", "MT.xa.29001.20250701", None, False),
    ]
    assert [(relation_between(get(a), get(b), TODAY), may_assign(get(a), get(b), TODAY)) for a, b, _kind, _may in pairs] == [
        (k, may) for _a, _b, k, may in pairs
    ]
    assert may_assign(w.police, w.police, TODAY) is True
    assert relation_between(get("UB.xa.29001.20250701"), get("DQ.xa.29001.20250701"), date(2025, 6, 30)) is None


def test_the_tree_of_command_puts_a_unit_below_its_own_force():
    world()
    tree = unit_tree(get("QS.qk.QK9.20040101"), TODAY)
    assert [rank.unit.key for rank in tree.below] == ["QS.tinh.86.20250701"]
    assert "DQ.xa.29001.20250701" in [rank.unit.key for rank in tree.below[0].below]


def test_a_unit_is_founded_below_another_with_what_it_covers():
    w = songdat()
    draft = UnitDraft("BP", "don", w.dat, "Đồn Biên phòng Cửa Đất", "Đồn BP Cửa Đất", under=w.border, covers=[w.song])
    made = found_unit(by=w.quan, draft=draft, day=TODAY, home="PH86", at=NOON)
    assert (made.key, list(units_below(w.border, TODAY))) == ("BP.don.29002.20260601", [w.border, w.station, made])
    assert [c.valid_until for c in made.commanded_by.all()] == [FOREVER] * 3
    assert made in units_of(w.song, TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"force": "XX"}, "no-such-force"),
        ({"kind": "lang"}, "no-such-kind"),
        ({"name": " "}, "name-missing"),
        ({"short": "x" * 61}, "short-too-long"),
        ({"area": "old"}, "area-not-then"),
        ({"under": "ended"}, "unit-not-then"),
    ],
)
def test_a_unit_that_does_not_hold_together_is_not_founded(change, code):
    w = world_before()
    ended = w.station
    m.Unit.objects.filter(pk=ended.pk).update(valid_until=date(2026, 1, 1))
    ended.refresh_from_db()
    given = {"force": "BP", "kind": "don", "area": w.dat, "name": "Đồn Biên phòng Cửa Đất"} | change
    given |= {"area": w.old_29003} if change.get("area") else {}
    given |= {"under": ended} if change.get("under") else {}
    with pytest.raises(Refused) as refused:
        found_unit(by=w.quan, draft=UnitDraft(**given), day=TODAY, home="PH86", at=NOON)
    assert refused.value.verdict.code == code


def test_a_second_unit_of_a_sort_in_one_area_needs_a_mark():
    w = songdat()
    draft = UnitDraft("BP", "don", w.dat, "Đồn Biên phòng Cửa Đất")
    found_unit(by=w.quan, draft=draft, day=TODAY, home="PH86", at=NOON)
    with pytest.raises(Refused) as refused:
        found_unit(by=w.quan, draft=draft, day=TODAY, home="PH86", at=NOON)
    assert refused.value.verdict.code == "unit-there"
    marked = UnitDraft("BP", "don", w.dat, "Đồn Biên phòng Bãi Đất", mark="29002B")
    assert found_unit(by=w.quan, draft=marked, day=TODAY, home="PH86", at=NOON).key == "BP.don.29002B.20260601"


def test_relations_are_laid_and_ended_with_days():
    w = songdat()
    laid = relate(by=w.quan, upper=w.police, lower=w.front_song, kind="guides", day=TODAY, at=NOON)
    assert relation_between(w.police, w.front_song, TODAY) == "guides"
    end_relation(by=w.quan, relation=laid, day=date(2026, 7, 1), at=NOON)
    assert [relation_between(w.police, w.front_song, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["guides", None]
    assert [e.what for e in m.Event.objects.order_by("seq")] == ["unit.related", "unit.relation_ended"]


def test_a_new_command_reaches_down_and_ends_with_the_relation():
    w = songdat()
    laid = relate(by=w.quan, upper=w.police, lower=w.army, kind="directs", day=TODAY, at=NOON)
    assert w.station in units_below(w.police, TODAY)
    end_relation(by=w.quan, relation=laid, day=date(2026, 7, 1), at=NOON)
    assert [w.station in units_below(w.police, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [True, False]


@pytest.mark.parametrize(
    ("upper", "lower", "kind", "by", "code"),
    [
        ("police", "army", "loves", "quan", "no-such-relation"),
        ("police", "police", "directs", "quan", "same-unit"),
        ("army", "border", "directs", "quan", "relation-there"),
        ("station", "army", "directs", "quan", "circle"),
        ("police", "army", "guides", "lan", "not-your-role"),
    ],
)
def test_relations_that_cannot_be_are_refused(upper, lower, kind, by, code):
    w = songdat()
    with pytest.raises(Refused) as refused:
        relate(by=getattr(w, by), upper=getattr(w, upper), lower=getattr(w, lower), kind=kind, day=TODAY, at=NOON)
    assert refused.value.verdict.code == code


def test_an_ended_relation_does_not_end_again():
    w = songdat()
    laid = relate(by=w.quan, upper=w.police, lower=w.front_song, kind="guides", day=TODAY, at=NOON)
    codes = []
    for day in (TODAY, date(2026, 7, 1), date(2026, 8, 1)):
        try:
            end_relation(by=w.quan, relation=laid, day=day, at=NOON)
            codes.append("")
        except Refused as refused:
            codes.append(refused.verdict.code)
    assert codes == ["before-start", "", "relation-ended"]


def test_a_unit_covers_exactly_what_was_said_last():
    w = songdat()
    cover(by=w.quan, unit=w.station, areas=[w.song, w.dat], day=TODAY, at=NOON)
    cover(by=w.quan, unit=w.station, areas=[w.dat], day=date(2026, 7, 1), at=NOON)
    assert list(w.station.covers.order_by("area__code").values_list("area__code", "valid_until")) == [("29001", date(2026, 7, 1)), ("29002", None)]
    cover(by=w.quan, unit=w.station, areas=[w.song], day=date(2026, 7, 1), at=NOON)
    assert w.station.covers.filter(valid_until=None).get().area == w.song


def test_only_a_province_of_that_day_gets_units_and_only_with_forces():
    w = songdat()
    refusals = []
    for area, day, by in ((w.song, TODAY, w.node), (w.province, date(2020, 1, 1), w.node), (w.province, TODAY, w.lan), (w.province, TODAY, w.node)):
        with pytest.raises(Refused) as refused:
            make_units(by=by, province=area, day=day, home="PH86", at=NOON)
        refusals.append(refused.value.verdict.code)
    assert refusals == ["not-a-province", "area-not-then", "not-your-role", "no-such-force"]
