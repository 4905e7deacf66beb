from datetime import date, timedelta

import pytest

from phoihop.domain.matters import rules
from phoihop.domain.models import Grant, JoinRequest, Matter, Participation, Post, Unit
from tests.world import NOON, at

TODAY = date(2026, 6, 1)
LEAD, OTHER = 1, 2


def post(role="staff", unit=LEAD, **fields):
    return Post(pk=10 + unit, unit_id=unit, role=role, valid_from=date(2025, 7, 1), **fields)


def matter(**fields):
    return Matter(**{"lead_id": LEAD, "kind": "VV", "opened_at": NOON} | fields)


def unit(pk=OTHER, **fields):
    return Unit(pk=pk, name="Đơn vị", valid_from=date(2025, 7, 1), **fields)


def part(state, role="support", of=None, unit_id=OTHER, **fields):
    return Participation(matter=of or matter(), unit_id=unit_id, role=role, state=state, **fields)


def said(verdict):
    return (verdict.code, verdict.field)


@pytest.mark.parametrize(
    ("by", "of", "asked", "role", "expected"),
    [
        (post(), matter(), unit(), "support", ("", None)),
        (post(), matter(), unit(), "lead", ("", None)),
        (post(), matter(), unit(), "chief", ("no-such-role", "role")),
        (post("duty"), matter(), unit(), "support", ("not-your-role", None)),
        (post("partner"), matter(), unit(), "lead", ("not-your-role", None)),
        (post(valid_until=TODAY), matter(), unit(), "support", ("post-ended", None)),
        (post(unit=OTHER), matter(), unit(3), "support", ("not-lead", None)),
        (post(), matter(closed_at=NOON), unit(), "support", ("closed", None)),
        (post(), matter(), unit(LEAD), "support", ("lead-is-party", "unit")),
        (post(), matter(), unit(valid_until=TODAY), "support", ("unit-not-then", "unit")),
    ],
)
def test_the_lead_asks_units_of_today_to_take_part(by, of, asked, role, expected):
    assert said(rules.may_ask(by, of, [], asked, role, TODAY)) == expected


@pytest.mark.parametrize(
    ("state", "role", "code"),
    [
        ("asked", "support", "party-twice"),
        ("asked", "lead", "party-twice"),
        ("accepted", "support", "party-twice"),
        ("accepted", "inform", "party-twice"),
        ("accepted", "lead", ""),
        ("declined", "support", ""),
        ("unable", "support", ""),
        ("withdrawn", "support", ""),
        ("informed", "support", ""),
        ("informed", "inform", "party-twice"),
    ],
)
def test_who_is_there_already_is_asked_again_only_for_something_else(state, role, code):
    assert rules.may_ask(post(), matter(), [part(state)], unit(), role, TODAY).code == code


@pytest.mark.parametrize(
    ("by", "asked", "code"),
    [
        (post("duty", OTHER), part("asked"), ""),
        (post("partner", OTHER), part("asked"), ""),
        (post("duty", OTHER), part("accepted"), ""),
        (post("duty", OTHER), part("declined"), ""),
        (post("admin", OTHER), part("asked"), "not-your-role"),
        (post("duty", LEAD), part("asked"), "not-asked"),
        (post("duty", OTHER), part("asked", of=matter(closed_at=NOON)), "closed"),
        (post("duty", OTHER), part("informed"), "nothing-asked"),
        (post("duty", OTHER), part("withdrawn"), "nothing-asked"),
        (post("duty", LEAD), part("accepted", "lead", unit_id=LEAD), "leads-already"),
    ],
)
def test_a_unit_answers_for_itself_and_may_change_its_answer_until_the_matter_closes(by, asked, code):
    assert rules.may_answer(by, asked, TODAY).code == code


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        ("accepted", "", ("", None)),
        ("declined", "Trùng ca trực", ("", None)),
        ("declined", "  ", ("reason-missing", "reason")),
        ("unable", "", ("reason-missing", "reason")),
        ("asked", "x", ("no-such-answer", "state")),
        ("withdrawn", "x", ("no-such-answer", "state")),
    ],
)
def test_to_decline_takes_a_reason(state, reason, expected):
    assert said(rules.fits_answer(state, reason)) == expected


@pytest.mark.parametrize(
    ("by", "asked", "code"),
    [
        (post(), part("asked"), ""),
        (post(), part("informed"), ""),
        (post(), part("accepted"), "already-answered"),
        (post(), part("declined"), "already-answered"),
        (post(unit=OTHER), part("asked"), "not-lead"),
        (post("duty"), part("asked"), "not-your-role"),
    ],
)
def test_the_lead_withdraws_what_was_not_answered(by, asked, code):
    assert rules.may_withdraw_ask(by, asked, TODAY).code == code


@pytest.mark.parametrize(
    ("by", "to", "basis", "until", "expected"),
    [
        (post(), unit(), "QC 01/2026", None, ("", None)),
        (post(), unit(), "QC 01/2026", date(2026, 6, 2), ("", None)),
        (post(), unit(), "QC 01/2026", TODAY, ("ends-before", "until")),
        (post(), unit(), " ", None, ("text-missing", "basis")),
        (post(), unit(), "x" * 121, None, ("text-too-long", "basis")),
        (post(), unit(LEAD), "QC 01/2026", None, ("grant-to-self", "unit")),
        (post(), unit(valid_until=TODAY), "QC 01/2026", None, ("unit-not-then", "unit")),
        (post(unit=OTHER), unit(3), "QC 01/2026", None, ("not-lead", None)),
        (post("duty"), unit(), "QC 01/2026", None, ("not-your-role", None)),
    ],
)
def test_the_lead_lets_others_see_on_a_basis_until_a_day(by, to, basis, until, expected):
    assert said(rules.may_grant(by, matter(), to, basis, until, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "grant", "code"),
    [
        (post(), Grant(matter=matter()), ""),
        (post(), Grant(matter=matter(), ended_at=NOON), "already-ended"),
        (post(unit=OTHER), Grant(matter=matter()), "not-lead"),
    ],
)
def test_the_lead_ends_a_grant_once(by, grant, code):
    assert rules.may_end_grant(by, grant, TODAY).code == code


@pytest.mark.parametrize(
    ("by", "of", "code"),
    [
        (post(), matter(), ""),
        (post(), matter(opened_at=NOON - timedelta(days=1)), ""),
        (post(), matter(opened_at=NOON + timedelta(seconds=1)), "clock-set-back"),
        (post(), matter(closed_at=NOON), "closed"),
        (post(), matter(kind="TT"), "ends-by-result"),
        (post(unit=OTHER), matter(), "not-lead"),
        (post("duty"), matter(), "not-your-role"),
    ],
)
def test_the_lead_closes_what_does_not_end_by_a_result(by, of, code):
    assert rules.may_close(by, of, NOON).code == code


@pytest.mark.parametrize(
    ("by", "seen", "wish", "waiting", "closed", "code"),
    [
        (post("duty", OTHER), 0, "part", False, False, ""),
        (post("partner", OTHER), 0, "see", False, False, ""),
        (post("duty", OTHER), 1, "see", False, False, ""),
        (post("duty", OTHER), 2, "see", False, False, ""),
        (post("duty", OTHER), 3, "see", False, False, "sees-already"),
        (post("duty", OTHER), 3, "part", False, False, ""),
        (post("duty", OTHER), 4, "part", False, False, ""),
        (post("duty", OTHER), 5, "part", False, False, "sees-already"),
        (post("duty", OTHER), 0, "lead", False, False, "no-such-wish"),
        (post("duty", OTHER), 0, "see", True, False, "already-requested"),
        (post("duty", OTHER), 0, "part", False, True, "closed"),
        (post("duty", OTHER), 0, "see", False, True, ""),
        (post("admin", OTHER), 0, "see", False, False, "not-your-role"),
    ],
)
def test_a_unit_asks_for_more_than_it_has_and_once_at_a_time(by, seen, wish, waiting, closed, code):
    of = matter(closed_at=NOON if closed else None)
    assert rules.may_request(by, of, rules.Sight(seen), waiting, wish, TODAY).code == code


@pytest.mark.parametrize(
    ("by", "state", "reason", "expected"),
    [
        (post(), "open", "Việc nội bộ", ("", None)),
        (post(), "open", " ", ("reason-missing", "reason")),
        (post(), "met", "x", ("already-answered", None)),
        (post(), "declined", "x", ("already-answered", None)),
        (post(unit=OTHER), "open", "x", ("not-lead", None)),
        (post("duty"), "open", "x", ("not-your-role", None)),
    ],
)
def test_the_lead_declines_a_request_with_a_reason(by, state, reason, expected):
    assert said(rules.may_decline_request(by, JoinRequest(matter=matter(), state=state), reason, TODAY)) == expected


@pytest.mark.parametrize(
    ("state", "answer_by", "now", "late"),
    [
        ("asked", at(1, 12), at(1, 13), True),
        ("asked", at(1, 12), at(1, 12), False),
        ("accepted", at(1, 12), at(1, 13), False),
        ("asked", None, at(1, 13), False),
    ],
)
def test_an_answer_is_late_only_while_it_is_missing(state, answer_by, now, late):
    assert rules.answer_is_late(part(state, answer_by=answer_by), now) is late
