"""Months counted by the database are those that Python counts."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from phoihop.domain import models as m
from phoihop.domain.agreements.rules.reviewing import months_after
from phoihop.kernel.months import MonthsLater

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("months", [-13, -6, -1, 0, 1, 6, 12, 25])
def test_the_same_day_so_many_months_later_or_the_last_of_that_month(months):
    days = [date(2023, 12, 1) + timedelta(days=n) for n in range(460)]
    m.Holiday.objects.bulk_create([m.Holiday(day=day, name="") for day in days])
    found = m.Holiday.objects.annotate(later=MonthsLater(F("day"), months)).order_by("day").values_list("day", "later")
    assert list(found) == [(day, months_after(day, months)) for day in days]
