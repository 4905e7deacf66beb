import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.parts import ask, grant
from phoihop.domain.matters.actions.requests import decline_request, request_to_join
from phoihop.domain.matters.queries.requests import requests_to, who_leads
from phoihop.domain.matters.queries.sight import sight_of
from phoihop.domain.matters.rules import Sight
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def may(lead):
    return {wish: verdict.code for wish, verdict in lead.may.items()}


@pytest.mark.parametrize("typed", ["{code}", "  {lower} ", "{spaced}"])
def test_who_does_not_see_a_matter_learns_who_leads_and_that_it_may_ask(typed):
    w, matter = opened()
    code = matter.code
    lead = who_leads(w.tu, typed.format(code=code, lower=code.lower(), spaced=code.replace("-", " ")), TODAY)
    assert (lead.kind, lead.unit, may(lead), lead.asked) == ("VV", w.police_song, {"part": "", "see": ""}, None)


def test_the_lead_of_a_matter_that_is_no_more_than_named_carries_nothing_else():
    w, matter = opened()
    lead = who_leads(w.tu, matter.code, TODAY)
    assert sorted(lead.matter.get_deferred_fields()) == sorted(
        f.attname for f in m.Matter._meta.concrete_fields if f.name not in ("id", "code", "kind", "lead", "closed_at")
    )


@pytest.mark.parametrize("typed", ["VV-26-PH86-1-0", "VV-26-PH86-99-9", "không phải mã", ""])
def test_a_code_that_is_none_leads_nowhere(typed):
    w, _ = opened()
    assert who_leads(w.tu, typed, TODAY) is None


@pytest.mark.parametrize("poster", ["van", "quan"])
def test_posts_that_see_no_matters_learn_nothing(poster):
    w, matter = opened()
    assert who_leads(getattr(w, poster), matter.code, TODAY) is None


def test_a_request_waits_for_the_lead_and_for_nobody_else():
    w, matter = opened()
    made = request_to_join(by=w.tu, matter=matter, wish="see", at=NOON, why="Có liên quan địa bàn giáp ranh")
    assert list(requests_to(w.lan, TODAY)) == [made]
    assert [list(requests_to(post, TODAY)) for post in (w.binh, w.tu, w.van)] == [[], [], []]
    lead = who_leads(w.tu, matter.code, TODAY)
    assert (may(lead), lead.asked) == ({"part": "already-requested", "see": "already-requested"}, made)
    assert sight_of(w.tu, matter, TODAY) is Sight.NOTHING
    event = m.Event.objects.get()
    assert (event.what, made.why.digest in event.body, "giáp ranh" in event.body) == ("matter.join_requested", True, False)


def test_the_database_keeps_one_open_request_of_a_unit():
    w, matter = opened()
    request_to_join(by=w.tu, matter=matter, wish="see", at=NOON)
    with pytest.raises(Refused) as refused:
        request_to_join(by=w.tu, matter=matter, wish="part", at=NOON)
    assert refused.value.verdict.code == "already-requested"


def test_the_lead_answers_by_letting_see():
    w, matter = opened()
    made = request_to_join(by=w.tu, matter=matter, wish="see", at=NOON)
    grant(by=w.lan, matter=matter, unit=w.strangers, basis="Theo đề nghị", at=at(1, 13))
    made.refresh_from_db()
    assert (made.state, made.answered_at, sight_of(w.tu, matter, TODAY)) == ("met", at(1, 13), Sight.GRANTED)
    assert list(requests_to(w.lan, TODAY)) == []


@pytest.mark.parametrize(
    ("wish", "role", "state"),
    [("part", "support", "met"), ("see", "support", "met"), ("see", "inform", "met"), ("part", "inform", "open")],
)
def test_the_lead_answers_by_asking_or_telling(wish, role, state):
    w, matter = opened()
    made = request_to_join(by=w.tu, matter=matter, wish=wish, at=NOON)
    ask(by=w.lan, matter=matter, unit=w.strangers, role=role, at=at(1, 13))
    made.refresh_from_db()
    assert made.state == state


def test_letting_see_does_not_answer_who_wants_to_take_part():
    w, matter = opened()
    made = request_to_join(by=w.tu, matter=matter, wish="part", at=NOON)
    grant(by=w.lan, matter=matter, unit=w.strangers, basis="Theo đề nghị", at=at(1, 13))
    made.refresh_from_db()
    assert made.state == "open"


def test_the_lead_declines_with_a_reason_and_the_unit_may_ask_again():
    w, matter = opened()
    made = decline_request(by=w.lan, request=request_to_join(by=w.tu, matter=matter, wish="see", at=NOON), reason="Đang xác minh", at=at(1, 13))
    lead = who_leads(w.tu, matter.code, TODAY)
    assert (made.state, lead.asked.reason.text, may(lead)) == ("declined", "Đang xác minh", {"part": "", "see": ""})
    again = request_to_join(by=w.tu, matter=matter, wish="see", at=at(1, 14))
    assert list(requests_to(w.lan, TODAY)) == [again]


def test_a_request_meets_only_the_matter_it_was_made_of():
    w, matter = opened()
    made = request_to_join(by=w.tu, matter=matter, wish="see", at=NOON)
    grant(by=w.lan, matter=another(w), unit=w.strangers, basis="Theo đề nghị", at=at(1, 13))
    made.refresh_from_db()
    assert made.state == "open"
