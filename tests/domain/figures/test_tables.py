"""A table adds up: communes, what lies in none of them, and the sum."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain.figures.actions.projection import roll
from phoihop.domain.figures.queries import Asked, communes_of, grid, series, table, tables
from phoihop.domain.figures.rules.calendars import Kind, period, within
from phoihop.kernel import memo
from phoihop.kernel.period import Period
from tests.domain.figures.maps import mekong
from tests.domain.figures.posting import JUNE, patrol, post
from tests.world import area, songdat

pytestmark = pytest.mark.django_db


def column(found, code: str) -> dict[str, int | None]:
    rows = {row.areas[0].name: row.figures[code].value for row in found.rows}
    return rows | {"rest": found.rest.figures[code].value if found.rest else None, "total": found.total.figures[code].value}


@pytest.mark.parametrize("rolled", [False, True])
def test_rows_rest_and_total_add_up(rolled):
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ", item="road.armed")
    patrol(w, w.province, date(2026, 6, 3), "CA", "QS")  # by the province, in no one commune
    post(w, "TR.03", w.dat, date(2026, 6, 3), 5, unit=w.police_dat)
    if rolled:
        roll()
    found = table(["TR.01", "TR.01.VT", "TR.03", "TR.09"], w.province, JUNE)
    assert column(found, "TR.01") == {"Sông": 2, "Đất": 0, "rest": 1, "total": 3}
    assert column(found, "TR.01.VT") == {"Sông": 1, "Đất": 0, "rest": None, "total": 1}
    assert column(found, "TR.03") == {"Sông": 0, "Đất": 5, "rest": None, "total": 5}
    assert column(found, "TR.09") == {"Sông": None, "Đất": None, "rest": None, "total": None}
    assert [row.shown for row in found.rows] == [{}, {}]


def test_a_row_that_recorded_nothing_is_missing_and_the_total_is_not():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    assert column(table(["TR.01"], w.province, JUNE), "TR.01") == {"Sông": 1, "Đất": None, "rest": None, "total": 1}


def test_a_table_in_one_line():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    patrol(w, w.dat, date(2026, 6, 1), "CA", "BP")
    assert column(table(["TR.01"], w.province, JUNE, line=w.lines["DQ"].pk), "TR.01") == {"Sông": 1, "Đất": 0, "rest": None, "total": 1}


def test_the_rows_may_be_chosen():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    patrol(w, w.dat, date(2026, 6, 1), "CA", "DQ")
    assert column(table(["TR.01"], w.province, JUNE, rows=[w.song]), "TR.01") == {"Sông": 1, "rest": 1, "total": 2}


def test_a_table_asks_the_same_few_questions_for_two_rows_and_for_many(monkeypatch):
    monkeypatch.setattr(memo, "FRESH_FOR", 3600)
    w = songdat()
    table(["TR.01", "TR.01.VT"], w.province, JUNE)  # what a process knows by heart
    asked = []
    for n in range(2):
        for k in range(20 * n):
            patrol(w, area(f"3{k:04}", f"Xã {k}", "commune", "xa", w.province), date(2026, 6, 1), "CA", "DQ")
        patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
        memo.forget_all()  # the communes above were made without an event
        table(["TR.01"], w.province, JUNE)
        with CaptureQueriesContext(connection) as queries:
            table(["TR.01", "TR.01.VT", "TR.03", "TR.04", "TR.09"], w.province, JUNE)
        asked.append(len(queries))
    assert asked == [2, 2]


def test_the_communes_of_a_period_are_all_that_there_were():
    w = songdat()
    land = mekong(w)
    before, after = date(2024, 1, 1), date(2025, 8, 1)
    assert [a.name for a in communes_of(land.old["93"], Period(before, after))] == ["Một", "Hai", "Ba", "Bốn"]
    assert [a.name for a in communes_of(land.new, Period(before, after))] == ["Mai", "Lan", "Cúc", "Trúc", "Đào"]
    assert communes_of(land.new, Period(before, date(2024, 2, 1))) == []
    assert [a.name for a in communes_of(land.new, Period(before, date(2024, 2, 1)), on=after)] == ["Mai", "Lan", "Cúc", "Trúc", "Đào"]


def test_a_series_of_months_and_a_grid_of_months_by_commune():
    w = songdat()
    months = [period("ND09", code) for code in within("ND09", Kind.MONTH, period("ND09", "2026"))]
    for day in (date(2025, 12, 15), date(2026, 1, 14), date(2026, 1, 15), date(2026, 12, 14)):
        patrol(w, w.song, day, "CA", "DQ")
    roll()
    patrol(w, w.dat, date(2026, 5, 20), "CA", "DQ")
    assert [f.value for f in series("TR.01", w.province, months)] == [2, 1, None, None, None, 1, None, None, None, None, None, 1]
    found = grid(["TR.01"], Asked((w.song, w.dat), tuple(months)))
    assert {(a, p): f.value for (_, (a, p)), f in found.items() if f.value} == {(0, 0): 2, (0, 1): 1, (0, 11): 1, (1, 5): 1}


def test_two_years_of_a_table_are_read_at_once_and_stand_by_the_same_rows(monkeypatch):
    monkeypatch.setattr(memo, "FRESH_FOR", 3600)
    w = songdat()
    may = Period(date(2026, 5, 1), date(2026, 6, 1))
    for day in (date(2026, 5, 2), date(2026, 6, 1), date(2026, 6, 2)):
        patrol(w, w.song, day, "CA", "DQ")
    tables(["TR.01"], w.province, [JUNE, may])  # what a process knows by heart
    with CaptureQueriesContext(connection) as queries:
        now, then = tables(["TR.01"], w.province, [JUNE, may])
    assert len(queries) == 2
    assert column(now, "TR.01") == {"Sông": 2, "Đất": None, "rest": None, "total": 2}
    assert column(then, "TR.01") == {"Sông": 1, "Đất": None, "rest": None, "total": 1}
