"""Units below are asked for theirs; the clock may say late, nobody answers for another."""

from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import set_bases
from phoihop.domain.agreements.actions.cascade import adopt_as_is, adopt_with_own, ask_below, decline_adoption, remind_below
from phoihop.domain.agreements.queries.cascade import cascade_of, units_in_scope
from phoihop.domain.agreements.queries.listed import register
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.needs import ANSWERED_BY, Needs
from phoihop.domain.people.rules import MAY, roles_with
from phoihop.kernel.action import answering
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import a_regulation
from tests.domain.agreements.registered import holding, registered
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db
TODAY, DUE = date(2026, 6, 1), date(2026, 7, 1)


def asked(w, *units, **change):
    a = holding(w, **change)
    ask_below(by=w.mai, agreement=a, units=units or (w.police_song, w.militia_song, w.police_dat), due_on=DUE, at=NOON)
    return a


def test_the_communes_units_of_the_parties_forces_are_proposed():
    w = songdat()
    assert units_in_scope(holding(w), TODAY) == [w.police_song, w.militia_song, w.police_dat]


def test_who_is_asked_sees_the_agreement_and_what_waits_for_it():
    w = songdat()
    assert list(register(w.lan, TODAY)) == []
    a = asked(w)
    assert list(register(w.lan, TODAY)) == [a]
    assert [(n.agreement, n.need.value, n.due) for n in needs_of(w.lan, TODAY)] == [(a.pk, "adopt", at(2, 0, month=7))]


def test_each_answers_for_itself_in_one_of_three_ways():
    w = songdat()
    a = asked(w)
    song, militia, dat = (a.adoptions.get(unit=u) for u in (w.police_song, w.militia_song, w.police_dat))
    own = a_regulation(w)
    set_bases(by=w.lan, agreement=own, bases=[BasisDraft("implements", earlier=a)], at=NOON)
    adopt_with_own(by=w.lan, adoption=song, own=own, at=NOON)
    m.Post.objects.filter(pk=w.phuong.pk).update(role="staff")
    phuong = m.Post.objects.get(pk=w.phuong.pk)
    decline_adoption(by=phuong, adoption=dat, reason="Phường không có địa bàn giáp ranh.", at=NOON)
    seen = cascade_of(w.mai, a, DUE + timedelta(days=1))
    assert dict(seen.counts) == {"adapted": 1, "waiting": 1, "declined": 1}
    assert (seen.answered, seen.total, seen.late) == (2, 3, 1)
    assert [(line.area.name, line.worst) for line in seen.lines] == [("Sông", "late"), ("Đất", "declined")]
    with pytest.raises(Refused) as refused:
        adopt_as_is(by=w.lan, adoption=militia, at=NOON)
    assert refused.value.verdict.code == "not-asked"
    with pytest.raises(Refused) as asked_back:
        adopt_as_is(by=phuong, adoption=dat, at=NOON)
    assert (asked_back.value.verdict.code, asked_back.value.verdict.asks) == ("answered-otherwise", True)
    assert m.Adoption.objects.get(pk=dat.pk).form == "declined"
    assert answering(adopt_as_is, [asked_back.value.verdict.answer])(by=phuong, adoption=dat, at=NOON).form == "asis"


def test_who_signs_for_the_front_answers_for_it_and_asks_nobody_below():
    w = songdat()
    a = asked(w, w.front_song)
    assert (w.thu.role, [n.need.value for n in needs_of(w.thu, TODAY)]) == ("partner", ["adopt"])
    assert adopt_as_is(by=w.thu, adoption=a.adoptions.get(), at=NOON).form == "asis"
    with pytest.raises(Refused) as refused:
        remind_below(by=w.thu, agreement=a, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.permission) == ("not-your-role", "agreement.cascade")


# What an agreement asks of a party, not of its lead.
OF_A_PARTY = ("opinion", "sign", "approve", "paper", "adopt", "receive", "spread", "prepare", "team", "shift")


@pytest.mark.parametrize("need", OF_A_PARTY)
def test_whoever_may_sign_for_a_unit_may_answer_what_is_asked_of_it(need):
    signers = roles_with("agreement.sign")
    assert signers == ["commander", "partner"]
    assert [role for role in signers if not MAY[role] & set(ANSWERED_BY[Needs(need)])] == []


def test_what_is_asked_is_asked_of_a_party_or_of_the_lead():
    assert [need.value for need in ANSWERED_BY if need.value not in OF_A_PARTY] == ["wishes", "proposal", "review", "practise"]


@pytest.mark.parametrize(
    ("based", "lead", "code"), [(False, "lan", "own-without-basis"), (True, "mai", "own-not-signed")], ids=["without basis", "signed by others"]
)
def test_an_own_text_is_signed_by_the_unit_and_names_the_upper_one(based, lead, code):
    w = songdat()
    a = asked(w)
    own = a_regulation(w) if lead == "lan" else holding(w, number="07/QC-CAT")
    if based:
        m.Basis.objects.create(agreement=own, kind="implements", earlier=a)
    with pytest.raises(Refused) as refused:
        adopt_with_own(by=w.lan, adoption=a.adoptions.get(unit=w.police_song), own=own, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "own")


def test_declining_takes_a_reason():
    w = songdat()
    a = asked(w)
    with pytest.raises(Refused) as refused:
        decline_adoption(by=w.lan, adoption=a.adoptions.get(unit=w.police_song), reason=" ", at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("text-missing", "reason")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"units": []}, "no-units", "units"),
        ({"units": ["police_song", "police_song"]}, "unit-twice", "units"),
        ({"units": ["army"]}, "party-below", "units"),
        ({"due_on": TODAY}, "due-past", "due_on"),
        ({"due_on": date(2036, 7, 1)}, "due-far", "due_on"),
        ({"by": "dung"}, "not-lead", None),
    ],
    ids=["nobody", "twice", "a party", "today", "far", "not the lead"],
)
def test_who_is_asked_and_until_when(change, code, field):
    w = songdat()
    a = holding(w)
    plain = {"by": "mai", "units": ["police_song"], "due_on": DUE} | change
    with pytest.raises(Refused) as refused:
        ask_below(by=getattr(w, plain["by"]), agreement=a, units=[getattr(w, u) for u in plain["units"]], due_on=plain["due_on"], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


def test_only_what_every_party_signed_goes_down():
    w = songdat()
    with pytest.raises(Refused) as refused:
        ask_below(by=w.mai, agreement=registered(w), units=[w.police_song], due_on=DUE, at=NOON)
    assert refused.value.verdict.code == "not-agreed"


def test_reminded_once_a_day_and_only_who_has_not_answered():
    w = songdat()
    a = asked(w)
    adopt_as_is(by=w.lan, adoption=a.adoptions.get(unit=w.police_song), at=NOON)
    assert remind_below(by=w.mai, agreement=a, at=NOON) == 2
    with pytest.raises(Refused) as refused:
        remind_below(by=w.mai, agreement=a, at=NOON + timedelta(hours=3))
    assert refused.value.verdict.code == "nobody-to-remind"
    assert remind_below(by=w.mai, agreement=a, at=NOON + timedelta(days=1)) == 2


def test_asked_again_who_answered_keeps_the_answer():
    w = songdat()
    a = asked(w)
    adopt_as_is(by=w.lan, adoption=a.adoptions.get(unit=w.police_song), at=NOON)
    ask_below(by=w.mai, agreement=a, units=[w.police_song, w.militia_song], due_on=DUE + timedelta(days=30), at=NOON)
    assert list(a.adoptions.order_by("unit__force__order", "pk").values_list("form", "due_on").filter(unit__area=w.song)) == [
        ("asis", DUE),
        ("waiting", DUE + timedelta(days=30)),
    ]


def test_a_unit_that_takes_no_part_sees_its_own_adoption_alone():
    w = songdat()
    a = asked(w)
    assert cascade_of(w.tu, a, TODAY).total == 0
    assert cascade_of(w.dung, a, TODAY).total == 3
