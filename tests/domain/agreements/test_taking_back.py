"""A document that was written into the register by mistake."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import set_bases
from phoihop.domain.agreements.actions.registering import register_on_paper
from phoihop.domain.agreements.actions.spreading import disseminate
from phoihop.domain.agreements.actions.taking_back import take_back
from phoihop.domain.agreements.queries.indicators import _agreed
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.rules import register as rules
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.kernel.period import Period
from phoihop.kernel.verdict import YES, Refused
from tests.domain.agreements.agreed import a_regulation
from tests.domain.agreements.registered import a_paper, holding, registered
from tests.world import NOON, songdat

TODAY = date(2026, 6, 1)
WHY = "Ghi nhầm số."


@pytest.mark.parametrize(
    ("on_paper", "number", "versions", "others", "stood_on", "code"),
    [
        (True, 5, 1, False, False, ""),
        (False, 5, 1, False, False, "not-an-entry"),
        (True, None, 1, False, False, "not-an-entry"),
        (True, 5, 2, False, False, "not-an-entry"),
        (True, 5, 1, True, False, "acknowledged-by-others"),
        (True, 5, 1, False, True, "stood-on"),
    ],
    ids=["alone", "signed here", "without a number", "a new version", "acknowledged", "a basis"],
)
def test_only_an_entry_that_nobody_else_acknowledged_or_stands_on_is_taken_back(monkeypatch, on_paper, number, versions, others, stood_on, code):
    monkeypatch.setattr(rules, "may_keep", lambda post, agreement, on: YES)
    entry = SimpleNamespace(on_paper=on_paper, number=number)
    assert rules.may_take_back(None, entry, versions, others, stood_on, TODAY).code == code


@pytest.mark.django_db
def test_an_entry_taken_back_was_never_in_force_asks_nobody_and_frees_its_number():
    w = songdat()
    a = registered(w)
    assert [need.agreement for need in needs_of(w.dung, TODAY)] == [a.pk]
    take_back(by=w.mai, agreement=a, reason=WHY, at=NOON)
    a.refresh_from_db()
    assert (a.stage, a.number, a.symbol, a.issued_on, a.agreed_on, a.ended_on) == ("ended", None, "", None, None, TODAY)
    assert (standing_of(a, TODAY), needs_of(w.dung, TODAY)) == (Standing.ENDED, [])
    event = m.Event.objects.get(what="agreement.taken_back")
    told = json.loads(event.body)
    assert (told["number"], told["issued"], m.Body.objects.get(pk=told["reason"]["text"]).text) == (5, "2024-01-10", WHY)
    again = register_on_paper(by=w.mai, draft=a_paper(w), at=NOON)
    assert (again.number, again.symbol) == (5, "QC-CAT")


@pytest.mark.django_db
def test_what_was_taken_back_counts_nowhere():
    w = songdat()
    counted = _agreed("chithi")
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    a = registered(w, kind="chithi", parties=[PartyDraft(w.police, "lead")], issued_on=date(2026, 1, 10), valid_from=date(2026, 1, 15))
    before = counted(w.province.pk, year).count()
    take_back(by=w.mai, agreement=a, reason=WHY, at=NOON)
    assert (before, counted(w.province.pk, year).count()) == (1, 0)
    assert m.Version.objects.exclude(agreed_on=None).count() == 0


@pytest.mark.django_db
def test_what_was_made_known_was_no_slip_of_the_hand():
    w = songdat()
    a = registered(w, kind="chithi", parties=[PartyDraft(w.police, "lead")])
    disseminate(by=w.mai, agreement=a, held_on=TODAY, attendance=12, at=NOON)
    with pytest.raises(Refused) as refused:
        take_back(by=w.mai, agreement=a, reason=WHY, at=NOON)
    assert refused.value.verdict.code == "acknowledged-by-others"


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "reason", "code"), [("mai", " ", "text-missing"), ("dung", WHY, "not-lead"), ("lan", WHY, "not-lead")])
def test_who_takes_back_leads_it_and_says_why(who, reason, code):
    w = songdat()
    a = registered(w)
    with pytest.raises(Refused) as refused:
        take_back(by=getattr(w, who), agreement=a, reason=reason, at=NOON)
    assert (refused.value.verdict.code, m.Agreement.objects.get(pk=a.pk).number) == (code, 5)


@pytest.mark.django_db
def test_what_another_has_acknowledged_or_stands_on_stays():
    w = songdat()
    for_both = holding(w)
    with pytest.raises(Refused) as refused:
        take_back(by=w.mai, agreement=for_both, reason=WHY, at=NOON)
    assert refused.value.verdict.code == "acknowledged-by-others"
    basis = registered(w, number="06/QC-CAT")
    set_bases(by=w.lan, agreement=a_regulation(w), bases=[BasisDraft("implements", earlier=basis)], at=NOON)
    with pytest.raises(Refused) as refused:
        take_back(by=w.mai, agreement=basis, reason=WHY, at=NOON)
    assert refused.value.verdict.code == "stood-on"
