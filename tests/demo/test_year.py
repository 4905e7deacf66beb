"""What the seed says, without a database: exact numbers, the same ones each time, in a shape that a province has."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from phoihop.demo.agenda import Agenda
from phoihop.demo.days import weight
from phoihop.demo.recent import held_by, month_ahead, shares, single_days, usual
from phoihop.demo.scale import Scale
from phoihop.demo.ways import Place, Way, ways
from phoihop.demo.year import COUNTED, Fate, Slot, apportion, year
from phoihop.domain.activities.rules import Slot as Taken
from phoihop.domain.activities.rules import clashes
from phoihop.kernel.period import HOME, Period

NOW = datetime(2026, 11, 22, 8, 40, tzinfo=HOME)
SCALE = Scale(NOW.date())
PLACES = [Place(f"{n:05d}", f"{(n + 1) % 30:05d}", "00001" if n < 3 else "") for n in range(30)]


@pytest.fixture(scope="module")
def drawn() -> list[Way]:
    return ways(PLACES, SCALE.seed)


@pytest.fixture(scope="module")
def lived(drawn: list[Way]) -> list[Slot]:
    return year(drawn, SCALE.whole, 5_000, SCALE.seed)


def test_sea_and_border_ways_lie_only_where_a_border_station_is(drawn):
    assert {way.area for way in drawn if way.kind in ("sea", "border")} == {"00000", "00001", "00002"}
    assert {way.lead for way in drawn if way.kind in ("sea", "border")} == {"BP:00001"}
    assert len({way.key for way in drawn}) == len(drawn)
    assert len({(way.lead, way.team) for way in drawn}) == len(drawn)


def test_no_way_is_led_by_its_own_partner(drawn):
    assert [way for way in drawn if way.lead in way.partners or not way.partners] == []


def test_a_year_brings_exactly_as_many_held_patrols_as_asked(lived):
    assert sum(s.fate in COUNTED for s in lived) == 5_000
    assert Counter(s.fate for s in lived) == {
        Fate.HELD: 4_850, Fate.AFTERWARDS: 150, Fate.NOT_HELD: 100, Fate.CANCELLED: 75, Fate.WAITING: 50, Fate.DECLINED: 30, Fate.MISSING: 20, Fate.DISPUTED: 15,
    }  # fmt: skip


def test_the_same_seed_gives_the_same_year_and_another_seed_another(drawn, lived):
    def told(slots: list[Slot]) -> list[object]:
        return [(s.way.key, s.start, s.end, s.fate, s.armed, s.parties, s.outcomes, s.silent, s.other_number) for s in slots]

    assert told(year(drawn, SCALE.whole, 5_000, SCALE.seed)) == told(lived)
    assert told(year(drawn, SCALE.whole, 5_000, "another")) != told(lived)


def test_each_force_comes_with_two_to_eight_people(lived):
    assert {p.people for s in lived for p in s.parties} == {2, 3, 4, 5, 6, 7, 8}


def test_every_patrol_has_two_units_and_really_leaves_on_its_day(lived):
    assert min(len(s.parties) for s in lived) == 2
    assert [s for s in lived if s.left.date() != s.day or s.back <= s.left] == []


def test_holidays_their_eves_and_weekends_bring_more_than_an_ordinary_tuesday():
    tuesday, sunday, holiday, eve = date(2026, 9, 8), date(2026, 9, 6), date(2026, 9, 2), date(2026, 9, 1)
    assert weight(tuesday) < weight(sunday)
    assert weight(tuesday) < weight(eve) < weight(holiday)


def test_some_ways_are_left_out_for_longer_than_their_cadence(drawn, lived):
    gaps = {way.key for way in drawn if way.gap is not None and way.gap < 0.9}  # a later one lies across the edge of the year
    walked: dict[str, list[date]] = {}
    for s in lived:
        walked.setdefault(s.way.key, []).append(s.day)
    longest = {key: max(b - a for a, b in pairwise(days)) for key, days in walked.items() if key in gaps}
    assert gaps
    assert min(longest.values()) >= timedelta(days=14)


def test_shares_add_up_and_follow_the_rates():
    assert apportion([1, 1, 1], 10) == [4, 3, 3]
    assert apportion([0.5, 2.5], 6) == [1, 5]


def test_the_parts_of_the_year_meet_without_a_gap():
    assert (SCALE.whole.first, SCALE.earlier.until, SCALE.recent.until, SCALE.single.until) == (
        date(2025, 11, 23), SCALE.recent.first, SCALE.single.first, SCALE.whole.until,
    )  # fmt: skip
    assert (len(SCALE.earlier), len(SCALE.recent), len(SCALE.single)) == (305, 57, 3)


def test_what_is_held_lately_and_what_the_others_bring_is_the_whole(drawn):
    lately = single_days(drawn, SCALE, NOW)
    recent, earlier = shares(SCALE, held_by(lately, NOW))
    assert held_by(lately, NOW) + recent + earlier == 20_629


def test_whatever_the_hour_the_board_has_something_to_show(drawn):
    for hour in (0, 8, 13, 23):
        now = NOW.replace(hour=hour)
        there = [(s.fate, s.start < now < s.end) for s in single_days(drawn, SCALE, now)]
        assert {(Fate.HELD, True), (Fate.MISSING, True), (Fate.WAITING, False), (Fate.DISPUTED, False)} <= set(there)


def test_the_month_ahead_holds_plans_only(drawn):
    ahead = month_ahead(drawn, SCALE)
    assert {s.fate for s in ahead} == {Fate.HELD}
    assert (min(s.day for s in ahead), max(s.day for s in ahead)) == (date(2026, 11, 23), date(2026, 12, 22))


def test_a_scale_survives_being_an_argument_of_a_job():
    assert Scale.of_args(SCALE.as_args()) == SCALE


def test_an_agenda_is_done_in_order_of_time_and_only_as_far_as_it_is_due():
    done: list[str] = []
    agenda = Agenda()
    for minute, name in ((20, "third"), (10, "first"), (10, "second"), (40, "later")):
        agenda.add(NOW + timedelta(minutes=minute), lambda at, name=name: done.append(name))
    assert list(agenda.run(NOW + timedelta(minutes=30))) == [NOW + timedelta(minutes=m) for m in (10, 10, 20)]
    assert done == ["first", "second", "third"]


def test_a_period_without_days_brings_nothing(drawn):
    assert year(drawn, Period(NOW.date(), NOW.date()), 0, SCALE.seed) == []


def test_in_the_month_ahead_one_team_of_the_first_commune_with_two_ways_is_down_twice(drawn):
    led = Counter(way.lead for way in drawn if not way.lead.startswith("BP"))
    lead = next(way.lead for way in drawn if led[way.lead] > 1)
    days = Period(SCALE.today + timedelta(days=1), SCALE.today + timedelta(days=1 + SCALE.ahead))
    before = [s for s in year(drawn, days, usual(SCALE, days), SCALE.seed) if s.way.lead == lead]
    after = [s for s in month_ahead(drawn, SCALE) if s.way.lead == lead]
    assert len(after) == len(before)
    assert (between_ways(before), between_ways(after)) == ([], [timedelta(minutes=30)])


def between_ways(slots: list[Slot]) -> list[timedelta]:
    """Where one team is down on two ways: how much later the second patrol begins."""
    found = clashes([Taken(0, s.way.team, s.start, s.end, n) for n, s in enumerate(slots)])
    return [two.start - one.start for one, two in found if slots[one.activity].way.key != slots[two.activity].way.key]
