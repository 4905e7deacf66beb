"""Totals from documents: in their place, with their source, never added to facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.queries import cell, table
from phoihop.domain.figures.rules import Total
from phoihop.domain.figures.rules.calendars import period
from phoihop.kernel.verdict import Refused
from tests.domain.figures.maps import mekong
from tests.domain.figures.posting import patrol, post
from tests.world import NOON, person, songdat, unit

pytestmark = pytest.mark.django_db
Y2023 = period("THONGKE", "2023")
TODAY = date(2026, 1, 1)
SOURCE = "TTXVN, hội nghị giao ban 20/3/2024"


def hau_giang(land) -> Total:
    return Total("TR.01.VT", land.old["93"], date(2023, 1, 1), date(2024, 1, 1), 20_629, "=", SOURCE)


def test_hau_giang_2023_is_found_under_hau_giang_and_under_can_tho_today():
    w = songdat()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    for area, on in ((land.old["93"], None), (land.new, TODAY)):
        figure = cell("TR.01.VT", area, Y2023, on=on)
        assert (figure.value, figure.told.value, figure.qualifier) == (None, 20_629, "=")
        assert [(s.source, s.area, s.value) for s in figure.stated] == [(SOURCE, land.old["93"].pk, 20_629)]
    assert [cell("TR.01.VT", a, Y2023, on=on).stated for a, on in ((land.old["94"], None), (land.new, None))] == [(), ()]
    assert cell("TR.01", land.old["93"], Y2023).stated == ()


def test_it_is_never_added_to_facts_of_the_same_area_and_period():
    w = songdat()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    patrol(w, land.before["Một"], date(2023, 5, 5), "CA", "DQ", item="road.armed")
    figure = cell("TR.01.VT", land.old["93"], Y2023)
    assert (figure.value, figure.told.value, [s.value for s in figure.stated]) == (1, 1, [20_629])


def test_in_a_year_of_other_days_it_stands_beside():
    w = songdat()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    figure = cell("TR.01.VT", land.old["93"], period("ND09", "2023"))
    assert (figure.told.value, figure.stated, [s.value for s in figure.beside]) == (None, (), [20_629])
    assert cell("TR.01.VT", land.old["93"], period("THONGKE", "2022")).beside == ()


def test_a_total_within_another_is_not_told_twice():
    w = songdat()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    sourced(by=w.node, total=replace(hau_giang(land), area=land.before["Một"], value=500, qualifier="~"), at=NOON)
    sourced(by=w.node, total=replace(hau_giang(land), until=date(2023, 7, 1), value=10_000), at=NOON)
    sourced(by=w.node, total=replace(hau_giang(land), area=land.old["94"], value=9_000, qualifier=">"), at=NOON)
    assert cell("TR.01.VT", land.old["93"], Y2023).told.value == 20_629
    nation = cell("TR.01.VT", w.nation, Y2023)
    assert (nation.told.value, nation.qualifier) == (29_629, ">")
    assert cell("TR.01.VT", land.before["Một"], Y2023).told.value == 500


def test_a_mended_total_replaces_the_first_and_the_first_is_seen_as_of_its_time():
    w = songdat()
    land = mekong(w)
    first = sourced(by=w.node, total=hau_giang(land), at=NOON)
    seq = m.Event.objects.latest("seq").seq
    sourced(by=w.node, total=replace(hau_giang(land), value=20_630, source="Báo cáo số 1/BC"), replaces=first, at=NOON)
    assert [cell("TR.01.VT", land.old["93"], Y2023, as_of=as_of).told.value for as_of in (None, seq)] == [20_630, 20_629]


def test_a_table_shows_it_in_its_row():
    w = songdat()
    land = mekong(w)
    post(w, "TR.09.KH", land.before["Một"], date(2023, 5, 5), item="road")
    sourced(by=w.node, total=replace(hau_giang(land), area=land.before["Hai"], value=40), at=NOON)
    found = table(["TR.01.VT"], land.old["93"], Y2023)
    told = {row.areas[0].name: row.figures["TR.01.VT"].told.value for row in found.rows}
    assert told == {"Một": 0, "Hai": 40, "Ba": None, "Bốn": None}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": date(2023, 1, 1)}, "time-order"),
        ({"first": date(2027, 1, 1), "until": date(2028, 1, 1)}, "period-ahead"),
        ({"value": -1}, "amount"),
        ({"qualifier": "<"}, "no-such-qualifier"),
        ({"source": " "}, "source-missing"),
        ({"measure": "TR.09"}, "not-a-sum"),
        ({"first": date(1999, 1, 1), "until": date(2000, 1, 1)}, "area-not-then"),
    ],
)
def test_what_no_document_can_state(change, code):
    w = songdat()
    with pytest.raises(Refused) as refusal:
        sourced(by=w.node, total=replace(hau_giang(mekong(w)), **change), at=NOON)
    assert refusal.value.verdict.code == code
    assert m.SourcedTotal.objects.count() == 0


def test_the_same_days_are_stated_once_and_only_the_latest_is_replaced():
    w = songdat()
    total = hau_giang(mekong(w))
    first = sourced(by=w.node, total=total, at=NOON)
    for refused, code in (({}, "stated-already"), ({"replaces": first}, "")):
        if code:
            with pytest.raises(Refused) as refusal:
                sourced(by=w.node, total=total, at=NOON, **refused)
            assert refusal.value.verdict.code == code
        else:
            sourced(by=w.node, total=total, at=NOON, **refused)
    with pytest.raises(Refused) as refusal:
        sourced(by=w.node, total=total, replaces=first, at=NOON)
    assert refusal.value.verdict.code == "already-replaced"


def test_a_unit_speaks_for_its_own_area_and_for_what_became_part_of_it():
    w = songdat()
    land = mekong(w)
    heir = person("can tho", unit(w.forces["CA"], "tinh", land.new, "Công an Cần Thơ"), "staff")
    with pytest.raises(Refused) as refusal:
        sourced(by=w.mai, total=hau_giang(land), at=NOON)
    assert refusal.value.verdict.code == "not-your-area"
    assert sourced(by=heir, total=hau_giang(land), at=NOON).value == 20_629


def test_the_journal_keeps_codes_and_numbers_of_it():
    w = songdat()
    sourced(by=w.node, total=hau_giang(mekong(w)), at=NOON)
    event = m.Event.objects.latest("seq")
    assert event.what == "figure.sourced"
    assert event.body == '{"area":"93","first":"2023-01-01","measure":"TR.01.VT","qualifier":"exact","until":"2024-01-01","value":20629}'
