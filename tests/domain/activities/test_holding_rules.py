from datetime import UTC, date, datetime, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.rules import Counted, Result
from phoihop.kernel.verdict import SURE
from tests.domain.activities.bare import LEAD, OTHER, THIRD, TODAY, activity, matter, post, said, unit
from tests.world import NOON, at

NOW = at(1, 23)


@pytest.mark.parametrize(
    ("by", "of", "started_at", "expected"),
    [
        (post("duty"), activity(), at(1, 20, 5), ("", None)),
        (post("partner"), activity(), at(1, 20, 5), ("not-your-role", None)),
        (post("duty", OTHER), activity(), at(1, 20, 5), ("not-lead", None)),
        (post(), activity(cancelled_at=NOON), at(1, 20, 5), ("cancelled", None)),
        (post(), activity(claim="not_held"), at(1, 20, 5), ("has-result", None)),
        (post(), activity(started_at=at(1, 20)), at(1, 20, 5), ("started", None)),
        (post(), activity(), at(1, 23, 1), ("in-future", "started_at")),
        (post(), activity(planned_start=at(3, 23)), NOW, ("", None)),
        (post(), activity(planned_start=at(3, 23, 1)), NOW, ("other-day", "started_at")),
    ],
)
def test_the_lead_says_once_that_a_patrol_has_left(by, of, started_at, expected):
    assert said(rules.may_start(by, of, started_at, NOW, TODAY)) == expected


OUT = {"started_at": at(1, 20), "route_id": 5}


@pytest.mark.parametrize(
    ("by", "of", "takes_part", "point", "tapped_at", "expected"),
    [
        (post("duty", OTHER), activity(**OUT), True, {}, at(1, 21), ("", None)),
        (post("duty", OTHER), activity(**OUT), False, {}, at(1, 21), ("not-party", None)),
        (post("partner", OTHER), activity(**OUT), True, {}, at(1, 21), ("not-your-role", None)),
        (post(), activity(route_id=5), True, {}, at(1, 21), ("not-started", None)),
        (post(), activity(**OUT, cancelled_at=NOON), True, {}, at(1, 21), ("not-started", None)),
        (post(), activity(**OUT), True, {"route_id": 6}, at(1, 21), ("not-on-route", "checkpoint")),
        (post(), activity(**OUT), True, {"n": None}, at(1, 21), ("not-on-route", "checkpoint")),
        (post(), activity(**OUT), True, {}, at(1, 23, 1), ("in-future", "tapped_at")),
        (post(), activity(**OUT), True, {}, at(1, 19, 59), ("other-day", "tapped_at")),
        (post(), activity(**OUT), True, {}, at(1, 20), ("", None)),
    ],
)
def test_a_check_point_of_the_route_is_tapped_while_the_patrol_is_out(by, of, takes_part, point, tapped_at, expected):
    checkpoint = m.Checkpoint(**{"route_id": 5, "n": 1} | point)
    assert said(rules.may_tap(by, of, takes_part, checkpoint, tapped_at, NOW, TODAY)) == expected


def result(of=None, **change):
    plain = {
        "activity": of or activity(), "version": 1, "held": True, "started_at": at(1, 20, 5), "ended_at": at(1, 22),
        "parties": [Counted(unit(LEAD), 3), Counted(unit(OTHER), 4)],
    }  # fmt: skip
    return Result(**plain | change)


def judged(by, r, parties=(LEAD, OTHER, THIRD), voices=(LEAD,)):
    return said(rules.may_report(by, r, parties, voices, NOW, TODAY))


@pytest.mark.parametrize(
    ("by", "of", "change", "expected"),
    [
        (post("duty"), {}, {}, ("", None)),
        (post("partner"), {}, {}, ("not-your-role", None)),
        (post("duty", OTHER), {}, {}, ("not-lead", None)),
        (post(), {"cancelled_at": NOON}, {}, ("cancelled", None)),
        (post(), {"version": 2}, {}, ("changed-meanwhile", None)),
        (post(), {"claim": "held"}, {}, ("", None)),
        (post(), {}, {"held": False, "why": "Mưa lớn"}, ("", None)),
        (post(), {}, {"held": False, "why": " "}, ("reason-missing", "why")),
        (post(), {"planned_start": at(2, 20)}, {"held": False, "why": "Mưa lớn"}, ("not-yet", "held")),
        (post(), {}, {"started_at": None}, ("time-missing", "started_at")),
        (post(), {}, {"ended_at": None}, ("time-missing", "ended_at")),
        (post(), {}, {"ended_at": at(1, 20, 5)}, ("time-order", "ended_at")),
        (post(), {}, {"ended_at": at(1, 23, 1)}, ("in-future", "ended_at")),
        (post(), {"planned_start": at(30, 20, 4, month=5)}, {}, ("other-day", "started_at")),
        (post(), {"planned_start": at(30, 20, 5, month=5)}, {}, ("", None)),
    ],
)
def test_the_lead_records_what_came_of_it_when_it_is_over(by, of, change, expected):
    assert judged(by, result(activity(**of), **change)) == expected


US, THEM = Counted(unit(LEAD), 3), Counted(unit(OTHER), 4)


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ([US, THEM], ("", None)),
        ([US, THEM, Counted(unit(THIRD), 0, 0)], ("", None)),
        ([US, Counted(unit(9), 4)], ("not-asked", "parties.1.unit")),
        ([US, THEM, THEM], ("party-twice", "parties")),
        ([Counted(unit(LEAD), 0), THEM], ("lead-absent", "parties")),
        ([THEM], ("lead-absent", "parties")),
        ([], ("lead-absent", "parties")),
        ([US], ("alone", "parties")),
        ([US, Counted(unit(OTHER), 0)], ("alone", "parties")),
        ([US, Counted(unit(OTHER), -1)], ("headcount", "parties.1.people")),
        ([US, Counted(unit(OTHER), 1_000_000)], ("headcount", "parties.1.people")),
        ([US, Counted(unit(OTHER), 4, 201)], ("teams", "parties.1.teams")),
        ([US, Counted(unit(OTHER, valid_until=TODAY), 4)], ("unit-not-then", "parties.1.unit")),
        ([US, Counted(unit(OTHER), 4, means={"xuong": 2})], ("", None)),
        ([US, Counted(unit(OTHER), 4, means={"xe tăng": 2})], ("no-such-kind", "parties.1.means")),
        ([US, Counted(unit(OTHER), 4, means={"xuong": -2})], ("count", "parties.1.means.xuong")),
        ([US, Counted(unit(OTHER), 4, means={"xuong": 1001})], ("count", "parties.1.means.xuong")),
    ],
)
def test_who_was_there_was_asked_counted_and_not_alone(parties, expected):
    assert judged(post(), result(parties=parties)) == expected


def test_a_lead_speaks_for_the_unit_that_it_succeeded():
    there = result(activity(matter=matter(lead_id=9)), parties=[US, THEM])
    assert judged(post(unit=9), there, voices=(9,)) == ("lead-absent", "parties")
    assert judged(post(unit=9), there, voices=(9, LEAD)) == ("", None)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({}, ("", None)),
        ({"nhac-nho": 2, "vp.trom-cap": 0}, ("", None)),
        ({"vp.tu-tap": 1}, ("no-such-kind", "outcomes")),
        ({"nhac-nho": -1}, ("count", "outcomes.nhac-nho")),
        ({"nhac-nho": 100_001}, ("count", "outcomes.nhac-nho")),
    ],
)
def test_outcomes_are_counts_of_the_closed_list(outcomes, expected):
    assert judged(post(), result(outcomes=outcomes)) == expected


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        ({1: (at(1, 20, 5), at(1, 21)), 2: (at(1, 21), at(1, 22))}, ("", None)),
        ({2: (at(1, 21), at(1, 22))}, ("", None)),
        ({1: (at(1, 21), at(1, 21))}, ("time-order", "legs.1.until")),
        ({1: (at(1, 20), at(1, 21))}, ("leg-outside", "legs.1.first")),
        ({1: (at(1, 21), at(1, 22, 1))}, ("leg-outside", "legs.1.first")),
        ({1: (at(1, 20, 5), at(1, 21)), 2: (at(1, 20, 59), at(1, 22))}, ("leg-outside", "legs.2.first")),
    ],
)
def test_legs_were_walked_one_after_the_other_within_the_patrol(legs, expected):
    assert judged(post(), result(legs=legs)) == expected


@pytest.mark.parametrize(("legs", "expected"), [({}, ("", None)), ({1: (1, 2)}, ("", None)), ({1: (1, 2), 4: (1, 2), 3: (1, 2)}, ("no-such-leg", "legs.3"))])
def test_only_legs_of_the_plan_are_walked(legs, expected):
    assert said(rules.has_legs([1, 2], result(legs=legs))) == expected


@pytest.mark.parametrize(
    ("people", "teams", "asks"),
    [(0, 1, False), (4, 0, False), (2, 1, False), (15, 1, False), (30, 2, False), (1, 1, True), (16, 1, True), (3, 2, True), (31, 2, True)],
)
def test_a_team_of_an_unusual_size_is_asked_about(people, teams, asks):
    verdict = rules.outlier(people, teams)
    assert (verdict.asks, verdict.answer) == ((True, f"{people}/{teams}") if asks else (False, ""))


def test_the_question_is_answered_and_a_refusal_is_not():
    strange = result(parties=[US, Counted(unit(OTHER), 40)])
    assert judged(post(), strange) == ("outlier", "parties.1.people")
    token = SURE.set(frozenset({"40/1"}))
    try:
        assert judged(post(), strange) == ("", None)
        assert judged(post(unit=OTHER), strange) == ("not-lead", None)
    finally:
        SURE.reset(token)


def test_a_refusal_comes_before_a_question():
    strange = result(parties=[US, Counted(unit(OTHER), 40)], outcomes={"nhac-nho": -1})
    assert judged(post(), strange) == ("count", "outcomes.nhac-nho")


def test_a_night_that_is_another_day_in_vietnam_counts_there():
    night = datetime(2026, 6, 1, 17, 30, tzinfo=UTC)
    ended = Counted(unit(OTHER, valid_until=date(2026, 6, 2)), 4)
    late = result(started_at=night, ended_at=night + timedelta(hours=1), parties=[US, ended])
    assert said(rules.may_report(post(), late, (LEAD, OTHER), (LEAD,), at(2, 8), date(2026, 6, 2))) == ("unit-not-then", "parties.1.unit")
