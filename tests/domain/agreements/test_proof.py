"""An exported agreement proves itself with nothing but the file."""

import copy
import json
from datetime import UTC, datetime

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.signing import confirm, decline, sign_in_file
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.proof import Finding, Unreadable, examine_proof
from phoihop.domain.agreements.rules.signing import ReservationDraft
from phoihop.domain.matters.actions.erasing import erase_text
from phoihop.domain.people.actions.keys import revoke_key
from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload
from tests.domain.agreements.agreed import PIN, a_key, a_regulation, for_signing, heads, on_paper
from tests.domain.agreements.signed_pdf import pdf, signed
from tests.laid import laid_upon
from tests.world import at, songdat

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, tzinfo=UTC)


@pytest.fixture
def w():
    made = songdat()
    made.heads = heads(made)
    return made


@pytest.fixture
@laid_upon
def a(w):
    """Signed by the police with its key, a reservation beside clause 2; by the militia on paper; by the station in a file."""
    a = a_regulation(w)
    for_signing(w, a)
    digest = current(a).digest
    a_key(w.heads.police)
    held_back = [ReservationDraft("Theo khả năng", current(a).clauses.get(order=2))]
    confirm(by=w.heads.police, agreement=a, digest=digest, pin=Secret(PIN), at=at(2, 9), reservations=held_back)
    on_paper(w.heads.militia, a)
    sign_in_file(by=w.heads.station, agreement=a, digest=digest, upload=Upload("a.pdf", signed(pdf("Quy chế", digest))), at=at(2, 10))
    return m.Agreement.objects.select_related("matter").get()


def exported(a):
    """As it comes back from a file."""
    return json.loads(json.dumps(proof_of(current(a))))


def findings(file):
    return [p.finding for p in examine_proof(file, NOW).parties]


def test_each_party_is_told_valid_or_on_paper(a):
    proof = examine_proof(exported(a), NOW)
    assert [(p.name, p.finding) for p in proof.parties] == [
        ("Công an xã Sông", Finding.VALID), ("Ban CHQS xã Sông", Finding.ON_PAPER), ("Đồn Biên phòng Cửa Sông", Finding.VALID),
    ]  # fmt: skip
    assert "chưa kiểm tra được chuỗi chứng thư" in str(proof.parties[2].why)
    assert (proof.holds, proof.faults, proof.withdrawn, proof.digest) == (True, (), 0, current(a).digest)


def test_one_letter_flipped_makes_every_signature_invalid(a):
    file = exported(a)
    said = next(d for d, (_salt, text) in file["texts"].items() if "bốn lần" in text)
    file["texts"][said][1] = file["texts"][said][1].replace("bốn lần", "bốn lẩn")
    proof = examine_proof(file, NOW)
    assert [p.finding for p in proof.parties] == [Finding.INVALID] * 3
    assert str(proof.faults[0]).startswith("một câu đã bị sửa: “Công an xã chủ trì")
    assert not proof.holds


def test_a_changed_form_digest_or_code_is_noticed(a):
    file = exported(a)
    for name, value in (
        ("canonical", file["canonical"].replace('"support"', '"cochair"', 1)),
        ("digest", "0" * 64),
        ("code", "QC-26-PH86-2-1"),
        ("version", 2),
    ):
        assert examine_proof(file | {name: value}, NOW).faults != ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("unit", "DQ.xa.29001.20250701"), ("at", "2026-06-03T02:00:00+00:00"), ("signature", "00" * 64), ("post", 99), ("reservations", [])],
    ids=["unit", "at", "signature", "post", "reservations"],
)
def test_a_signature_covers_who_when_and_with_which_reservation(a, name, value):
    file = exported(a)
    file["signatures"] = [s for s in file["signatures"] if s["way"] == "key"]
    file["signatures"][0][name] = value
    assert Finding.VALID not in findings(file)


def test_a_reservation_that_was_reworded_is_noticed(a):
    file = exported(a)
    texts = next(s for s in file["signatures"] if s["way"] == "key")["texts"]
    next(iter(texts.values()))[1] = "Không bảo lưu"
    assert findings(file)[0] == Finding.INVALID


def test_a_key_that_is_revoked_later_leaves_the_signature_valid_and_the_time_is_told(w, a):
    revoke_key(by=w.heads.police, key=m.PostKey.objects.get(), at=at(20, 9))
    first = examine_proof(exported(a), NOW).parties[0]
    assert (first.finding, "khóa thu hồi sau đó, lúc 2026-06-20" in str(first.why)) == (Finding.VALID, True)


def test_a_signature_after_the_revocation_is_invalid(a):
    file = exported(a)
    next(s for s in file["signatures"] if s["way"] == "key")["key_revoked"] = "2026-06-01T00:00:00+00:00"
    assert findings(file)[0] == Finding.INVALID


def test_a_sentence_that_was_erased_leaves_the_signatures_provable(a):
    erase_text(current(a).clauses.get(order=1).text, at(20, 9))
    proof = examine_proof(exported(a), NOW)
    assert (proof.withdrawn, [p.finding for p in proof.parties]) == (1, [Finding.VALID, Finding.ON_PAPER, Finding.VALID])


def test_who_has_not_signed_or_declined_is_told(w):
    a = a_regulation(w)
    for_signing(w, a)
    decline(by=w.heads.militia, agreement=a, digest=current(a).digest, reason="Chưa thống nhất", at=at(2, 9))
    proof = examine_proof(exported(a), NOW)
    assert ([p.finding for p in proof.parties], proof.holds) == ([Finding.NOT_SIGNED, Finding.DECLINED, Finding.NOT_SIGNED], False)


def test_an_heir_of_a_party_does_not_change_what_was_signed(w, a):
    m.AgreementParty.objects.filter(unit=w.militia_song).update(unit=w.police_dat)
    m.DutyRole.objects.filter(unit=w.police_song).update(unit=w.police_dat)
    assert examine_proof(exported(a), NOW).parties[1].finding == Finding.ON_PAPER


@pytest.mark.parametrize("file", [{}, {"format": "other"}, {"format": "phoihop-agreement/1"}, {"format": "phoihop-agreement/1", "canonical": "no json"}])
def test_a_file_of_another_shape_is_unreadable(db, file):
    with pytest.raises(Unreadable):
        examine_proof(copy.deepcopy(file), NOW)
