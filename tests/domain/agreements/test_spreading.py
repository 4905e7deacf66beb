"""Sent with a receipt, made known with counts; each unit for itself."""

from datetime import date, timedelta

import pytest

from phoihop.domain.agreements.actions.spreading import deliver, disseminate, receive
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.spreading import spread_of
from phoihop.domain.agreements.rules.needs import SPREAD_WITHIN
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.registered import holding, registered
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def test_a_sent_document_waits_until_the_addressee_says_that_it_has_it():
    w = songdat()
    a = holding(w)
    (sent,) = deliver(by=w.mai, agreement=a, units=[w.front_song], at=NOON)
    assert [n.need.value for n in needs_of(w.thu, TODAY)] == ["receive"]
    with pytest.raises(Refused) as refused:
        receive(by=w.mai, delivery=sent, at=NOON)
    assert refused.value.verdict.code == "not-addressee"
    receive(by=w.thu, delivery=sent, at=NOON)
    assert [(n.need.value, n.due) for n in needs_of(w.thu, TODAY)] == [("spread", NOON + SPREAD_WITHIN)]
    disseminate(by=w.thu, agreement=a, held_on=TODAY, attendance=40, at=NOON)
    assert needs_of(w.thu, TODAY) == []
    with pytest.raises(Refused) as refused:
        receive(by=w.thu, delivery=sent, at=NOON)
    assert refused.value.verdict.code == "received-already"


def test_who_received_it_may_send_it_on_and_who_has_not_may_not():
    w = songdat()
    a = holding(w)
    with pytest.raises(Refused) as refused:
        deliver(by=w.lan, agreement=a, units=[w.front_song], at=NOON)
    assert refused.value.verdict.code == "not-holder"
    (sent,) = deliver(by=w.mai, agreement=a, units=[w.police_song], at=NOON)
    receive(by=w.lan, delivery=sent, at=NOON)
    assert [d.unit for d in deliver(by=w.lan, agreement=a, units=[w.front_song], at=NOON)] == [w.front_song]


@pytest.mark.parametrize(
    ("units", "code"),
    [([], "no-units"), (["army"], "has-it-already"), (["front_song", "front_song"], "unit-twice"), (["police_song"], "sent-already")],
    ids=["nobody", "a party", "twice", "again"],
)
def test_where_a_document_is_sent(units, code):
    w = songdat()
    a = holding(w)
    deliver(by=w.mai, agreement=a, units=[w.police_song], at=NOON)
    with pytest.raises(Refused) as refused:
        deliver(by=w.mai, agreement=a, units=[getattr(w, u) for u in units], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "units")


def test_what_is_not_signed_yet_is_not_sent():
    w = songdat()
    with pytest.raises(Refused) as refused:
        deliver(by=w.mai, agreement=registered(w), units=[w.police_song], at=NOON)
    assert refused.value.verdict.code == "not-agreed"


@pytest.mark.parametrize(
    ("held_on", "attendance", "code", "field"),
    [
        (TODAY, 45, "", None),
        (TODAY + timedelta(days=1), 45, "held-later", "held_on"),
        (date(2024, 1, 9), 45, "held-before", "held_on"),
        (TODAY, 0, "attendance", "attendance"),
        (TODAY, 100_001, "attendance", "attendance"),
    ],
    ids=["fine", "tomorrow", "before it was issued", "nobody", "too many"],
)
def test_a_dissemination_has_a_day_and_a_count(held_on, attendance, code, field):
    w = songdat()
    a = holding(w)
    if not code:
        assert disseminate(by=w.dung, agreement=a, held_on=held_on, attendance=attendance, at=NOON).unit == w.army
        return
    with pytest.raises(Refused) as refused:
        disseminate(by=w.dung, agreement=a, held_on=held_on, attendance=attendance, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


def test_who_has_it_and_who_made_it_known_is_read_unit_by_unit():
    w = songdat()
    a = holding(w)
    first, _second = deliver(by=w.mai, agreement=a, units=[w.police_song, w.front_song], at=NOON)
    receive(by=w.lan, delivery=first, at=NOON)
    disseminate(by=w.lan, agreement=a, held_on=TODAY, attendance=40, proofs=[Upload("bien-ban.txt", "Biên bản".encode())], at=NOON)
    disseminate(by=w.lan, agreement=a, held_on=TODAY, attendance=12, at=NOON)
    seen = spread_of(w.mai, a, TODAY)
    assert (seen.sent, seen.received, seen.known, seen.attendance) == (2, 1, 1, 52)
    assert [r.unit.name for r in seen.units if not r.received] == ["Ủy ban MTTQ xã Sông"]
    assert spread_of(w.tu, a, TODAY).units == []


def test_who_has_not_received_it_cannot_have_made_it_known():
    w = songdat()
    with pytest.raises(Refused) as refused:
        disseminate(by=w.lan, agreement=holding(w), held_on=TODAY, attendance=10, at=NOON)
    assert refused.value.verdict.code == "not-holder"
