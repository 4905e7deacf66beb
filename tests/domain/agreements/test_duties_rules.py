"""Duties as structure: what is refused, and where; how far one is met; what may be shown as having met it. No database."""

from datetime import date

import pytest

from phoihop.domain.agreements.rules import duties as rules
from phoihop.domain.agreements.rules.drafts import DutyDraft, DutyRoleDraft
from phoihop.domain.agreements.rules.duties import Met
from phoihop.domain.matters.rules import Sight
from phoihop.domain.models import Force, Matter, Occasion, Post, Task, Unit
from tests.world import NOON, at

TODAY = date(2026, 6, 1)
LEAD, OTHER = 1, 2
POLICE, MILITIA = Force(pk=1, code="CA"), Force(pk=2, code="DQ")


def post(role="staff", unit=LEAD, **fields):
    return Post(pk=unit, unit_id=unit, role=role, valid_from=date(2025, 7, 1), **fields)


def duty(**change):
    plain = {"act": "brief", "level": "commune", "cadence": "month", "roles": [DutyRoleDraft("lead", force=POLICE), DutyRoleDraft("support", force=MILITIA)]}
    return DutyDraft(**plain | change)


def said(verdict):
    return (verdict.code, verdict.field)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("", None)),
        ({"roles": [DutyRoleDraft("support", force=POLICE)]}, ("no-lead", "duties.0.roles")),
        ({"roles": [DutyRoleDraft("lead", force=POLICE), DutyRoleDraft("lead", force=MILITIA)]}, ("two-leads", "duties.0.roles")),
        ({"roles": [DutyRoleDraft("lead", force=POLICE), DutyRoleDraft("support", force=POLICE)]}, ("role-twice", "duties.0.roles.1")),
        ({"roles": [DutyRoleDraft("lead", unit=Unit(pk=7)), DutyRoleDraft("inform", unit=Unit(pk=7))]}, ("role-twice", "duties.0.roles.1")),
        ({"roles": [DutyRoleDraft("lead", unit=Unit(pk=7), force=POLICE)]}, ("role-of-one", "duties.0.roles.0")),
        ({"due_workdays": 0}, ("deadline-zero", "duties.0.due_workdays")),
        ({"cadence": "demand", "within_minutes": 0}, ("deadline-zero", "duties.0.within_minutes")),
        ({"cadence": "once"}, ("due-on-missing", "duties.0.due_on")),
        ({"cadence": "once", "due_on": TODAY}, ("", None)),
        ({"cadence": "year", "due_on": TODAY}, ("", None)),
        ({"due_on": TODAY}, ("day-not-yearly", "duties.0.due_on")),
        ({"due_workdays": 3, "due_day": 5}, ("due-two-ways", "duties.0.due_workdays")),
        ({"due_day": 32}, ("due-day", "duties.0.due_day")),
        ({"cadence": "week", "due_day": 5}, ("week-no-day", "duties.0.due_day")),
        ({"cadence": "demand", "due_workdays": 2}, ("demand-no-day", "duties.0.due_workdays")),
        ({"cadence": "demand", "within_minutes": 30}, ("", None)),
        ({"within_minutes": 30}, ("minutes-on-demand", "duties.0.within_minutes")),
        ({"act": "spy"}, ("no-such-act", "duties.0.act")),
    ],
)
def test_each_fault_of_a_duty_is_refused_at_its_place(change, expected):
    assert said(rules.fits_duties([duty(**change)], 40)) == expected


def test_the_same_duty_twice_in_a_clause_is_refused():
    assert said(rules.fits_duties([duty(), duty(act="report"), duty(due_workdays=3)], 40)) == ("duty-twice", "duties.2.act")


@pytest.mark.parametrize(
    ("state", "due", "first", "expected"),
    [
        ("open", at(3, 17), date(2026, 5, 15), Met.WAITING),
        ("asked", at(3, 17), TODAY, Met.WAITING),
        ("open", at(30, 17), date(2026, 6, 2), Met.AHEAD),
        ("open", at(1, 11), date(2026, 5, 15), Met.OVERDUE),
        ("answered", at(1, 11), date(2026, 5, 15), Met.DONE),
        ("closed", at(30, 17), date(2026, 6, 2), Met.DONE),
    ],
)
def test_the_clock_says_overdue_and_only_an_answer_says_done(state, due, first, expected):
    assert rules.met(state, due, first, NOON, TODAY) == expected


def occasion(state="open", **task):
    plain = {"pk": 5, "lead_id": LEAD, "giver_id": LEAD, "matter_id": 9, "state": state, "due_at": at(3, 17)}
    return Occasion(task=Task(**plain | task), first=date(2026, 5, 15), until=date(2026, 6, 15))


@pytest.mark.parametrize(
    ("by", "of", "act", "seen", "part", "linked", "expected"),
    [
        (post(), occasion(), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, False, ("", None)),
        (post("duty"), occasion("answered"), Matter(pk=3, lead_id=OTHER), Sight.WHOLE, "accepted", False, ("", None)),
        (post("auditor"), occasion(), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, False, ("not-your-role", None)),
        (post(unit=OTHER), occasion(), Matter(pk=3, lead_id=OTHER), Sight.WHOLE, None, False, ("not-lead", None)),
        (post(), occasion("withdrawn"), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, False, ("ended", None)),
        (post(), occasion("asked"), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, False, ("not-accepted", None)),
        (post(), occasion(), Matter(pk=3, lead_id=OTHER), Sight.FIGURES, None, False, ("act-not-seen", "matter")),
        (post(), occasion(), Matter(pk=3, lead_id=OTHER), Sight.WHOLE, "asked", False, ("act-of-others", "matter")),
        (post(), occasion(), Matter(pk=9, lead_id=LEAD), Sight.WHOLE, None, False, ("act-is-the-text", "matter")),
        (post(), occasion(), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, True, ("act-twice", "matter")),
    ],
)
def test_a_duty_is_met_by_an_act_that_its_lead_sees_and_had_a_part_in(by, of, act, seen, part, linked, expected):
    assert said(rules.may_link(by, of, act, seen, part, linked, TODAY)) == expected


def test_a_period_that_has_not_begun_is_not_met_yet():
    assert rules.may_link(post(), occasion(), Matter(pk=3, lead_id=LEAD), Sight.WHOLE, None, False, date(2026, 5, 14)).code == "not-begun"


@pytest.mark.parametrize(
    ("state", "acts", "due", "silent"),
    [("open", 0, at(1, 11), True), ("open", 1, at(1, 11), False), ("answered", 0, at(1, 11), False), ("open", 0, at(3, 17), False)],
)
def test_silence_is_due_without_act_or_answer(state, acts, due, silent):
    assert rules.is_silent(Task(state=state, due_at=due), acts, NOON) is silent
