"""A body above approves what all parties have signed, by a decision of its own; the text holds only then."""

import json
from datetime import UTC, date, datetime

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.approving import approve
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.sending import remind
from phoihop.domain.agreements.actions.signing import acknowledge_paper, decline
from phoihop.domain.agreements.queries.agreement import party_lines
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.approving import DecisionDraft
from phoihop.domain.agreements.rules.drafting import fits_parties
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.proof import Finding, examine_proof
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import a_regulation, a_text, approved_by_the_province, for_signing, heads, on_paper
from tests.world import at, songdat

pytestmark = pytest.mark.django_db
DECISION = DecisionDraft("812/QĐ-UBND", date(2026, 6, 2))


@pytest.fixture
def w():
    return songdat()


@pytest.fixture
def signed(w):
    return approved_by_the_province(w)


def decides(chair, a, decision=DECISION, **change):
    return approve(**{"by": chair, "agreement": a, "digest": current(a).digest, "decision": decision, "at": at(2, 9)} | change)


def refusal(act, **said):
    with pytest.raises(Refused) as refused:
        act(**said)
    return refused.value.verdict


def state(a, when=None):
    return [str(line.state) for line in party_lines(a, current(a), when or at(2, 9))][-1]


def test_signed_by_all_it_waits_for_the_decision_and_holds_from_its_day(w, signed):
    a, chair = signed
    assert (a.stage, a.agreed_on, state(a)) == ("signing", None, "approving")
    made = decides(chair, a)
    a.refresh_from_db()
    assert (a.stage, a.agreed_on, state(a), made.digest) == ("agreed", date(2026, 6, 2), "approved", current(a).digest)
    assert [e.what for e in m.Event.objects.filter(matter=a.matter).order_by("seq")][-2:] == ["agreement.approved", "agreement.agreed"]
    assert a.matter.parts.get(unit=chair.unit).state == "accepted"
    assert list(verify()) == []


def test_nobody_decides_for_it_and_it_signs_for_nobody(w, signed):
    a, chair = signed
    assert [refusal(decides, chair=by, a=a).code for by in (w.mai, w.dung, w.lan)] == ["not-approver"] * 3
    paper = PaperDraft(date(2026, 6, 1), "1", "Chủ tịch")
    assert refusal(acknowledge_paper, by=chair, agreement=a, digest=current(a).digest, paper=paper, at=at(2, 9)).code == "not-party"


def test_it_decides_once_on_the_exact_text_after_all_have_signed(w):
    a, chair = approved_by_the_province(w)
    assert refusal(decides, chair=chair, a=a, digest="0" * 64).code == "text-changed"
    decides(chair, a)
    assert refusal(decides, chair=chair, a=a).code == "already-approved"


def test_before_all_have_signed_nothing_is_approved_and_nobody_reminds_it(w):
    parties = [*a_text(w).parties[:3], PartyDraft(w.front_song, "inform", signs=False, approves=True)]
    a = a_regulation(w, parties=parties)
    for_signing(w, a)
    on_paper(heads(w).police, a)
    assert refusal(decides, chair=w.thu, a=a).code == "signatures-missing"
    assert (refusal(remind, by=w.lan, agreement=a, unit=w.front_song, at=at(2, 9)).code, state(a)) == ("nothing-waits", "approves-later")


@pytest.mark.parametrize(
    ("decision", "code", "field"),
    [
        (DecisionDraft(" ", date(2026, 6, 2)), "number-missing", "decision.number"),
        (DecisionDraft("8" * 61, date(2026, 6, 2)), "number-too-long", "decision.number"),
        (DecisionDraft("812/QĐ-UBND", date(2026, 6, 3)), "decided-ahead", "decision.decided_on"),
    ],
    ids=["unnamed", "long", "ahead"],
)
def test_a_decision_has_its_number_and_a_day_that_has_come(w, signed, decision, code, field):
    verdict = refusal(decides, chair=signed[1], a=signed[0], decision=decision)
    assert (verdict.code, verdict.field) == (code, field)


def test_who_does_not_approve_says_why_and_a_new_version_asks_again(w, signed):
    a, chair = signed
    decline(by=chair, agreement=a, digest=current(a).digest, reason="Chưa rõ kinh phí", at=at(2, 9))
    assert state(a) == "not-approved"
    change_text(by=w.lan, agreement=a, draft=a_text(w, parties=draft_of(current(a)).parties, title="Bản hai"), seen=digest_now(current(a)), at=at(2, 10))
    assert (current(a).number, state(a)) == (2, "approves-later")


def test_the_exported_file_says_which_decision_approved_it(w, signed):
    a, chair = signed
    now = datetime(2026, 6, 30, tzinfo=UTC)
    before = examine_proof(json.loads(json.dumps(proof_of(current(a)))), now)
    assert (before.parties[-1].finding, before.holds) == (Finding.NOT_SIGNED, False)
    decides(chair, a)
    file = json.loads(json.dumps(proof_of(current(a))))
    proof = examine_proof(file, now)
    assert ([p.finding for p in proof.parties], proof.holds) == ([Finding.ON_PAPER] * 3 + [Finding.APPROVED], True)
    assert "812/QĐ-UBND ngày 2026-06-02" in str(proof.parties[-1].why)
    form = json.loads(file["canonical"])
    file["canonical"] = json.dumps(form | {"approver": "CA.xa.29001.20250701"})
    assert not examine_proof(file, now).holds


@pytest.mark.parametrize(
    ("role", "signs", "twice", "code"),
    [("inform", False, False, ""), ("support", False, False, "approver-signs"), ("inform", False, True, "two-approvers")],
    ids=str,
)
def test_who_approves_follows_and_does_not_sign_and_there_is_one(w, role, signs, twice, code):
    more = [PartyDraft(w.army, role, signs, approves=True)] + [PartyDraft(w.border, "inform", signs=False, approves=True)] * twice
    draft = a_text(w, parties=[*a_text(w).parties, *more])
    assert fits_parties(draft, w.police_song, date(2026, 6, 1)).code == code
