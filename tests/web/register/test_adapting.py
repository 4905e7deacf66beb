"""The form with which a unit begins its own text from the one above."""

from datetime import date

import pytest

from phoihop.domain.agreements.models import Agreement
from phoihop.web.register.adapting import _days_ahead

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("first", "until", "offered"),
    [
        (date(2025, 10, 8), None, {}),
        (TODAY, date(2027, 1, 1), {"valid_until": date(2027, 1, 1)}),
        (date(2027, 1, 1), date(2028, 1, 1), {"valid_from": date(2027, 1, 1), "valid_until": date(2028, 1, 1)}),
    ],
)
def test_days_that_are_over_are_not_offered_for_a_text_that_is_signed_tomorrow(first, until, offered):
    assert _days_ahead(Agreement(valid_from=first, valid_until=until), TODAY) == offered
