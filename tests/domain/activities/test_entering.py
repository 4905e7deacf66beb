import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.entering import enter_many
from phoihop.domain.activities.actions.planning import change
from phoihop.domain.activities.rules import PartyDraft
from phoihop.domain.matters.actions.requests import request_to_join
from tests.domain.activities.steps import events, planned, refused
from tests.world import NOON, a_draft, a_result, at, songdat

pytestmark = pytest.mark.django_db


def entries(w, *hours):
    drafts = [a_draft(w, start=at(1, hour), end=at(1, hour + 1)) for hour in hours]
    results = [a_result(w, m.Activity(), started_at=d.start, ended_at=d.end) for d in drafts]
    return drafts, results


def test_what_took_place_without_a_plan_is_recorded_in_one_act():
    w = songdat()
    drafts, results = entries(w, 6, 8)
    made = enter_many(by=w.lan, drafts=drafts, results=results, at=NOON)
    assert [(a.planned, a.claim, a.started_at) for a in made] == [(False, "held", at(1, 6)), (False, "held", at(1, 8))]
    assert events() == ["patrol.planned", "patrol.planned", "patrol.reported", "patrol.reported"]
    assert m.Fact.objects.count() == 0


def test_if_one_result_is_refused_nothing_is_recorded_and_the_refusal_says_which():
    w = songdat()
    drafts, results = entries(w, 6, 13)
    assert refused(lambda: enter_many(by=w.lan, drafts=drafts, results=results, at=NOON)) == ("in-future", "results.1.ended_at")
    assert m.Activity.objects.count() == 0


def test_each_draft_has_its_result():
    w = songdat()
    drafts, results = entries(w, 6, 8)
    assert refused(lambda: enter_many(by=w.lan, drafts=drafts, results=results[:1], at=NOON)) == ("not-beside", "results")


def test_a_unit_that_asked_to_take_part_and_is_put_on_the_patrol_has_its_request_met():
    w = songdat()
    a = planned(w)
    asked = request_to_join(by=w.hai, matter=a.matter, wish="part", at=NOON)
    parties = [PartyDraft(w.police_song, people=3), PartyDraft(w.militia_song, people=4), PartyDraft(w.station, people=2)]
    change(by=w.lan, activity=a, draft=a_draft(w, parties=parties), version=a.version, at=NOON)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == ("met", NOON)


def test_a_unit_that_asked_to_see_and_is_told_has_its_request_met():
    w = songdat()
    a = planned(w)
    see = request_to_join(by=w.thu, matter=a.matter, wish="see", at=NOON)
    part = request_to_join(by=w.hai, matter=a.matter, wish="part", at=NOON)
    change(by=w.lan, activity=a, draft=a_draft(w, followers=[w.front_song, w.station]), version=a.version, at=NOON)
    see.refresh_from_db()
    part.refresh_from_db()
    assert (see.state, part.state) == ("met", "open")
