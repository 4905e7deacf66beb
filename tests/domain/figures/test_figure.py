"""Arithmetic of figures: rates from numerators and denominators, medians, rounding that adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.domain.figures.rules.figure import Figure, Stated, added, apportioned, is_few, median, missing, ratio, rounded, scaled


@pytest.mark.parametrize(("amount", "scale", "value"), [(192, -2, Fraction(48, 25)), (3, 0, Fraction(3)), (3, 3, Fraction(3000))])
def test_an_amount_is_told_in_its_unit_of_count(amount, scale, value):
    assert scaled(amount, scale) == value


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [
        (Fraction(14), Fraction(15), Fraction(1400, 15)),
        (Fraction(0), Fraction(3), Fraction(0)),
        (Fraction(1), Fraction(0), None),
        (Fraction(1), None, None),
        (None, Fraction(2), None),
    ],
)
def test_a_rate_is_made_of_two_figures_and_missing_without_a_whole(part, whole, value):
    found = ratio("TR.09", Figure("TR.09.TH", part), Figure("TR.09.KH", whole), -2)
    assert (found.value, found.part, found.whole) == (value, part, whole)


def test_a_rate_of_estimates_is_an_estimate():
    assert ratio("X", Figure("A", Fraction(1), exact=False), Figure("B", Fraction(2)), 0).exact is False


@pytest.mark.parametrize(("values", "middle"), [([], None), ([7], 7), ([9, 1, 5], 5), ([4, 1, 2, 9], 3), ([1, 2], Fraction(3, 2))])
def test_the_middle_value(values, middle):
    assert median(values) == middle


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(Fraction(5, 2), 0, "3"), (Fraction(1400, 15), 1, "93.3"), (Fraction(-5, 2), 0, "-3"), (Fraction(1, 8), 2, "0.13"), (Fraction(20629), 0, "20629")],
)
def test_halves_are_rounded_away_from_zero(value, places, shown):
    assert rounded(value, places) == Decimal(shown)


def test_missing_is_never_zero():
    assert (missing("TR.01").value, missing("TR.01").rounded()) == (None, None)


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([Fraction(1, 3)] * 3, [1, 0, 0]),
        ([Fraction(6, 10), Fraction(6, 10), Fraction(8, 10)], [1, 0, 1]),
        ([Fraction(2), Fraction(3)], [2, 3]),
        ([], []),
    ],
)
def test_the_largest_remainders_are_rounded_up(values, whole):
    assert apportioned(values) == whole


@given(st.lists(st.fractions(0, 10_000, max_denominator=1_000_000), max_size=60))
def test_apportioned_numbers_add_up_and_none_is_off_by_one(values):
    whole = apportioned(values)
    assert sum(whole) == int(rounded(sum(values, Fraction(0))))
    assert all(abs(n - v) < 1 for n, v in zip(whole, values, strict=True))


@pytest.mark.parametrize(
    ("value", "of_persons", "residential", "few"),
    [
        (Fraction(4), True, True, True),
        (Fraction(5), True, True, False),
        (Fraction(0), True, True, False),
        (Fraction(4), False, True, False),
        (Fraction(4), True, False, False),
        (None, True, True, False),
    ],
)
def test_small_counts_of_persons_in_a_residential_area_are_covered(value, of_persons, residential, few):
    assert is_few(Figure("X", value), of_persons=of_persons, residential=residential) is few


@pytest.mark.parametrize(
    ("value", "qualifiers", "told", "qualifier"),
    [(None, "==", 30, "="), (None, "=>", 30, ">"), (None, ">~", 30, "~"), (None, "", None, "="), (Fraction(7), "=~", 7, "=")],
)
def test_what_documents_state_is_told_only_where_nothing_was_recorded(value, qualifiers, told, qualifier):
    stated = tuple(Stated(n, n, date(2023, 1, 1), date(2024, 1, 1), Fraction(15), q, "nguồn") for n, q in enumerate(qualifiers))
    figure = Figure("TR.01.VT", value, stated=stated)
    assert (figure.told.value, figure.qualifier) == (told, qualifier)


@pytest.mark.parametrize(("values", "total"), [((), 0), ((1, 2, 3), 6), (("1/4", "1/3", 2), "31/12"), (("-1/2", "1/2"), 0)])
def test_a_sum_is_exact_whatever_the_denominators(values, total):
    assert added(Fraction(v) for v in values) == Fraction(total)
