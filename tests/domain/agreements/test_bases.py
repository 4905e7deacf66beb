"""What an agreement stands on: no circle, nothing twice; chains both ways."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import set_bases
from phoihop.domain.agreements.actions.drafting import change_text, draft_agreement
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.actions.sending import open_signing
from phoihop.domain.agreements.queries.bases import bases_of, followers_of
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.basis import BasisDraft, Lapse, basis_stands, fits_bases
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.kernel.action import answering
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import a_regulation, a_text, circulated, for_signing, in_force
from tests.domain.agreements.registered import holding
from tests.world import NOON, at, songdat

TODAY = date(2026, 6, 1)


@pytest.fixture
def w():
    return songdat()


@pytest.mark.parametrize(
    ("kind", "lapse", "code", "offer"),
    [
        ("implements", None, "", None),
        ("implements", Lapse("NĐ A", None, "NĐ B"), "basis-lapsed", "NĐ B"),
        ("implements", Lapse("NĐ A", date(2020, 1, 1)), "basis-lapsed", None),
        ("replaces", Lapse("NĐ A", None, "NĐ B"), "", None),
        ("amends", Lapse("NĐ A", None, "NĐ B"), "", None),
    ],
    ids=["holds", "replaced", "over", "is being replaced", "is being amended"],
)
def test_a_lapsed_basis_is_asked_about_where_it_is_implemented(kind, lapse, code, offer):
    verdict = basis_stands(BasisDraft(kind, instrument=m.Instrument(pk=1)), lapse)
    assert (verdict.code, verdict.offer, verdict.asks) == (code, offer, bool(code))


@pytest.mark.parametrize(
    ("drafts", "code", "field"),
    [
        ([], "", None),
        ([BasisDraft("xx", instrument=m.Instrument(pk=1))], "no-such-link", "bases.0"),
        ([BasisDraft("implements")], "basis-of-one", "bases.0"),
        ([BasisDraft("implements", m.Instrument(pk=1)), BasisDraft("implements", m.Instrument(pk=1))], "basis-twice", "bases.1"),
        ([BasisDraft("implements", m.Instrument(pk=1)), BasisDraft("replaces", m.Instrument(pk=1))], "", None),
    ],
    ids=["none", "unknown kind", "of nothing", "twice", "two kinds"],
)
def test_each_basis_is_one_thing_and_stands_once(drafts, code, field):
    verdict = fits_bases(drafts)
    assert (verdict.code, verdict.field) == (code, field)


@pytest.mark.django_db
def test_a_circle_is_refused_through_any_number_of_steps_and_a_text_on_itself_is_called_so():
    w = songdat()
    first, second, third = (a_regulation(w, title=f"Quy chế {n}") for n in (1, 2, 3))
    set_bases(by=w.lan, agreement=second, bases=[BasisDraft("implements", earlier=first)], at=NOON)
    set_bases(by=w.lan, agreement=third, bases=[BasisDraft("implements", earlier=second)], at=NOON)
    for circle, code in ((first, "basis-of-itself"), (third, "basis-circular")):
        with pytest.raises(Refused) as refused:
            set_bases(by=w.lan, agreement=first, bases=[BasisDraft("amends", earlier=circle)], at=NOON)
        assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "bases.0")


@pytest.mark.django_db
def test_the_bases_of_a_text_that_was_sent_are_part_of_it():
    w = songdat()
    a = a_regulation(w)
    for_signing(w, a)
    with pytest.raises(Refused) as refused:
        set_bases(by=w.lan, agreement=a, bases=[], at=NOON)
    assert refused.value.verdict.code == "bases-sent"


@pytest.mark.django_db
def test_a_chain_is_read_both_ways_and_only_as_far_as_one_sees():
    w = songdat()
    lay(*shipped())
    province = holding(w, bases=[BasisDraft("implements", instrument=m.Instrument.objects.get(code="nd-03-2019"))])
    own = a_regulation(w)
    set_bases(by=w.lan, agreement=own, bases=[BasisDraft("implements", earlier=province)], at=NOON)
    assert [(f.agreement.pk, f.kind, f.depth) for f in followers_of(w.mai, province, TODAY)] == [(own.pk, "implements", 1)]
    assert followers_of(w.dung, province, TODAY) == []
    seen = bases_of(w.lan, own, TODAY)[0]
    assert (seen.name, seen.title, seen.open) == (province.matter.code, "", False)
    told = bases_of(w.mai, province, TODAY)[0]
    assert (told.name, told.open, told.lapse) == ("03/2019/NĐ-CP", True, None)


@pytest.mark.django_db
def test_an_agreement_that_was_replaced_is_named_as_lapsed():
    w = songdat()
    old = holding(w)
    new = holding(w, number="06/QC-CAT", valid_from=date(2026, 1, 1), bases=[BasisDraft("replaces", earlier=old)])
    own = a_regulation(w)
    with pytest.raises(Refused) as refused:
        set_bases(by=w.lan, agreement=own, bases=[BasisDraft("implements", earlier=old)], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.offer) == ("basis-lapsed", "06/QC-CAT")
    assert new.stage == "agreed"


@pytest.fixture
def of_others(w):
    """The regulation of Sông is in force; a resolution of the militia alone, and who drafts it."""
    made, staff = in_force(w), m.Post.objects.get(unit=w.militia_song, role="commander")
    own = a_text(w, kind="nghiquyet", parties=[PartyDraft(w.militia_song, "lead")], clauses=a_text(w).clauses[:1])
    return made, draft_agreement(by=staff, draft=own, at=NOON), staff


@pytest.mark.django_db
def test_nobody_replaces_alone_what_others_have_signed(w, of_others):
    made, own, staff = of_others
    replaces = [BasisDraft("replaces", earlier=made)]
    with pytest.raises(Refused) as refused:
        set_bases(by=staff, agreement=own, bases=replaces, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("replaces-others", "bases.0")
    everybody = [PartyDraft(w.militia_song, "lead"), PartyDraft(w.police_song, "support"), PartyDraft(w.station, "support")]
    text = replace(draft_of(current(own)), parties=everybody)
    change_text(by=staff, agreement=own, draft=text, seen=digest_now(current(own)), at=NOON)
    assert set_bases(by=staff, agreement=own, bases=replaces, at=NOON) == 1
    change_text(by=staff, agreement=own, draft=replace(text, parties=everybody[:2]), seen=digest_now(current(own)), at=NOON)
    with pytest.raises(Refused) as refused:
        open_signing(by=staff, agreement=own, workdays=5, at=NOON)
    assert refused.value.verdict.code == "replaces-others"


@pytest.mark.django_db
def test_its_lead_replaces_it_with_all_who_signed_it_or_once_it_is_over_and_not_by_a_draft_of_one_that_is_agreed(w):
    made, fewer = in_force(w), a_regulation(w, title="Quy chế mới", parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.militia_song, "support")])
    other, replaces = a_regulation(w, title="Quy chế của cả ba bên"), [BasisDraft("replaces", earlier=made)]
    with pytest.raises(Refused) as refused:
        set_bases(by=w.lan, agreement=fewer, bases=replaces, at=NOON)
    assert refused.value.verdict.code == "replaces-others"
    assert set_bases(by=w.lan, agreement=other, bases=replaces, at=NOON) == 1
    m.Agreement.objects.filter(pk=made.pk).update(valid_from=None, valid_until=TODAY)
    assert answering(set_bases, ["basis-lapsed"])(by=w.lan, agreement=fewer, bases=replaces, at=NOON) == 1
    m.Agreement.objects.filter(pk=other.pk).update(agreed_on=TODAY)
    with pytest.raises(Refused) as refused:
        set_bases(by=w.lan, agreement=other, bases=[], at=NOON)
    assert refused.value.verdict.code == "replaces-fixed"


@pytest.mark.django_db
def test_words_that_stay_keep_their_body(w):
    a = a_regulation(w)
    for more in ([], [BasisDraft("implements", cited="Kế hoạch năm 2025")]):
        set_bases(by=w.lan, agreement=a, bases=[BasisDraft("implements", cited="Chương trình hành động số 7"), *more], at=NOON)
    assert m.Body.objects.filter(text="Chương trình hành động số 7").count() == 1


@pytest.mark.django_db
def test_what_follows_by_a_text_that_nobody_was_sent_is_its_leads_to_know(w):
    upper, later = in_force(w), circulated(w, title="Quy chế bến cá")
    change_text(by=w.lan, agreement=later, draft=draft_of(current(later)), seen=digest_now(current(later)), at=NOON)
    set_bases(by=w.lan, agreement=later, bases=[BasisDraft("implements", earlier=upper)], at=NOON)
    assert [[f.agreement.pk for f in followers_of(by, upper, TODAY)] for by in (w.lan, w.binh)] == [[later.pk], []]
    for_signing(w, later, at(9, 8))
    assert [f.agreement.pk for f in followers_of(w.binh, upper, TODAY)] == [later.pk]


@pytest.mark.django_db
def test_what_took_the_place_of_a_basis_is_told_by_its_code_to_who_does_not_see_it(w):
    earlier = in_force(w)
    made = circulated(w, title="Quy chế bến cá")
    change_text(by=w.lan, agreement=made, draft=draft_of(current(made)), seen=digest_now(current(made)), at=NOON)
    set_bases(by=w.lan, agreement=made, bases=[BasisDraft("amends", earlier=earlier)], at=NOON)
    for_signing(w, made, at(9, 8))
    own = a_regulation(w, title="Quy chế thay thế", parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.station, "support")])
    m.Agreement.objects.filter(pk=own.pk).update(stage="agreed", agreed_on=TODAY, number=9, symbol="QC-CAX", issued_on=TODAY)
    m.Basis.objects.create(agreement=own, kind="replaces", earlier=earlier)
    told = [[link.lapse.replaced_by for link in bases_of(by, made, TODAY)] for by in (w.lan, w.binh)]
    assert told == [["09/QC-CAX"], [own.matter.code]]
    m.Agreement.objects.filter(pk=own.pk).update(stage="draft")
    assert [link.lapse is not None for link in bases_of(w.lan, made, TODAY)] == [True], "what was agreed stays in the place of it while it is changed"
