import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.parts import answer, ask, close, grant
from phoihop.domain.matters.actions.requests import request_to_join
from phoihop.domain.matters.actions.succession import hand_over_matters
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db


def hand_over(w, old, new):
    return hand_over_matters(by=w.node, old=old, new=new, day=local_day(at(2, 0)), at=at(2, 0))


def parts(matter):
    return set(matter.parts.values_list("unit__name", "role", "state"))


def test_open_leads_pass_with_a_term_and_an_event_and_closed_ones_stay():
    w, matter = opened()
    over = another(w)
    close(by=w.lan, matter=over, at=at(1, 13))
    assert hand_over(w, w.police_song, w.police_dat) == 1
    for one in (matter, over):
        one.refresh_from_db()
    assert (matter.lead, over.lead) == (w.police_dat, w.police_song)
    assert list(matter.lead_terms.order_by("since").values_list("unit", flat=True)) == [w.police_song.pk, w.police_dat.pk]
    assert [e.what for e in m.Event.objects.filter(matter=matter)] == ["matter.lead_passed"]
    assert list(verify()) == []


def test_parts_pass_with_their_answers():
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="cochair", at=NOON), state="accepted", at=NOON)
    ask(by=w.lan, matter=matter, unit=w.front_song, role="support", at=NOON)
    assert hand_over(w, w.militia_song, w.army) == 1
    matter.refresh_from_db()
    assert parts(matter) == {(w.army.name, "cochair", "accepted"), (w.front_song.name, "support", "asked")}
    assert (matter.waiting, matter.willing) == (1, 1)


@pytest.mark.parametrize(("own", "counted"), [("accepted", (0, 1)), ("asked", (1, 0))])
def test_where_the_heir_has_a_part_itself_that_one_stays(own, counted):
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON), state="accepted", at=NOON)
    mine = ask(by=w.lan, matter=matter, unit=w.army, role="advise", at=NOON)
    if own == "accepted":
        answer(by=w.dung, part=mine, state="accepted", at=NOON)
    hand_over(w, w.militia_song, w.army)
    matter.refresh_from_db()
    assert parts(matter) == {(w.militia_song.name, "support", "withdrawn"), (w.army.name, "advise", own)}
    assert (matter.waiting, matter.willing) == counted


def test_a_party_that_inherits_the_lead_leads():
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON), state="accepted", at=NOON)
    hand_over(w, w.police_song, w.militia_song)
    matter.refresh_from_db()
    assert (matter.lead, parts(matter)) == (w.militia_song, {(w.militia_song.name, "lead", "accepted")})
    assert (matter.waiting, matter.willing, list(verify())) == (0, 0, [])


def test_grants_in_force_and_open_requests_pass():
    w, matter = opened()
    grant(by=w.lan, matter=matter, unit=w.strangers, basis="QC 01", at=NOON)
    grant(by=w.lan, matter=matter, unit=w.strangers, basis="QC 02", until=local_day(at(2, 0)), at=NOON)
    request_to_join(by=w.hai, matter=matter, wish="part", at=NOON)
    request_to_join(by=w.dung, matter=matter, wish="part", at=NOON)
    assert hand_over(w, w.strangers, w.front_song) == 1
    assert list(m.Grant.objects.order_by("basis").values_list("unit", flat=True)) == [w.front_song.pk, w.strangers.pk]
    hand_over(w, w.station, w.border)
    assert set(m.JoinRequest.objects.values_list("unit", "state")) == {(w.border.pk, "open"), (w.army.pk, "open")}
    hand_over(w, w.border, w.army)
    assert set(m.JoinRequest.objects.values_list("unit", "state")) == {(w.border.pk, "met"), (w.army.pk, "open")}
