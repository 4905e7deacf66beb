"""A report adds up, says what is missing, opens under moved maps, and never mixes what documents state with what was counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.rules import Total
from phoihop.kernel import memo
from phoihop.kernel.verdict import Refused
from phoihop.reports.asking import BY_COMMUNE, Question, by_commune
from phoihop.reports.columns import definitions
from phoihop.reports.lines import GROUP, REST, ROW, TOTAL
from phoihop.reports.report import report
from tests.domain.figures.maps import mekong
from tests.domain.figures.posting import patrol, take_back
from tests.reports.province import CLOCK, TODAY, august, on_paper, province, shown, told
from tests.world import NOON, area

pytestmark = pytest.mark.django_db
SOURCE = "TTXVN, hội nghị giao ban 20/3/2024"


def test_the_lines_add_up_and_a_silent_commune_is_a_dash():
    found = told(province())
    assert [(line.kind, line.name, line.cells[0].shown.text()) for line in found.lines] == [
        (ROW, "Xã Sông", "4"), (ROW, "Phường Đất", "2"), (ROW, "Đặc khu Lặng", "–"), (REST, "Cấp tỉnh, ngoài xã", "1"), (TOTAL, "Tỉnh Sông Đất", "7"),
    ]  # fmt: skip
    assert shown(found.lines[0]) == {
        "TR.01": "4", "TR.01.VT": "1", "TR.05": "2", "TR.02": "0", "TR.03": "1.234", "TR.06": "0", "TR.04": "4,25", "TR.07": "0", "TR.09": "80,0%",
    }  # fmt: skip
    assert [line.name for line in found.lines if line.is_missing] == ["Đặc khu Lặng"]


def test_the_same_period_of_the_year_before_stands_beside():
    found = told(province())
    song, total = found.lines[0].cells[0], found.total.cells[0]
    assert (song.shown_then.text(), song.change, song.change_percent.text()) == ("2", 2, "+100,0%")
    assert (total.shown_then.text(), total.change, found.lines[1].cells[0].change_percent) == ("2", 5, None)


def test_what_is_said_of_the_whole_only():
    found = told(province())
    assert {c.column.code: c.shown.text() for c in found.whole} == {"TR.08.DD": "2", "TR.08": "100,0%", "TR.10": "0"}
    assert [c.column.code for c in found.cells] == [*BY_COMMUNE, "TR.08.DD", "TR.08", "TR.10"]


def test_communes_stand_under_their_group_whose_figures_are_their_sum():
    w = province()
    for n, members in enumerate(((w.song, w.lang), (w.dat,))):
        group = m.Area.objects.create(code=f"C{n}", name=f"{n + 1}", folded=str(n), tree="cluster", level="group", kind="cum", valid_from=date(2025, 7, 1))
        for member in members:
            m.AreaParent.objects.create(area=member, parent=group, valid_from=date(2025, 7, 1))
    found = told(w)
    assert [(line.kind, line.name, line.members) for line in found.lines[:5]] == [
        (GROUP, "Cụm 1", 2), (ROW, "Xã Sông", 0), (ROW, "Đặc khu Lặng", 0), (GROUP, "Cụm 2", 1), (ROW, "Phường Đất", 0),
    ]  # fmt: skip
    assert shown(found.lines[0]) | {"TR.01": "4", "TR.09": "80,0%"} == shown(found.lines[0])
    assert shown(found.lines[3])["TR.09"] == "–"


def hau_giang(land) -> Total:
    return Total("TR.01.VT", land.old["93"], date(2023, 1, 1), date(2024, 1, 1), 20_629, "=", SOURCE)


def test_hau_giang_2023_is_askable_under_hau_giang_then_and_under_can_tho_today():
    w = province()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    for of, on in ((land.old["93"], None), (land.old["93"], date(2023, 12, 31)), (land.new, TODAY)):
        found = told(w, area=of, code="2023", on=on)
        cell = found.of("TR.01.VT")
        assert (cell.shown.text(), cell.figure.value) == ("†20.629", None)
        assert [(s.shown.text(), s.area.name, s.first, s.last, s.source, s.within) for s in found.sources] == [
            ("20.629", "Hậu Giang", date(2023, 1, 1), date(2023, 12, 31), SOURCE, True)
        ]
        assert found.of("TR.01").shown.text() == "–"
    assert told(w, area=land.new, code="2023", on=None).sources == ()


def test_it_is_never_mixed_with_facts_of_the_same_area_and_period():
    w = province()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    patrol(w, land.before["Một"], date(2023, 5, 5), "CA", "DQ", item="road.armed")
    found = told(w, area=land.old["93"], code="2023", on=None)
    assert (found.of("TR.01.VT").shown.text(), [s.shown.text() for s in found.sources]) == ("1", ["20.629"])
    assert not found.has_stated


def test_of_another_calendars_year_it_is_told_as_reaching_beyond():
    w = province()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    found = told(w, area=land.old["93"], calendar="ND09", code="2023", on=None)
    assert (found.of("TR.01.VT").shown.text(), [s.within for s in found.sources]) == ("–", [False])


def test_a_merge_is_exact_and_a_split_is_by_its_declared_share_and_marked():
    w = province()
    land = mekong(w)
    for name, count in (("Một", 2), ("Hai", 3), ("Ba", 5), ("Bốn", 4)):
        for day in range(count):
            patrol(w, land.before[name], date(2024, 5, 1 + day), "CA", "DQ")
    found = told(w, area=land.new, code="2024", on=TODAY)
    assert {line.name: line.cells[0].shown.text() for line in found.lines} == {
        "Xã Mai": "5", "Xã Lan": "≈4", "Xã Cúc": "≈1", "Xã Trúc + Xã Đào": "4", "Thành phố Cần Thơ": "14",
    }  # fmt: skip
    before = told(w, area=land.old["93"], code="2024", on=None)
    assert {line.name: line.cells[0].shown.text() for line in before.lines} == {
        "Xã Một": "2", "Xã Hai": "3", "Xã Ba": "5", "Xã Bốn": "4", "Tỉnh Hậu Giang": "14",
    }  # fmt: skip


def test_asked_again_as_of_an_event_it_says_the_same_after_a_correction():
    w = province()
    first = on_paper(w)
    take_back(w, m.Fact.objects.filter(measure__code="TR.01", area=w.song, day__year=2026).earliest("day"))
    assert (first.of("TR.01").shown.text(), on_paper(w).of("TR.01").shown.text()) == ("7", "6")
    again = on_paper(w, as_of=first.head[0])
    assert [shown(line) for line in again.lines] == [shown(line) for line in first.lines]
    assert "TR.10" not in {c.column.code for c in again.whole}


def test_the_paper_has_the_figures_of_the_page():
    w = province()
    assert [shown(line) for line in on_paper(w).lines] == [shown(line) for line in told(w).lines]
    assert [c.shown for c in on_paper(w).whole] == [c.shown for c in told(w).whole]


@pytest.mark.parametrize(("who", "asks"), [("quan", "view"), ("van", "view"), ("binh", "print")])
def test_who_may_not_see_or_print_gets_no_report(who, asks):
    w = province()
    viewer = getattr(w, who)
    with pytest.raises(Refused) as refusal:
        report(viewer, august(w), **CLOCK) if asks == "view" else on_paper(replace_viewer(w, viewer))
    assert refusal.value.verdict.code == "not-your-role"


def replace_viewer(w, viewer):
    w.mai = viewer
    return w


def test_measures_that_do_not_add_up_over_communes_are_said_of_the_whole():
    province()
    assert by_commune(["TR.01", "TR.08", "TR.09", "TR.10", "VB.11"]) == (("TR.01", "TR.09"), ("TR.08", "TR.10", "VB.11"))


def test_the_lines_cost_the_same_few_questions_at_three_communes_and_at_forty(monkeypatch):
    monkeypatch.setattr(memo, "FRESH_FOR", 3600)
    w = province()
    told(w)  # what a process knows by heart
    asked = []
    for more in (0, 37):
        for n in range(more):
            patrol(w, area(f"4{n:04}", f"Xã {n}", "commune", "xa", w.province), date(2026, 8, 9), "CA", "DQ")
        memo.forget_all()  # the communes above were made without an event
        told(w)
        with CaptureQueriesContext(connection) as queries:
            report(w.mai, august(w), **CLOCK, whole=False)
        asked.append(len(queries))
    assert asked == [4, 4]


def test_a_question_knows_its_days_and_those_of_the_year_before():
    w = province()
    asked = replace(august(w), calendar="ND09", code="2026-T10")
    assert (asked.days.first, asked.days.last) == (date(2026, 9, 15), date(2026, 10, 14))
    assert (asked.code_before, asked.days_before.first) == ("2025-T10", date(2025, 9, 15))
    assert Question(w.province, "ND09", "2026-T10").label() == "Tháng 10 năm 2026"


def test_every_indicator_is_defined_with_its_measures():
    province()
    joint = definitions()[0]
    assert (joint.code, [c.code for c in joint.measures], joint.measures[0].items[0]) == ("TR.01", ["TR.01", "TR.01.VT"], "Tuyến biển")
    assert joint.basis == "NĐ 03/2019/NĐ-CP; NĐ 02/2020/NĐ-CP"
