"""Existing documents come into the register, and each party acknowledges the paper for itself."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.actions.registering import acknowledge_many, register_many, register_on_paper
from phoihop.domain.agreements.actions.signing import acknowledge_paper, decline
from phoihop.domain.agreements.queries.numbers import once, same_document
from phoihop.domain.agreements.queries.papers import to_acknowledge
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.reading.files import a_docx, with_macro
from tests.domain.agreements.registered import a_paper, holding, registered
from tests.domain.matters.files import A_PDF, A_PNG
from tests.world import NOON, person, songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def test_a_registered_document_has_its_number_and_waits_for_the_other_party():
    w = songdat()
    a = registered(w)
    assert (a.number, a.symbol, a.style, a.issued_on, a.on_paper) == (5, "QC-CAT", "state", date(2024, 1, 10), True)
    assert (a.stage, standing_of(a, TODAY).value) == ("signing", "notyet")
    assert list(to_acknowledge(w.dung, TODAY)) == [a]
    assert list(to_acknowledge(w.mai, TODAY)) == []


def test_it_is_in_force_on_paper_when_every_party_has_acknowledged_it():
    w = songdat()
    a = holding(w)
    assert (a.stage, a.on_paper, standing_of(a, TODAY).value) == ("agreed", True, "force")
    assert list(a.versions.get().signatures.order_by("pk").values_list("unit__name", "way", "number", "signed_on")) == [
        ("Công an tỉnh Sông Đất", "paper", "05/QC-CAT", date(2024, 1, 10)),
        ("Bộ CHQS tỉnh Sông Đất", "paper", "05/QC-CAT", date(2024, 1, 10)),
    ]


def test_a_planned_review_stays_when_the_last_party_acknowledges():
    w = songdat()
    assert holding(w, next_review=date(2026, 12, 1)).next_review == date(2026, 12, 1)


@pytest.mark.parametrize("copy", [A_PDF, A_PNG, a_docx("Quy chế phối hợp")], ids=["scan", "picture", "text"])
def test_the_scan_is_kept_with_the_word_of_who_registered_it(copy):
    w = songdat()
    a = registered(w, scans=[copy])
    assert a.versions.get().signatures.get().scan.matter == a.matter


@pytest.mark.parametrize(
    ("copy", "code"),
    [
        (Upload("quy-che.txt", "Quy chế phối hợp".encode()), "copy-unreadable"),
        (Upload("quy-che.csv", b"a;b\n1;2\n"), "copy-unreadable"),
        (with_macro(a_docx("Quy chế phối hợp")), "file-macro"),
        (Upload("quy-che.pdf", b"MZ\x90\0" + bytes(60)), "file-program"),
        (Upload("quy-che.pdf", "Quy chế phối hợp".encode()), "file-disguised"),
        (Upload("quy-che.pdf", b""), "file-empty"),
    ],
    ids=["text", "table", "macro", "program", "text renamed", "empty"],
)
def test_what_is_no_copy_of_a_document_is_refused_at_its_field(copy, code):
    w = songdat()
    verdict = refusal(registered, w, scans=[copy])
    assert (verdict.code, verdict.field.split(".")[0]) == (code, "scans")


def test_who_acknowledges_the_paper_shows_a_scan_of_it_and_no_text_that_anybody_may_edit():
    w = songdat()
    a = registered(w)
    said = {"agreement": a, "digest": current(a).digest, "paper": PaperDraft(date(2024, 1, 10), "05/QC-CAT", "Chỉ huy trưởng"), "at": NOON}
    verdict = refusal(acknowledge_paper, by=w.dung, scans=[a_docx("Quy chế phối hợp")], **said)
    assert (verdict.code, verdict.field) == ("scan-unreadable", "scans")
    assert acknowledge_paper(by=w.dung, scans=[A_PDF], **said).scan.media == "application/pdf"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"number": "QC năm 2024"}, "number-unreadable", "number"),
        ({"number": ""}, "number-missing", "number"),
        ({"issued_on": date(2026, 6, 2)}, "issued-later", "issued_on"),
        ({"valid_until": date(2024, 1, 15)}, "ends-before-start", "valid_until"),
        ({"next_review": date(2024, 1, 10)}, "review-before", "next_review"),
        ({"kind": "sukien"}, "not-cleared", "cleared_by"),
        ({"signers": " "}, "text-missing", "paper.signers"),
    ],
    ids=["unreadable", "none", "of tomorrow", "ends before it begins", "review before", "plan not cleared", "no signers"],
)
def test_what_does_not_hold_is_refused_at_its_place(change, code, field):
    w = songdat()
    with pytest.raises(Refused) as refused:
        registered(w, **change)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)
    assert m.Agreement.objects.count() == 0


def test_a_number_of_this_year_is_refused_with_the_document_that_has_it():
    w = songdat()
    there = registered(w)
    with pytest.raises(Refused) as refused:
        registered(w, number="5/qc-cat", title="Quy chế khác")
    assert refused.value.verdict.code == "number-taken"
    assert f"05/QC-CAT ({there.matter.code})" in str(refused.value.verdict.reason)
    assert registered(w, issued_on=date(2025, 1, 10)).number == 5
    assert registered(w, number="05/KH-CAT", kind="nam", cleared_by="Công an tỉnh", cleared_on=TODAY).number == 5


def test_nobody_registers_what_its_unit_is_no_party_of():
    w = songdat()
    draft = a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.border, "support")])
    with pytest.raises(Refused) as refused:
        register_on_paper(by=w.mai, draft=draft, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("not-own-agreement", "parties")


def test_who_may_not_keep_the_register_is_refused():
    w = songdat()
    with pytest.raises(Refused) as refused:
        register_on_paper(by=w.binh, draft=a_paper(w), at=NOON)
    assert refused.value.verdict.code == "not-your-role"


def test_a_lapsed_basis_asks_and_says_by_what_it_was_replaced():
    w = songdat()
    lay(*shipped())
    old = BasisDraft("implements", instrument=m.Instrument.objects.get(code="nd-133-2015"))
    with pytest.raises(Refused) as refused:
        registered(w, bases=[old])
    verdict = refused.value.verdict
    assert (verdict.code, verdict.asks, verdict.answer, verdict.offer, verdict.field) == ("basis-lapsed", True, "133/2015/NĐ-CP", "02/2020/NĐ-CP", "bases.0")
    made = register_on_paper(by=w.mai, draft=a_paper(w, bases=[old]), at=NOON, sure={"133/2015/NĐ-CP"})
    assert made.bases.get().instrument.number == "133/2015/NĐ-CP"


def test_of_many_the_one_that_is_wrong_is_named_and_none_is_written():
    w = songdat()
    with pytest.raises(Refused) as refused:
        register_many(by=w.mai, drafts=[a_paper(w), a_paper(w, number="06/QC-CAT", next_review=date(2020, 1, 1))], at=NOON)
    assert refused.value.verdict.field == "drafts.1.next_review"
    assert m.Agreement.objects.count() == 0


def test_the_other_parties_acknowledge_many_at_once():
    w = songdat()
    made = register_many(by=w.mai, drafts=[a_paper(w, number=f"{n:02d}/QC-CAT") for n in range(1, 6)], at=NOON)
    assert len(acknowledge_many(by=w.dung, agreements=made, at=NOON)) == 5
    assert set(m.Agreement.objects.values_list("stage", flat=True)) == {"agreed"}


def received(w, by=None, parties=None, **change):
    """The same regulation, of the police, as another unit writes it down."""
    unit = (by or w.dung).unit
    draft = a_paper(w, parties=parties or [PartyDraft(unit, "lead"), PartyDraft(w.border, "support")], **change)
    return register_on_paper(by=by or w.dung, draft=draft, at=NOON)


def refusal(act, *args, **change):
    with pytest.raises(Refused) as refused:
        act(*args, **change)
    return refused.value.verdict


def test_what_another_unit_wrote_of_a_document_never_takes_its_number_from_the_issuer():
    w = songdat()
    theirs = received(w)
    own = registered(w)
    assert (theirs.issuer, theirs.number, own.issuer, own.number) == (w.police, 5, w.police, 5)
    assert refusal(registered, w).code == "number-taken"


def test_the_issuer_keeps_its_number_whatever_another_wrote_for_it_to_acknowledge():
    w = songdat()
    theirs = received(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")])
    asked = refusal(registered, w)
    assert (asked.code, asked.asks, asked.answer, asked.field) == ("entered-by-another", True, theirs.matter.code, "number")
    assert register_on_paper(by=w.mai, draft=a_paper(w), at=NOON, sure={theirs.matter.code}).number == 5


def test_what_the_issuer_acknowledged_has_its_number():
    w = songdat()
    theirs = received(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")])
    acknowledge_many(by=w.mai, agreements=[theirs], at=NOON)
    verdict = refusal(registered, w)
    assert (verdict.code, theirs.matter.code in str(verdict.reason)) == ("number-taken", True)


def test_who_declined_anothers_entry_is_not_asked_about_it():
    w = songdat()
    theirs = received(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")])
    decline(by=person("truong", w.police, "commander"), agreement=theirs, digest=current(theirs).digest, reason="Không phải văn bản của đơn vị", at=NOON)
    assert registered(w).number == 5


def test_a_received_document_stands_once_in_ones_own_register():
    w = songdat()
    first = received(w)
    verdict = refusal(received, w, number="5/qc-cat", title="Chép lại")
    assert (verdict.code, verdict.field) == ("entered-already", "number")
    assert f"05/QC-CAT ({first.matter.code})" in str(verdict.reason)


@pytest.mark.parametrize("number", ["12/KH-BCĐ", "12/kh-bcđ", "12/KH-BCD"], ids=["the same", "small letters", "without marks"])
def test_a_number_is_the_same_however_its_letters_are_written_in_either_database(number):
    w = songdat()
    second, first = received(w, number=number), registered(w, number="12/KH-BCĐ")
    assert second.letters == first.letters == "kh-bcd"
    assert [same_document(w.dung, a, TODAY) for a in (first, second)] == [[second], [first]]
    assert list(once(m.Agreement.objects.all())) == [first], "the issuer's own entry counts, the other does not"
    assert refusal(registered, w, number=number).code == "number-taken"


def test_who_sees_both_entries_is_told_that_they_say_the_same_document():
    w = songdat()
    theirs, own = received(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.border, "support")], number="5/qc-cat"), registered(w)
    assert [same_document(w.dung, a, TODAY) for a in (theirs, own)] == [[own], [theirs]]
    assert [same_document(w.mai, a, TODAY) for a in (theirs, own)] == [[own], []]
    assert same_document(w.dung, registered(w, issued_on=date(2025, 1, 10)), TODAY) == []
