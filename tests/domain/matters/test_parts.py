import json

import pytest
from django.db import IntegrityError, transaction

from phoihop.domain import models as m
from phoihop.domain.matters.actions.parts import answer, ask, close, end_grant, grant, withdraw_ask
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.matters.queries.sight import sight_of
from phoihop.domain.matters.rules import Sight
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from tests.domain.matters.opened import opened
from tests.world import NOON, at, person

pytestmark = pytest.mark.django_db


def told(event):
    return event.what, json.loads(event.body)


def last(count=1):
    return [told(e) for e in m.Event.objects.order_by("-seq")[:count]][::-1]


def counts(matter):
    matter.refresh_from_db()
    return matter.waiting, matter.willing


def test_a_unit_is_asked_and_accepts():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON, answer_by=at(2, 12))
    assert (part.state, counts(matter)) == ("asked", (1, 0))
    assert last() == [("matter.asked", {"unit": w.militia_song.key, "role": "support", "answer_by": "2026-06-02T05:00:00+00:00"})]
    part = answer(by=w.binh, part=part, state="accepted", at=at(1, 13))
    assert (part.state, part.answered_at, counts(matter)) == ("accepted", at(1, 13), (0, 1))
    assert last() == [("matter.answered", {"state": "accepted", "role": "support"})]


def test_a_unit_declines_with_a_reason_that_the_journal_keeps_only_as_a_digest():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON)
    part = answer(by=w.binh, part=part, state="declined", at=at(1, 13), reason="Trùng ca trực sẵn sàng")
    assert (part.state, part.reason.text, counts(matter)) == ("declined", "Trùng ca trực sẵn sàng", (0, 0))
    assert last()[0][1] == {"state": "declined", "role": "support", "reason": {"text": part.reason.pk, "sha256": part.reason.digest}}
    assert sight_of(w.binh, matter, local_day(NOON)) is Sight.TITLE


def test_an_answer_may_be_changed_and_the_declined_asked_again():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON)
    answer(by=w.binh, part=part, state="unable", at=at(1, 13), reason="Thiếu xuồng")
    part = answer(by=w.binh, part=part, state="accepted", at=at(1, 14))
    assert (part.state, part.reason) == ("accepted", None)
    answer(by=w.binh, part=part, state="declined", at=at(1, 15), reason="Có lệnh khác")
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="cochair", at=at(1, 16))
    assert (part.role, part.state, part.answered_at, part.reason, counts(matter)) == ("cochair", "asked", None, None, (1, 0))


def test_a_follower_is_told_and_asked_for_nothing():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.front_song, role="inform", at=NOON)
    assert (part.state, counts(matter), last()[0][0]) == ("informed", (0, 0), "matter.informed")
    assert sight_of(w.thu, matter, local_day(NOON)) is Sight.SHARED


def test_an_unanswered_ask_is_withdrawn():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON)
    part = withdraw_ask(by=w.lan, part=part, at=at(1, 13))
    assert (part.state, counts(matter), sight_of(w.binh, matter, local_day(NOON))) == ("withdrawn", (0, 0), Sight.NOTHING)


def test_the_lead_passes_only_when_the_other_accepts():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="lead", at=NOON)
    matter.refresh_from_db()
    assert matter.lead == w.police_song
    answer(by=w.binh, part=part, state="accepted", at=at(1, 13))
    matter.refresh_from_db()
    assert matter.lead == w.militia_song
    assert list(matter.lead_terms.order_by("since").values_list("unit", "since")) == [(w.police_song.pk, NOON), (w.militia_song.pk, at(1, 13))]
    assert sorted(matter.parts.values_list("unit", "role", "state")) == sorted(
        [(w.militia_song.pk, "lead", "accepted"), (w.police_song.pk, "support", "accepted")]
    )
    assert [what for what, _ in last(2)] == ["matter.answered", "matter.lead_passed"]
    assert list(verify()) == []


def test_the_lead_comes_back_to_a_unit_that_takes_part():
    w, matter = opened()
    chief = person("châu", w.militia_song, "staff")
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="lead", at=NOON), state="accepted", at=at(1, 13))
    offer = ask(by=chief, matter=matter, unit=w.police_song, role="lead", at=at(1, 14))
    assert (offer.was, offer.state) == ("support", "asked")
    answer(by=w.lan, part=offer, state="accepted", at=at(1, 15))
    matter.refresh_from_db()
    assert (matter.lead, matter.lead_terms.count()) == (w.police_song, 3)
    assert set(matter.parts.values_list("unit", "role", "state", "was")) == {
        (w.police_song.pk, "lead", "accepted", ""),
        (w.militia_song.pk, "support", "accepted", ""),
    }
    assert list(verify()) == []


@pytest.mark.parametrize("state", ["declined", "unable"])
def test_a_party_that_will_not_lead_still_takes_part(state):
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="cochair", at=NOON), state="accepted", at=NOON)
    offer = ask(by=w.lan, matter=matter, unit=w.militia_song, role="lead", at=at(1, 13))
    part = answer(by=w.binh, part=offer, state=state, at=at(1, 14), reason="Không đủ cán bộ")
    assert (part.role, part.state, part.was, part.reason.text, counts(matter)) == ("cochair", "accepted", "", "Không đủ cán bộ", (0, 1))
    assert last()[0][1]["state"] == state


def test_an_offer_of_the_lead_is_withdrawn_and_the_party_stays():
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON), state="accepted", at=NOON)
    part = withdraw_ask(by=w.lan, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="lead", at=at(1, 13)), at=at(1, 14))
    assert (part.role, part.state, part.was) == ("support", "accepted", "")


def test_who_leads_cannot_just_leave():
    w, matter = opened()
    part = answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="lead", at=NOON), state="accepted", at=at(1, 13))
    with pytest.raises(Refused) as refused:
        answer(by=w.binh, part=part, state="declined", at=at(1, 14), reason="Thôi")
    assert refused.value.verdict.code == "leads-already"


def test_the_database_refuses_a_second_lead_at_one_moment_and_a_matter_without_one():
    w, matter = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        m.LeadTerm.objects.create(matter=matter, unit=w.militia_song, since=matter.opened_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        m.Matter.objects.filter(pk=matter.pk).update(lead=None)


def test_a_grant_opens_the_matter_until_it_ends():
    w, matter = opened()
    given = grant(by=w.lan, matter=matter, unit=w.strangers, basis="Quy chế 01/QC-2026", at=NOON)
    assert sight_of(w.tu, matter, local_day(NOON)) is Sight.GRANTED
    end_grant(by=w.lan, grant=given, at=at(1, 13))
    assert sight_of(w.tu, matter, local_day(NOON)) is Sight.NOTHING
    assert [what for what, _ in last(2)] == ["matter.granted", "matter.grant_ended"]


def test_closing_freezes_the_answers():
    w, matter = opened()
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON)
    close(by=w.lan, matter=matter, at=at(1, 13))
    with pytest.raises(Refused) as refused:
        answer(by=w.binh, part=part, state="accepted", at=at(1, 14))
    assert (refused.value.verdict.code, m.Participation.objects.get().state) == ("closed", "asked")


@pytest.mark.parametrize(
    ("poster", "code"),
    [("binh", "not-your-role"), ("mai", "not-lead"), ("van", "not-your-role")],
)
def test_nobody_else_asks_in_the_leads_name(poster, code):
    w, matter = opened()
    with pytest.raises(Refused) as refused:
        ask(by=getattr(w, poster), matter=matter, unit=w.station, role="support", at=NOON)
    assert (refused.value.verdict.code, m.Participation.objects.count(), m.Event.objects.count()) == (code, 0, 0)
