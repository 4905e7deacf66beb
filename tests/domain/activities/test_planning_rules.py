from datetime import UTC, date, datetime, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.rules import LegDraft, PartyDraft
from phoihop.domain.matters.rules import Sight
from tests.domain.activities.bare import LEAD, OTHER, THIRD, TODAY, activity, area, draft, matter, post, said, unit
from tests.world import NOON, at

ENDED = {"valid_until": TODAY}
LATER = {"valid_from": date(2026, 6, 2)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("", None)),
        ({"end": at(1, 20)}, ("time-order", "end")),
        ({"end": at(1, 19)}, ("time-order", "end")),
        ({"end": at(3, 20)}, ("", None)),
        ({"end": at(3, 20, 1)}, ("too-long", "end")),
        ({"start": NOON + timedelta(days=400), "end": NOON + timedelta(days=400, hours=2)}, ("", None)),
        ({"start": NOON + timedelta(days=401), "end": NOON + timedelta(days=401, hours=2)}, ("too-far-ahead", "start")),
        ({"start": at(1, 20, month=5), "end": at(1, 22, month=5)}, ("", None)),
        ({"route_kind": "sky"}, ("no-such-kind", "route_kind")),
        ({"area": area(**ENDED)}, ("area-not-then", "area")),
        ({"area": area(**LATER)}, ("area-not-then", "area")),
        ({"route": m.Route(valid_until=date(2026, 6, 2))}, ("", None)),
        ({"route": m.Route(valid_until=TODAY)}, ("route-ended", "route")),
    ],
)
def test_a_plan_has_times_a_kind_an_area_and_a_route_of_its_day(change, expected):
    assert said(rules.fits_plan(draft(**change), LEAD, NOON)) == expected


@pytest.mark.parametrize(
    ("first", "until", "found"),
    [
        (at(1, 22), at(2, 2), ("", False, "")),
        (at(1, 6), at(1, 22), ("", False, "")),
        (at(1, 6), at(1, 22, 1), ("long", True, "16h")),
        (at(1, 22), at(2, 21), ("long", True, "23h")),
    ],
)
def test_hours_whose_days_were_understood_are_asked_about_when_they_make_it_long(first, until, found):
    verdict = rules.usual_length(first, until, "end")
    assert (verdict.code, verdict.asks, verdict.answer) == found


LEADS, COMES = PartyDraft(unit(LEAD), people=3), PartyDraft(unit(OTHER), people=4)


@pytest.mark.parametrize(
    ("parties", "followers", "expected"),
    [
        ([LEADS, COMES], [unit(THIRD)], ("", None)),
        ([], [], ("alone", "parties")),
        ([LEADS], [], ("alone", "parties")),
        ([LEADS], [unit(OTHER)], ("alone", "parties")),
        ([COMES], [], ("lead-missing", "parties")),
        ([LEADS, COMES, COMES], [], ("party-twice", "parties.2.unit")),
        ([LEADS, LEADS, COMES], [], ("party-twice", "parties.1.unit")),
        ([LEADS, COMES], [unit(OTHER)], ("party-twice", "followers")),
        ([LEADS, COMES], [unit(LEAD)], ("party-twice", "followers")),
        ([LEADS, COMES], [unit(THIRD), unit(THIRD)], ("party-twice", "followers")),
        ([LEADS, COMES], [unit(THIRD, **ENDED)], ("unit-not-then", "followers.0")),
        ([LEADS, PartyDraft(unit(OTHER, **ENDED))], [], ("unit-not-then", "parties.1.unit")),
        ([LEADS, PartyDraft(unit(OTHER, **LATER))], [], ("unit-not-then", "parties.1.unit")),
        ([LEADS, PartyDraft(unit(OTHER), people=-1)], [], ("headcount", "parties.1.people")),
        ([LEADS, PartyDraft(unit(OTHER), people=5000)], [], ("", None)),
        ([LEADS, PartyDraft(unit(OTHER), people=1_000_000)], [], ("headcount", "parties.1.people")),
        ([LEADS, PartyDraft(unit(OTHER), teams=-1)], [], ("teams", "parties.1.teams")),
        ([LEADS, PartyDraft(unit(OTHER), teams=201)], [], ("teams", "parties.1.teams")),
        ([LEADS, PartyDraft(unit(OTHER), team=0)], [], ("teams", "parties.1.team")),
        ([LEADS, PartyDraft(unit(OTHER), team=201)], [], ("teams", "parties.1.team")),
        ([LEADS, PartyDraft(unit(OTHER), role="lead")], [], ("", None)),
        ([LEADS, PartyDraft(unit(OTHER), role="cochair"), PartyDraft(unit(THIRD), role="advise")], [], ("", None)),
        ([LEADS, PartyDraft(unit(OTHER), role="lead"), PartyDraft(unit(THIRD), role="lead")], [], ("two-leads", "parties")),
        ([LEADS, PartyDraft(unit(OTHER), role="inform")], [], ("no-such-role", "parties.1.role")),
        ([LEADS, PartyDraft(unit(OTHER), role="chief")], [], ("no-such-role", "parties.1.role")),
    ],
)
def test_a_plan_names_each_unit_once_the_lead_and_another_among_them(parties, followers, expected):
    assert said(rules.fits_plan(draft(parties=parties, followers=followers), LEAD, NOON)) == expected


def leg(first, until, of=None):
    return LegDraft(of or area(), first, until)


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        ([leg(at(1, 20), at(1, 22))], ("", None)),
        ([leg(at(1, 20), at(1, 21)), leg(at(1, 21), at(1, 22), area(2))], ("", None)),
        ([leg(at(1, 20), at(1, 21), area(2)), leg(at(1, 21), at(1, 22))], ("first-leg", "legs.0.area")),
        ([leg(at(1, 20), at(1, 20))], ("time-order", "legs.0.until")),
        ([leg(at(1, 20), at(1, 21)), leg(at(1, 20, 59), at(1, 22))], ("legs-overlap", "legs.1.first")),
        ([leg(at(1, 19), at(1, 21))], ("leg-outside", "legs.0.first")),
        ([leg(at(1, 21), at(1, 23))], ("leg-outside", "legs.0.first")),
        ([leg(at(1, 20), at(1, 21)), leg(at(1, 21), at(1, 22), area(2, **ENDED))], ("area-not-then", "legs.1.area")),
    ],
)
def test_legs_follow_one_another_within_the_patrol_from_its_own_area_on(legs, expected):
    assert said(rules.fits_plan(draft(legs=legs), LEAD, NOON)) == expected


def test_days_are_those_of_vietnam_in_whatever_zone_the_times_come():
    night = draft(start=datetime(2026, 6, 1, 18, tzinfo=UTC), end=datetime(2026, 6, 1, 20, tzinfo=UTC))
    assert rules.fits_plan(night, LEAD, NOON).code == ""
    ends_before = draft(start=night.start, end=night.end, area=area(valid_until=date(2026, 6, 2)))
    assert said(rules.fits_plan(ends_before, LEAD, NOON)) == ("area-not-then", "area")


def test_a_refused_place_says_which_and_when():
    verdict = rules.fits_plan(draft(area=area(**ENDED)), LEAD, NOON)
    assert str(verdict.reason) == "Xã Xã 1 không tồn tại vào ngày 01/06/2026."


@pytest.mark.parametrize(
    ("by", "of", "code"),
    [
        (post("duty"), activity(), ""),
        (post("partner"), activity(), "not-your-role"),
        (post(unit=OTHER), activity(), "not-lead"),
        (post(), activity(cancelled_at=NOON), "cancelled"),
        (post(), activity(claim="held"), "has-result"),
        (post(), activity(claim="not_held"), "has-result"),
        (post(), activity(started_at=NOON), ""),
    ],
)
def test_the_lead_changes_its_plan_until_there_is_a_result(by, of, code):
    assert rules.may_change(by, of, TODAY).code == code


@pytest.mark.parametrize(
    ("was", "drafted", "expected"),
    [(False, False, ("", None)), (True, True, ("", None)), (False, True, ("exercise-fixed", "exercise")), (True, False, ("exercise-fixed", "exercise"))],
)
def test_an_exercise_stays_one_and_a_patrol_never_becomes_one(was, drafted, expected):
    assert said(rules.stays_what_it_is(activity(matter=matter(exercise=was)), draft(exercise=drafted))) == expected


@pytest.mark.parametrize(("seen", "code"), [(3, ""), (2, "changed-meanwhile"), (4, "changed-meanwhile")])
def test_who_edits_an_older_version_is_shown_both(seen, code):
    assert rules.unchanged(activity(version=3), seen).code == code


@pytest.mark.parametrize(
    ("by", "of", "why", "expected"),
    [
        (post("duty"), activity(), "Mưa bão", ("", None)),
        (post(), activity(claim="held"), "Nhập nhầm", ("", None)),
        (post(), activity(), " ", ("reason-missing", "why")),
        (post(), activity(cancelled_at=NOON), "x", ("cancelled", None)),
        (post(unit=OTHER), activity(), "x", ("not-lead", None)),
        (post("partner"), activity(), "x", ("not-your-role", None)),
    ],
)
def test_the_lead_cancels_once_and_says_why(by, of, why, expected):
    assert said(rules.may_cancel(by, of, why, TODAY)) == expected


@pytest.mark.parametrize(("count", "code"), [(0, "too-many"), (1, ""), (200, ""), (201, "too-many")])
def test_at_most_two_hundred_at_once(count, code):
    assert rules.at_most(count).code == code


@pytest.mark.parametrize(("keys", "expected"), [([], ("", None)), ([1, 2, 3], ("", None)), ([1, 2, 1], ("named-twice", "words.2"))])
def test_a_batch_names_each_patrol_once(keys, expected):
    assert said(rules.each_once(keys, "words")) == expected


@pytest.mark.parametrize(
    ("field", "count", "expected"),
    [("end", 1, "end"), ("end", 200, "drafts.7.end"), (None, 200, "drafts.7"), (None, 1, None)],
)
def test_a_refusal_in_a_batch_names_its_row(field, count, expected):
    assert rules.of_row(rules.unchanged(activity(version=1), 2).at(field), "drafts", 7, count).field == expected


@pytest.mark.parametrize(
    ("change", "seen", "code"),
    [
        ({}, 5, ""),
        ({}, 4, "not-party"),
        ({"by": post("duty")}, 5, "not-your-role"),
        ({"a": activity(matter=matter(lead_id=OTHER))}, 5, "not-lead"),
        ({"a": activity(cancelled_at=NOON)}, 5, "cancelled"),
        ({"closed": NOON}, 5, "closed"),
        ({"first": date(2026, 6, 2)}, 5, "outside-campaign"),
        ({"until": TODAY}, 5, "outside-campaign"),
        ({"a": activity(planned_start=at(1, 23, 50), day=date(2026, 6, 2), claim="held"), "until": date(2026, 6, 2)}, 5, ""),
    ],
)
def test_a_patrol_joins_a_campaign_of_its_planned_day_by_its_own_lead(change, seen, code):
    given = {"by": post(), "a": activity(), "closed": None, "first": TODAY, "until": date(2026, 6, 30)} | change
    campaign = m.Campaign(matter=m.Matter(closed_at=given["closed"]), first=given["first"], until=given["until"])
    assert rules.may_join(given["by"], campaign, Sight(seen), given["a"], TODAY).code == code
