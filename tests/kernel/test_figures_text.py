from datetime import date
from decimal import Decimal

import pytest

from phoihop.kernel.figures_text import day, decimal, grouped, month, percent


@pytest.mark.parametrize(
    ("n", "scale", "vi", "en"),
    [
        (20629, 0, "20.629", "20,629"),
        (978, 1, "97,8", "97.8"),
        (0, 0, "0", "0"),
        (5, 2, "0,05", "0.05"),
        (-1234567, 0, "-1.234.567", "-1,234,567"),
        (-5, 1, "-0,5", "-0.5"),
        (123456789, 2, "1.234.567,89", "1,234,567.89"),
        (10**24, 0, "1.000.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000,000"),
        (None, 0, "–", "–"),
        (None, 2, "–", "–"),
    ],
)
def test_a_figure_is_written_in_groups_of_three(n, scale, vi, en):
    assert (grouped(n, scale), grouped(n, scale, "en")) == (vi, en)


@pytest.mark.parametrize(("n", "scale", "vi", "en"), [(978, 1, "97,8%", "97.8%"), (0, 0, "0%", "0%"), (1250, 0, "1.250%", "1,250%"), (None, 1, "–", "–")])
def test_a_per_cent_carries_its_sign_and_a_missing_one_does_not(n, scale, vi, en):
    assert (percent(n, scale), percent(n, scale, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "places", "vi"),
    [
        (Decimal("61.475"), 3, "61,475"),
        (Decimal("61.475"), 2, "61,48"),
        (Decimal("-2.85"), 1, "-2,9"),
        (Decimal("2.8571"), 0, "3"),
        (Decimal("1E+6"), 0, "1.000.000"),
        (Decimal("-0.04"), 1, "0,0"),
        (None, 1, "–"),
    ],
)
def test_a_decimal_is_rounded_halves_away_from_zero(value, places, vi):
    assert decimal(value, places) == vi


def test_a_day_is_written_in_full():
    assert [day(date(2026, 11, 21)), day(date(2026, 2, 5)), day(date(2026, 2, 5), "en"), day(None)] == ["21/11/2026", "05/02/2026", "5 Feb 2026", "–"]


@pytest.mark.parametrize(
    ("short", "vi", "en"),
    [(False, "Tháng 11/2026", "November 2026"), (True, "T11/2026", "Nov 2026")],
)
def test_a_month_is_named_in_english_and_numbered_in_vietnamese(short, vi, en):
    assert (month(2026, 11, short=short), month(2026, 11, "en", short=short)) == (vi, en)
