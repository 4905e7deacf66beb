"""Figures as recorded, and on the areas of a later day: merges exact, divisions by declared share (≈) or told of the whole group."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions.projection import roll
from phoihop.domain.figures.queries import cell, table
from phoihop.kernel.period import Period
from tests.domain.figures.maps import NEW, OLD, Y2024, mekong
from tests.domain.figures.posting import patrol, post
from tests.world import area, songdat

pytestmark = pytest.mark.django_db
THEN, TODAY = Period(*Y2024), date(2026, 1, 1)
STRADDLING = Period(date(2025, 1, 1), date(2026, 1, 1))


def a_year(w, land):
    for name, count in (("Một", 2), ("Hai", 3), ("Ba", 5), ("Bốn", 7)):
        for n in range(count):
            patrol(w, land.before[name], date(2024, 3, 1 + n), "CA", "DQ")
    roll()


def test_as_recorded_an_area_counts_only_while_it_was():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    assert [cell("TR.01", a, THEN).value for a in (land.old["93"], land.old["94"], land.new, land.after["Mai"], land.before["Ba"])] == [17, None, None, None, 5]


def test_on_todays_areas_a_merge_is_exact():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    mai, province = (cell("TR.01", a, THEN, on=TODAY) for a in (land.after["Mai"], land.new))
    assert (mai.value, mai.exact, mai.group) == (5, True, frozenset())
    assert (province.value, province.exact) == (17, True)


def test_a_division_with_declared_shares_is_an_estimate_with_its_decimals():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    lan, cuc = (cell("TR.01", land.after[n], THEN, on=TODAY) for n in ("Lan", "Cúc"))
    assert (lan.value, cuc.value, lan.exact, cuc.exact) == (Fraction(7, 2), Fraction(3, 2), False, False)


def test_a_division_without_shares_is_told_of_the_group():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    truc = cell("TR.01", land.after["Trúc"], THEN, on=TODAY)
    assert (truc.value, truc.exact, truc.group) == (7, True, frozenset({land.after["Trúc"].pk, land.after["Đào"].pk}))


def test_what_cannot_be_added_up_is_never_estimated():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    lan = cell("TR.08.DD", land.after["Lan"], THEN, on=TODAY)
    assert lan.group == frozenset({land.after["Lan"].pk, land.after["Cúc"].pk})


def test_a_year_that_straddles_the_reform_adds_both_halves():
    w = songdat()
    land = mekong(w)
    patrol(w, land.before["Một"], date(2025, 6, 30), "CA", "DQ")
    patrol(w, land.after["Mai"], date(2025, 7, 1), "CA", "DQ")
    patrol(w, land.after["Lan"], date(2025, 7, 2), "CA", "DQ")
    roll()
    assert [cell("TR.01", land.new, STRADDLING, on=on).value for on in (None, TODAY)] == [2, 3]
    assert [cell("TR.01", land.after["Mai"], STRADDLING, on=on).value for on in (None, TODAY)] == [1, 2]


def test_a_table_on_todays_areas_adds_up_with_groups_and_rounded_estimates():
    w = songdat()
    land = mekong(w)
    a_year(w, land)
    post(w, "TR.01", land.old["94"], date(2024, 5, 5), item="road")  # recorded for a whole province, in no commune
    found = table(["TR.01", "TR.01.VT"], land.new, THEN, on=TODAY)
    rows = {frozenset(a.name for a in row.areas): row for row in found.rows}
    values = {names: row.figures["TR.01"].value for names, row in rows.items()}
    assert values == {
        frozenset({"Mai"}): 5,
        frozenset({"Lan"}): Fraction(7, 2),
        frozenset({"Cúc"}): Fraction(3, 2),
        frozenset({"Trúc", "Đào"}): 7,
    }
    assert found.rest is not None
    assert (found.rest.figures["TR.01"].value, found.total.figures["TR.01"].value) == (1, 18)
    assert sum(row.shown["TR.01"] for row in found.rows) + found.rest.shown["TR.01"] == 18
    assert sorted(row.shown["TR.01"] for row in found.rows) == [1, 4, 5, 7]


def test_a_unit_that_kept_its_name_under_a_new_number_goes_on():
    w = songdat()
    land = mekong(w)
    old, new = area("2", "Sen", "commune", "xa", land.old["94"], OLD, NEW), area("3", "Sen", "commune", "xa", land.new, NEW)
    m.Succession.objects.create(old=old, new=new, day=NEW, kind="carry")
    patrol(w, old, date(2025, 6, 30), "CA", "DQ")
    patrol(w, new, date(2025, 7, 1), "CA", "DQ")
    assert [cell("TR.01", a, STRADDLING).value for a in (old, new)] == [2, 2]
    assert cell("TR.08.DD", new, STRADDLING).value == 1
