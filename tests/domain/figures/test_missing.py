"""Missing is "–", never 0: who planned nothing and recorded nothing is not told to have held none."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain.figures.actions.definitions import lay
from phoihop.domain.figures.actions.projection import roll
from phoihop.domain.figures.queries import cell
from phoihop.domain.figures.rules.definitions import Definitions, IndicatorDefinition, MeasureDefinition
from phoihop.domain.figures.rules.figure import missing
from phoihop.kernel.period import Period
from tests.domain.figures.posting import JUNE, patrol, post, take_back
from tests.world import songdat

pytestmark = pytest.mark.django_db
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))


def told(area, code="TR.01", period=JUNE, **more):
    return cell(code, area, period, **more).value


def test_nothing_planned_and_nothing_held_is_missing():
    w = songdat()
    assert cell("TR.01", w.song, JUNE) == missing("TR.01")


def test_planned_and_not_held_is_zero_and_only_there():
    w = songdat()
    post(w, "TR.09.KH", w.song, date(2026, 6, 1), item="road")
    assert [told(a) for a in (w.song, w.dat, w.province, w.elsewhere)] == [0, None, 0, None]
    assert told(w.song, period=MAY) is None


def test_a_plan_that_was_dropped_leaves_it_missing_again():
    w = songdat()
    plan = post(w, "TR.09.KH", w.song, date(2026, 6, 1), item="road")
    roll()
    take_back(w, plan)
    assert [told(a) for a in (w.song, w.province)] == [None, None]
    roll()
    assert [told(a) for a in (w.song, w.province)] == [None, None]


def test_whoever_recorded_anything_of_the_family_has_zero_of_the_rest():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    assert [told(w.song, c) for c in ("TR.01", "TR.01.VT", "TR.05", "TR.06", "TR.KQ", "TR.10", "TR.08.KH")] == [1, 0, 0, 0, 0, 0, 0]
    assert told(w.song, items=["sea"]) == 0


def test_a_line_that_took_no_part_has_zero_where_others_did():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    assert [told(a, line=w.lines["BP"].pk) for a in (w.song, w.province, w.dat)] == [0, 0, None]


def test_a_fact_of_nothing_is_zero_not_missing():
    w = songdat()
    lay(
        Definitions(
            [],
            [IndicatorDefinition("XX.01", 1, date(2026, 1, 1), 90, "Số", "Number", "")],
            [MeasureDefinition("XX.01", 1, "XX.01", 1, "flow", "Số", "Number", "cuộc", "times")],
        )
    )
    post(w, "XX.01", w.song, date(2026, 6, 1), 0)
    assert [told(a, "XX.01") for a in (w.song, w.province, w.dat)] == [0, 0, None]


def test_tasks_are_missing_where_none_was_ever_given():
    w = songdat()
    assert [told(w.song, c) for c in ("VB.10", "VB.11", "VB.12", "TR.10")] == [None] * 4
