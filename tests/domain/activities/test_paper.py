from datetime import date

import pytest

from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.planning import cancel
from phoihop.domain.activities.actions.routes import join_campaign, open_campaign
from phoihop.domain.activities.queries.campaigns import campaigns
from phoihop.domain.activities.queries.paper import silent_parties, unsigned
from phoihop.domain.matters.actions.parts import ask
from phoihop.kernel.period import Period, local_day
from tests.domain.activities.steps import THREE, planned, reported
from tests.world import NOON, a_word, at, songdat

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def test_a_list_to_sign_holds_results_that_name_the_party_and_of_which_it_has_said_nothing():
    w = songdat()
    a, said, gone, _plan = reported(w, *THREE), reported(w, *THREE), reported(w, *THREE), planned(w, *THREE)
    confirm(by=w.binh, word=a_word(said), at=at(2, 7))
    cancel(by=w.lan, activity=gone, why="Ghi nhầm", at=at(2, 7))
    assert list(unsigned(w.lan, w.militia_song, JUNE, TODAY)) == [a]
    assert list(unsigned(w.lan, w.station, JUNE, TODAY)) == [a, said]
    assert list(unsigned(w.lan, w.militia_song, Period(date(2026, 5, 1), date(2026, 6, 1)), TODAY)) == []


def test_only_the_leads_own_patrols_stand_on_its_list():
    w = songdat()
    reported(w)
    assert list(unsigned(w.mai, w.militia_song, JUNE, TODAY)) == []
    assert list(unsigned(w.van, w.militia_song, JUNE, TODAY)) == []


def test_a_party_that_was_not_there_has_nothing_to_sign():
    w = songdat()
    a = planned(w, *THREE)
    reported(w, "police_song", "militia_song", a=a)
    assert list(unsigned(w.lan, w.station, JUNE, TODAY)) == []


def test_whose_word_is_waited_for_most_first():
    w = songdat()
    a, _b = reported(w, *THREE), reported(w)
    assert silent_parties(w.lan, JUNE, TODAY) == [(w.militia_song, 2), (w.station, 1)]
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    assert silent_parties(w.lan, JUNE, TODAY) == [(w.militia_song, 1), (w.station, 1)]
    assert silent_parties(w.mai, JUNE, TODAY) == []


def test_a_campaign_is_seen_by_who_leads_it_takes_part_or_directs_the_lead():
    w = songdat()
    opened = open_campaign(by=w.lan, name="Cao điểm cuối năm", area=w.province, first=date(2026, 6, 1), until=date(2026, 7, 1), at=NOON)
    ask(by=w.lan, matter=opened.matter, unit=w.militia_song, role="support", at=NOON)
    a = planned(w)
    assert join_campaign(by=w.lan, campaign=opened, activities=[a], at=NOON) == 1
    assert [list(campaigns(v, TODAY)) == [opened] for v in (w.lan, w.binh, w.mai, w.dung, w.hai, w.tu)] == [True, True, True, True, False, False]
