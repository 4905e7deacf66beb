from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.rules import Word
from phoihop.kernel import gates
from phoihop.kernel.verdict import Refused
from tests.domain.activities.bare import LEAD, OTHER, THIRD, TODAY, activity, matter, post, said
from tests.world import NOON, at

HELD = {"claim": "held", "recorder_id": LEAD, "digest": "d1"}


def word(of=None, agrees=True, **change):
    return Word(**{"activity": of or activity(**HELD), "digest": "d1", "agrees": agrees} | change)


def strength(unit=OTHER, people=4):
    return m.Strength(unit_id=unit, people=people, teams=1)


@pytest.mark.parametrize(
    ("said_word", "mine", "expected"),
    [
        (word(), strength(), ("", None)),
        (word(), None, ("not-party", None)),
        (word(), strength(LEAD), ("lead-confirms", None)),
        (word(activity(**HELD, cancelled_at=NOON)), strength(), ("cancelled", None)),
        (word(activity(digest="d1")), strength(), ("no-result", None)),
        (word(digest="d0"), strength(), ("digest", None)),
        (word(agrees=False, note="Tổ tôi không đi"), strength(), ("", None)),
        (word(agrees=False, note=" "), strength(), ("reason-missing", "note")),
        (word(people=5), strength(), ("", None)),
        (word(people=-1), strength(), ("headcount", "people")),
        (word(people=1_000_000), strength(), ("headcount", "people")),
        (word(teams=201), strength(), ("teams", "teams")),
        (word(), strength(people=None), ("absent", "people")),
        (word(), strength(people=0), ("absent", "people")),
        (word(people=0), strength(people=4), ("absent", "people")),
        (word(people=5), strength(people=None), ("", None)),
        (word(agrees=False, note="Tổ tôi không đi"), strength(people=None), ("", None)),
        (word(activity(claim="not_held", recorder_id=LEAD, digest="d1")), strength(people=None), ("", None)),
        (word(activity(**HELD, matter=matter(lead_id=OTHER))), strength(OTHER), ("", None)),
    ],
)
def test_a_party_speaks_for_itself_of_exactly_what_it_was_shown(said_word, mine, expected):
    assert said(rules.may_confirm(said_word, mine)) == expected


@pytest.mark.parametrize(
    ("fields", "present", "spoken", "over"),
    [
        ({"claim": "held", "confirmed": 1}, {LEAD, OTHER}, {OTHER}, True),
        ({"claim": "held", "confirmed": 1}, {LEAD, OTHER, THIRD}, {OTHER}, False),
        ({"claim": "held", "confirmed": 2}, {LEAD, OTHER, THIRD}, {OTHER, THIRD}, True),
        ({"claim": "held", "confirmed": 1, "disputed": 1}, {LEAD, OTHER, THIRD}, {OTHER, THIRD}, False),
        ({"claim": "held"}, {LEAD, OTHER}, set(), False),
        ({"claim": "not_held"}, set(), set(), False),
        ({"claim": "not_held", "confirmed": 1}, set(), {OTHER}, True),
        ({}, set(), set(), False),
        ({"cancelled_at": NOON}, {LEAD, OTHER}, set(), True),
        ({"claim": "held", "cancelled_at": NOON}, {LEAD, OTHER}, set(), True),
    ],
)
def test_all_is_said_when_each_that_was_there_has_spoken_and_none_disputes(fields, present, spoken, over):
    assert rules.all_said(activity(recorder_id=LEAD, **fields), present, spoken) is over


@pytest.mark.parametrize(
    ("by", "of", "party", "expected"),
    [
        (post("duty"), HELD, strength(), ("", None)),
        (post("partner"), HELD, strength(), ("not-your-role", None)),
        (post(unit=OTHER), HELD, strength(), ("not-lead", None)),
        (post(), HELD | {"cancelled_at": NOON}, strength(), ("cancelled", None)),
        (post(), {}, strength(), ("no-result", None)),
        (post(), HELD, None, ("not-party", "unit")),
        (post(), HELD, strength(LEAD), ("not-party", "unit")),
    ],
)
def test_the_lead_makes_links_for_parties_once_there_is_a_result(by, of, party, expected):
    assert said(rules.may_make_link(by, activity(**of), party, TODAY)) == expected


@pytest.mark.parametrize(
    ("role", "used_at", "now", "code"),
    [
        ("node", None, at(1, 13), ""),
        ("node", None, NOON + timedelta(days=7), "link-expired"),
        ("node", at(1, 12), at(1, 13), "link-used"),
        ("staff", None, at(1, 13), "not-your-role"),
        ("admin", None, at(1, 13), "not-your-role"),
    ],
)
def test_a_link_is_good_once_for_seven_days_and_only_through_its_page(role, used_at, now, code):
    link = m.ConfirmLink(activity_id=1, used_at=used_at, expires_at=NOON + rules.LINK_LIVES)
    assert rules.may_speak_by_link(post(role), link, now).code == code


@pytest.mark.parametrize(("patrol", "code"), [(1, ""), (2, "other-patrol")])
def test_a_link_is_for_one_patrol(patrol, code):
    assert rules.is_for(word(activity(pk=patrol)), m.ConfirmLink(activity_id=1)).code == code


@pytest.mark.parametrize(
    ("by", "number", "signed_on", "lead", "expected"),
    [
        (post(), "15/DS-BCHQS", TODAY, LEAD, ("", None)),
        (post("duty"), "15/DS-BCHQS", TODAY, LEAD, ("not-your-role", None)),
        (post(), " ", TODAY, LEAD, ("text-missing", "number")),
        (post(), "x" * 41, TODAY, LEAD, ("text-too-long", "number")),
        (post(), "15/DS-BCHQS", date(2026, 6, 3), LEAD, ("in-future", "signed_on")),
        (post(), "15/DS-BCHQS", date(2026, 5, 31), LEAD, ("signed-before", "signed_on")),
        (post(), "15/DS-BCHQS", TODAY, OTHER, ("not-lead", None)),
    ],
)
def test_the_lead_enters_a_signed_list_of_its_own_patrols(by, number, signed_on, lead, expected):
    rows = [activity(), activity(pk=2, matter=matter(lead_id=lead))]
    assert said(rules.may_enter_paper(by, rows, number, signed_on, date(2026, 6, 2))) == expected


@pytest.mark.django_db
def test_a_digest_that_holds_a_telephone_number_by_chance_passes_the_gates():
    chance = "e5" * 20 + "0912345678" + "c" * 14
    gates.inspect({"word": word(digest=chance)})
    with pytest.raises(Refused):
        gates.inspect({"word": word(note="Gọi 0912 345 678")})
