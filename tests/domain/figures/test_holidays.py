"""The packaged holidays hold together, and an administrator changes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions.holidays import fill_holidays, set_holiday
from phoihop.domain.figures.queries import due, working_days
from phoihop.domain.figures.rules.deadlines import Sender
from phoihop.domain.figures.rules.holidays import fits_holiday, packaged
from phoihop.kernel.verdict import Refused
from tests.world import NOON, songdat

FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}
# Mùng 1 Tết and 10/3 of the lunar year, from the new moons at 105° east (checked against an almanac for 2019 to 2026).
NEW_YEAR = ["2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"]
HUNG_KINGS = ["2019-04-14", "2020-04-02", "2021-04-21", "2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16"]


def test_each_day_is_named_once_and_in_order():
    days = [d.day for d in packaged()]
    assert days == sorted(set(days))


def test_every_year_has_its_holidays():
    off = {d.day for d in packaged() if not d.works}
    expected = {date(year, month, day) for year in range(2019, 2028) for month, day in FIXED} | {date.fromisoformat(d) for d in NEW_YEAR + HUNG_KINGS}
    assert expected - off == set()


@pytest.mark.parametrize("year", range(2019, 2028))
def test_a_year_has_the_days_off_that_the_labour_code_gives(year):
    """Tết 5, 1/1, Giỗ Tổ, 30/4, 1/5 one each, 2/9 one until 2020 and two since; a weekend day among them is made up for by a working day."""
    names = [d for d in packaged() if d.day.year == year and not d.works and "hoán đổi" not in d.name]
    lawful = [d for d in names if "Nghỉ bù" not in d.name]
    on_weekends = [d for d in lawful if d.day.weekday() >= 5]
    assert len(lawful) == (10 if year < 2021 else 11)
    assert len(names) - len(lawful) == len(on_weekends)
    assert all(d.day.weekday() < 5 for d in names if "Nghỉ bù" in d.name)


def test_an_exchange_names_the_day_it_is_exchanged_for():
    swaps = {d.day: (d.works, d.basis.removeprefix("hoán đổi với ")) for d in packaged() if d.basis.startswith("hoán đổi với")}
    assert len(swaps) == 12
    for day, (works, other) in swaps.items():
        assert swaps[date.fromisoformat(other)] == (not works, day.isoformat())
        assert (day.weekday() >= 5) == works


def test_what_is_not_announced_yet_says_so():
    assert {d.day.year for d in packaged() if d.basis.startswith("chưa công bố")} == {2027}


@pytest.mark.parametrize(
    ("day", "works", "name", "is_off", "code"),
    [
        (date(2026, 11, 24), False, "Ngày Văn hóa Việt Nam", False, ""),
        (date(2026, 11, 28), True, "Làm bù", False, ""),
        (date(2026, 11, 24), True, "Làm bù", False, "works-anyway"),
        (date(2027, 2, 11), True, "Vẫn làm việc", True, ""),
        (date(2026, 11, 24), False, "  ", False, "name-missing"),
    ],
)
def test_what_an_administrator_may_set(day, works, name, is_off, code):
    assert fits_holiday(day, works, name, is_off=is_off).code == code


@pytest.mark.django_db
def test_the_list_is_filled_once_and_a_change_stays():
    w = songdat()
    assert fill_holidays(by=w.node, at=NOON) == len(packaged())
    set_holiday(by=w.quan, day=date(2027, 2, 11), works=True, name="Vẫn làm việc", at=NOON, basis="TB 1/TB-BNV")
    assert fill_holidays(by=w.node, at=NOON) == 0
    assert working_days().works_on(date(2027, 2, 11)) is True
    assert [e.what for e in m.Event.objects.order_by("seq")] == ["holiday.filled", "holiday.set", "holiday.filled"]


@pytest.mark.django_db
def test_a_new_holiday_moves_a_deadline():
    w = songdat()
    fill_holidays(by=w.node, at=NOON)
    before = due("ND09", "2026-T10", Sender.COMMUNE)
    set_holiday(by=w.quan, day=date(2026, 10, 15), name="Nghỉ", at=NOON)
    after = due("ND09", "2026-T10", Sender.COMMUNE)
    assert before is not None
    assert after is not None
    assert after.last - before.last == timedelta(days=3)


@pytest.mark.django_db
def test_only_an_administrator_sets_a_holiday():
    w = songdat()
    with pytest.raises(Refused) as refusal:
        set_holiday(by=w.lan, day=date(2026, 10, 15), name="Nghỉ", at=NOON)
    assert refusal.value.verdict.code == "not-your-role"
    assert m.Holiday.objects.count() == 0
