"""The finished document of an agreement: what it stands on above, what it amends and replaces below its last clause."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import set_bases
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.queries.agreement import party_lines
from phoihop.domain.agreements.queries.bases import bases_of, links_of
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.plans import arrangement_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import ClauseDraft, PartyDraft
from phoihop.papers.document import Paragraph
from phoihop.reports.agreement_text import agreement_document
from tests.domain.agreements.agreed import MORNING, a_regulation, for_signing, heads, on_paper
from tests.domain.agreements.test_norms import world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def printed(w, a, version=None, by=None):
    version, by = version or current(a), by or w.lan
    there, links = arrangement_of(by, version, TODAY), links_of(by, version, TODAY)
    return agreement_document(a, version, party_lines(a, version, MORNING), there, links, TODAY, demo=False)


def closing(document):
    return [block.text for block in document.body if isinstance(block, Paragraph) and isinstance(block.text, str)]


def test_what_it_implements_stands_above_and_what_it_amends_or_replaces_closes_it():
    w = world()
    earlier = a_regulation(w, title="Quy chế phối hợp xã Sông năm 2020")
    made = a_regulation(w, clauses=[ClauseDraft("Điều 1", "Các bên giao ban hằng tháng.", "Giao ban")])
    decree = m.Instrument.objects.get(code="nd-03-2019")
    bases = [
        BasisDraft("implements", instrument=decree),
        BasisDraft("replaces", earlier=earlier),
        BasisDraft("replaces", cited="Quy chế số 02/QC-CAX năm 2018"),
        BasisDraft("amends", cited="Kế hoạch số 07/KH-UBND"),
    ]
    set_bases(by=w.lan, agreement=made, bases=bases, at=MORNING)
    found = printed(w, made)
    assert [one[:37] for one in found.bases] == ["Căn cứ Nghị định số 03/2019/NĐ-CP của"]
    assert closing(found)[-2:] == [
        "Quy chế này sửa đổi, bổ sung Kế hoạch số 07/KH-UBND.",
        f"Quy chế này thay thế Quy chế phối hợp xã Sông năm 2020 ({earlier.matter.code}); Quy chế số 02/QC-CAX năm 2018.",
    ]


def test_an_earlier_text_that_the_reader_may_not_see_is_printed_by_its_code_alone():
    w = world()
    earlier = a_regulation(w, title="Quy chế phối hợp xã Sông năm 2020")
    made = a_regulation(w)
    set_bases(by=w.lan, agreement=made, bases=[BasisDraft("implements", earlier=earlier), BasisDraft("amends", earlier=earlier)], at=MORNING)
    for_signing(w, made)
    code = earlier.matter.code
    found = printed(w, made, by=w.binh)
    assert (list(found.bases), closing(found)[-1]) == ([f"Căn cứ văn bản mã {code}"], f"Quy chế này sửa đổi, bổ sung văn bản mã {code}.")
    assert list(printed(w, made).bases) == [f"Căn cứ Quy chế phối hợp xã Sông năm 2020 ({code})"]


def test_what_a_clause_says_by_itself_is_not_said_again():
    w = world()
    text = "Quy chế này có hiệu lực từ ngày ký, thay thế Quy chế số 02/QC-CAX năm 2018."
    made = a_regulation(w, clauses=[ClauseDraft("Điều 1", text, "Hiệu lực")])
    set_bases(by=w.lan, agreement=made, bases=[BasisDraft("replaces", cited="Quy chế số 02/QC-CAX năm 2018")], at=MORNING)
    found = printed(w, made)
    assert (list(found.bases), [line for line in closing(found) if "này thay thế" in line]) == ([], [])


def test_what_is_written_since_changes_neither_bases_nor_signers_of_a_text_that_was_signed():
    w = world()
    made = a_regulation(w)
    set_bases(by=w.lan, agreement=made, bases=[BasisDraft("implements", cited="Quy định số 1"), BasisDraft("implements", cited="Quy định chung")], at=MORNING)
    version = for_signing(w, made)
    for by in vars(heads(w)).values():
        on_paper(by, made)
    before, proved = printed(w, made, version), proof_of(version)
    draft = draft_of(version)
    change_text(by=w.lan, agreement=made, draft=replace(draft, parties=[*draft.parties, PartyDraft(w.police_dat, "support")]), seen=version.digest, at=MORNING)
    bases = [BasisDraft("implements", cited="Quy định chung"), BasisDraft("implements", cited="Quy định chưa gửi ai")]
    set_bases(by=w.lan, agreement=made, bases=bases, at=MORNING)
    after = printed(w, made, m.Version.objects.get(pk=version.pk))
    assert (after.bases, after.issuers, after.signatures, after.recipients) == (before.bases, before.issuers, before.signatures, before.recipients)
    assert proof_of(m.Version.objects.get(pk=version.pk))["texts"] == proved["texts"]
    named = {by: [link.name for link in bases_of(by, m.Agreement.objects.select_related("matter").get(pk=made.pk), TODAY)] for by in (w.binh, w.lan)}
    assert named == {w.binh: ["Quy định số 1", "Quy định chung"], w.lan: ["Quy định chung", "Quy định chưa gửi ai"]}
