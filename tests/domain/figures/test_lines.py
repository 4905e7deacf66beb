"""An occasion counts once in a line, however many of its forces took part; person-shifts add up."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.figures.actions.projection import check, roll
from phoihop.domain.figures.queries import by_line, cell, compare, of_unit
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.period import Period
from tests.domain.figures.posting import JUNE, YEAR, event, patrol, post, take_back
from tests.world import NOON, a_draft, a_result, a_word, at, songdat

pytestmark = pytest.mark.django_db


def told(w, found) -> dict[str, int]:
    return {line.code: int(figure.value) for line, figure in found.lines if figure.value}


@pytest.mark.parametrize("rolled", [False, True])
def test_lines_count_an_occasion_once_and_the_double_count_is_said(rolled):
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ", "BP")
    patrol(w, w.dat, date(2026, 6, 3), "BP", "DQ")
    if rolled:
        roll()
    forces, ministries = (by_line("TR.01", w.province, JUNE, kind=kind) for kind in ("force", "ministry"))
    assert (told(w, forces), forces.joint.value, forces.counted_twice) == ({"CA": 2, "DQ": 3, "BP": 2}, 3, 4)
    assert (told(w, ministries), ministries.counted_twice) == ({"BQP": 3, "BCA": 2}, 2)


def test_person_shifts_add_up_over_the_forces():
    w = songdat()
    bit = {code: 1 << line.pk for code, line in w.lines.items()}
    post(w, "TR.03", w.song, date(2026, 6, 1), 3, unit=w.police_song, lines=bit["CA"] | bit["BCA"])
    post(w, "TR.03", w.song, date(2026, 6, 1), 4, unit=w.militia_song, lines=bit["DQ"] | bit["BQP"])
    found = by_line("TR.03", w.province, JUNE)
    assert (told(w, found), found.joint.value, found.counted_twice) == ({"CA": 3, "DQ": 4}, 7, 0)


def test_where_nothing_was_recorded_nothing_was_counted_twice():
    w = songdat()
    assert by_line("TR.01", w.province, JUNE).counted_twice is None


def test_a_unit_counts_what_it_and_those_below_it_took_part_in_once():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "DQ", "BP")  # both under the provincial military command
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ")
    patrol(w, w.song, date(2026, 6, 2), "CA")
    units = {u.short: of_unit("TR.01", u, JUNE).value for u in (w.army, w.border, w.militia_song, w.police, w.police_dat)}
    assert units == {w.army.short: 2, w.border.short: 1, w.militia_song.short: 2, w.police.short: 2, w.police_dat.short: None}
    assert of_unit("TR.01", w.army, JUNE, area=w.dat).value == 0


def test_a_unit_below_counts_only_on_the_days_on_which_it_was_below():
    w = songdat()
    m.UnitClosure.objects.filter(unit=w.militia_song, ancestor=w.army).update(valid_until=date(2026, 6, 2))
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ")
    assert [of_unit("TR.01", u, JUNE).value for u in (w.army, w.militia_song)] == [1, 2]


def test_own_numbers_of_a_unit_are_its_own_and_what_is_taken_back_is_gone():
    w = songdat()
    post(w, "TR.03", w.song, date(2026, 6, 1), 3, unit=w.police_song)
    wrong = post(w, "TR.03", w.song, date(2026, 6, 1), 30, unit=w.militia_song)
    seq = event(w).seq
    take_back(w, wrong)
    assert [of_unit("TR.03", u, JUNE, as_of=as_of).value for u, as_of in ((w.police, None), (w.army, None), (w.army, seq))] == [3, None, 30]


def test_a_year_is_compared_with_the_same_period_before():
    w = songdat()
    for day in (date(2025, 7, 10), date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)):
        patrol(w, w.song, day, "CA", "DQ")
    found = compare(["TR.01", "TR.01.VT"], w.province, "THONGKE", "2026-Q3")
    assert (found["TR.01"].now.value, found["TR.01"].then.value, found["TR.01"].change, found["TR.01"].percent) == (3, 1, 2, 200)
    assert (found["TR.01.VT"].change, found["TR.01.VT"].percent) == (0, None)
    assert compare(["TR.01"], w.province, "THONGKE", "2026-Q2")["TR.01"].change is None


def test_a_patrol_from_plan_to_figure_counts_once_in_every_line():
    w = songdat()
    a = plan(by=w.lan, draft=a_draft(w), at=NOON)
    assert [cell(c, w.province, JUNE).value for c in ("TR.09.KH", "TR.01", "TR.09")] == [1, 0, 0]
    answer(by=w.binh, part=a.matter.parts.get(unit=w.militia_song), state="accepted", at=NOON)
    a = report(by=w.lan, result=a_result(w, a), at=at(1, 23))
    a = confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    codes = ("TR.01", "TR.01.VT", "TR.02", "TR.03", "TR.04", "TR.09", "TR.08")
    for rolling in (False, True):
        if rolling:
            roll()
        assert [cell(c, w.province, JUNE).value for c in codes[:4]] == [1, 0, 2, 7]
        assert [cell(c, w.province, JUNE).value for c in codes[5:]] == [100, 100]
        lines = {line.code: figure.value for kind in ("force", "ministry", "decree") for line, figure in by_line("TR.01", w.province, JUNE, kind=kind).lines}
        assert {code for code, value in lines.items() if value} == {"CA", "DQ", "BCA", "BQP", "ND03", "ND02"}
    cancel(by=w.lan, activity=a, why="Nhập nhầm cuộc", at=at(3, 8))
    assert [cell(c, w.province, JUNE).value for c in ("TR.01", "TR.03", "TR.09.KH", "TR.09")] == [0, 0, 1, 0]
    roll()
    assert (check(), cell("TR.01", w.province, JUNE).value) == ([], 0)


def test_two_areas_of_one_line_and_year_are_told_apart():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    other = Period(YEAR.until, date(2028, 1, 1))
    assert [cell("TR.01", a, p, line=w.lines["CA"].pk).value for a, p in ((w.song, YEAR), (w.dat, YEAR), (w.song, other))] == [1, None, None]
