"""Signing in three ways, told apart; each party for itself, each this exact text; in force only when all have."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.exporting import export_text, remember
from phoihop.domain.agreements.actions.signing import acknowledge_paper, confirm, decline, sign_in_file, sign_with_key
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.signing import PaperDraft, ReservationDraft
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.people.actions.keys import revoke_key
from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import MORNING, PIN, a_key, a_regulation, a_text, for_signing, heads, on_paper
from tests.domain.agreements.signed_pdf import amended, pdf, signed
from tests.laid import laid_upon
from tests.world import at, person, songdat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    made = songdat()
    made.heads = heads(made)
    return made


@pytest.fixture
@laid_upon
def a(w):
    made = a_regulation(w)
    for_signing(w, made)
    return made


def refusal(act, **said):
    with pytest.raises(Refused) as refused:
        act(**said)
    return refused.value.verdict


def key_of(by, a, **change):
    return {"by": by, "agreement": a, "digest": current(a).digest, "pin": Secret(PIN), "at": at(2, 9)} | change


def file_of(by, a, *lines, content=None):
    digest = current(a).digest
    content = content or signed(pdf(*(lines or ("Quy chế phối hợp", f"Giá trị băm: {digest}"))))
    return {"by": by, "agreement": a, "digest": digest, "upload": Upload("quy-che.pdf", content), "at": at(2, 9)}


def test_in_force_only_when_every_required_party_has_signed_each_in_its_own_way(w, a):
    a_key(w.heads.police)
    confirm(**key_of(w.heads.police, a))
    on_paper(w.heads.militia, a, at(2, 10))
    assert m.Agreement.objects.get().stage == "signing"
    sign_in_file(**file_of(w.heads.station, a))
    a = m.Agreement.objects.get()
    assert (a.stage, a.agreed_on, a.on_paper) == ("agreed", date(2026, 6, 2), True)
    assert sorted(m.Signature.objects.values_list("way", "unit__name")) == [
        ("file", "Đồn Biên phòng Cửa Sông"), ("key", "Công an xã Sông"), ("paper", "Ban CHQS xã Sông"),
    ]  # fmt: skip
    assert sorted(a.matter.parts.values_list("unit__name", "state")) == [
        ("Ban CHQS xã Sông", "accepted"), ("Đồn Biên phòng Cửa Sông", "accepted"), ("Ủy ban MTTQ xã Sông", "informed"),
    ]  # fmt: skip
    assert list(verify()) == []


def test_on_paper_alone_it_holds_since_the_day_on_the_paper_and_its_review_is_due(w, a):
    for by in vars(w.heads).values():
        on_paper(by, a)
    a = m.Agreement.objects.get()
    assert (a.stage, a.on_paper, a.agreed_on, a.next_review) == ("agreed", True, date(2026, 5, 20), date(2027, 6, 15))
    assert current(a).agreed_on == date(2026, 5, 20)


def test_a_text_that_changed_a_second_ago_is_not_signed_and_both_digests_are_told(w, a):
    a_key(w.heads.militia)
    read = current(a).digest
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế khác"), seen=read, at=at(2, 8))
    for_signing(w, a, at(2, 8))
    verdict = refusal(sign_with_key, **key_of(w.heads.militia, a, digest=read))
    assert (verdict.code, verdict.field) == ("text-changed", "digest")
    assert read[:16] in str(verdict.reason)
    assert current(a).digest[:16] in str(verdict.reason)


@pytest.mark.parametrize("name", ["mai", "dung", "tu"])
def test_nobody_signs_for_another_unit_no_superior_either(w, a, name):
    by = getattr(w, name)
    said = {"by": by, "agreement": a, "digest": current(a).digest, "at": MORNING}
    assert refusal(sign_with_key, pin=Secret(PIN), **said).code == "not-party"
    assert refusal(decline, reason="Không", **said).code == "not-party"
    assert refusal(acknowledge_paper, paper=PaperDraft(date(2026, 5, 1), "1", "Trưởng"), **said).code == "not-party"


def test_who_may_sign_is_in_the_table_of_roles(w, a):
    admin, duty = person("q2", w.militia_song, "admin"), w.binh
    assert refusal(sign_with_key, **key_of(admin, a)).code == "not-your-role"
    assert refusal(sign_with_key, **key_of(duty, a)).code == "not-your-role"
    assert refusal(on_paper, by=duty, a=a).code == "not-your-role"


def test_a_unit_signs_once(w, a):
    a_key(w.heads.militia)
    confirm(**key_of(w.heads.militia, a))
    assert refusal(confirm, **key_of(w.heads.militia, a)).code == "already-signed"
    assert refusal(on_paper, by=w.heads.militia, a=a).code == "already-signed"


def test_a_text_that_is_not_open_for_signing_is_not_signed(w):
    draft = a_regulation(w)
    verdict = refusal(sign_with_key, **key_of(w.heads.militia, draft))
    assert verdict.code == "text-changed"


def test_a_wrong_pin_signs_nothing_and_is_counted(w, a):
    a_key(w.heads.militia)
    verdict = refusal(confirm, **key_of(w.heads.militia, a, pin=Secret("00000000")))
    assert (verdict.code, verdict.field, m.Signature.objects.count(), m.PostKey.objects.get().misses) == ("pin-wrong", "pin", 0, 1)
    assert m.Event.objects.filter(what="key.missed").count() == 1


def test_a_revoked_key_signs_no_more_and_what_it_signed_stays(w, a):
    key = a_key(w.heads.militia)
    confirm(**key_of(w.heads.militia, a))
    revoke_key(by=w.heads.militia, key=key, at=at(3, 9))
    other = a_regulation(w)
    for_signing(w, other)
    assert refusal(confirm, **key_of(w.heads.militia, other, at=at(3, 10))).code == "no-key"
    assert m.Signature.objects.get().key == key


def test_a_reservation_stays_beside_the_clause_and_is_signed_with_it(w, a):
    a_key(w.heads.militia)
    clause = current(a).clauses.get(order=2)
    made = confirm(**key_of(w.heads.militia, a, reservations=[ReservationDraft("Lực lượng theo khả năng", clause)]))
    assert list(m.Reservation.objects.values_list("signature", "clause__label", "text__text")) == [(made.pk, "Điều 2", "Lực lượng theo khả năng")]
    elsewhere = current(a_regulation(w)).clauses.first()
    said = {"paper": PaperDraft(date(2026, 5, 1), "1", "Trưởng"), "by": w.heads.station, "agreement": a, "digest": current(a).digest, "at": MORNING}
    assert refusal(acknowledge_paper, reservations=[ReservationDraft("x", elsewhere)], **said).code == "clause-elsewhere"
    assert refusal(acknowledge_paper, reservations=[ReservationDraft(" ")], **said).field == "reservations.0.text"


def test_a_party_declines_with_a_reason_and_is_asked_again_by_a_new_version(w, a):
    said = {"by": w.heads.militia, "agreement": a, "digest": current(a).digest, "at": at(2, 9)}
    assert refusal(decline, reason=" ", **said).field == "reason"
    decline(reason="Chưa thống nhất Điều 2", **said)
    assert refusal(on_paper, by=w.heads.militia, a=a).code == "already-declined"
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế phối hợp, sửa Điều 2"), seen=current(a).digest, at=at(3, 9))
    for_signing(w, a, at(3, 10))
    on_paper(w.heads.militia, a, at(3, 11))
    assert list(m.Signature.objects.values_list("version__number", "unit__name")) == [(2, "Ban CHQS xã Sông")]


PAPERS = {
    "a day ahead": ({"signed_on": date(2026, 7, 1)}, "signed-ahead", "paper.signed_on"),
    "neither number nor scan": ({"number": " "}, "paper-unnamed", "paper.number"),
    "a number too long": ({"number": "1" * 61}, "number-too-long", "paper.number"),
    "signed by nobody": ({"signers": ""}, "text-missing", "paper.signers"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_original_is_named_by_number_day_and_offices(w, a, name):
    change, code, field = PAPERS[name]
    verdict = refusal(on_paper, by=w.heads.militia, a=a, **change)
    assert (verdict.code, verdict.field) == (code, field)


def test_the_scan_of_the_paper_original_is_kept_with_the_matter(w, a):
    made = on_paper(w.heads.militia, a, scans=[Upload("ban-quet.pdf", pdf("Quy chế phối hợp"))], number="")
    assert (made.scan.matter, made.scan.media) == (a.matter, "application/pdf")
    assert list(verify()) == []


def test_a_signed_file_is_kept_with_who_signed_and_that_its_chain_is_not_known(w, a):
    made = sign_in_file(**file_of(w.heads.station, a))
    assert (made.signers.text, made.chain_known) == ("Trần Văn Kiểm, Công an xã Sông", False)
    assert made.scan.matter == a.matter


def test_a_file_that_is_not_this_text_signed_and_unchanged_is_refused(w, a):
    digest = current(a).digest
    good = signed(pdf("Quy chế", digest))
    files = {
        "file-unsigned": pdf("Quy chế", digest),
        "file-other-text": signed(pdf("Quy chế", "0" * 64)),
        "file-without-text": signed(pdf("#rect(width: 5cm, height: 2cm)")),
        "file-not-whole": good + b"\n% added afterwards\n",
    }
    found = {code: refusal(sign_in_file, **file_of(w.heads.station, a, content=content)) for code, content in files.items()}
    assert {code: v.code for code, v in found.items()} == {code: code for code in files} | {"file-not-whole": found["file-not-whole"].code}
    assert found["file-not-whole"].code in ("file-not-whole", "file-broken")
    assert {v.field for v in found.values()} == {"upload"}


def exported(w, a, *lines):
    """A PDF that the system made of the text, and remembers."""
    content = pdf(*(lines or ("Quy chế phối hợp giữ gìn an ninh, trật tự",)))
    remember(by=w.lan, version=current(a), content=content, at=at(2, 8))
    return content


def test_a_signed_file_that_begins_with_our_own_export_is_that_text_even_without_its_digest_in_words(w, a):
    ours = exported(w, a)
    content = signed(signed(ours), "Lê Thị Phó", "Đồn Biên phòng Cửa Sông")
    assert sign_in_file(**file_of(w.heads.station, a, content=content)).of_export is True
    assert sign_in_file(**file_of(w.heads.militia, a)).of_export is False
    remember(by=w.lan, version=current(a), content=ours, at=at(2, 9))
    assert m.TextExport.objects.count() == m.Event.objects.filter(what="agreement.exported").count() == 1


@pytest.mark.parametrize("change", ["words added to the page", "a note on the page", "another root"])
def test_a_file_that_shows_more_than_our_export_is_not_it(w, a, change):
    content = signed(amended(exported(w, a), change))
    assert refusal(sign_in_file, **file_of(w.heads.station, a, content=content)).code == "file-other-text"


def test_an_export_of_another_version_or_of_a_draft_binds_nothing(w, a):
    first = exported(w, a)
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế phối hợp, bản hai"), seen=current(a).digest, at=at(2, 9))
    exported(w, a, "bản nháp")
    assert list(m.TextExport.objects.values_list("version__number", flat=True)) == [1]
    for_signing(w, a, at(2, 10))
    assert refusal(sign_in_file, **file_of(w.heads.station, a, content=signed(first))).code == "file-other-text"
    with pytest.raises(Refused):
        export_text(by=w.node, version=m.Version(agreement=a, number=3, made_at=at(2, 9)), digest="00" * 32, at=at(2, 9))


def test_of_a_text_that_is_not_kept_here_only_the_paper_is_acknowledged(w):
    a = a_regulation(w, clauses=[])
    for_signing(w, a)
    a_key(w.heads.militia)
    assert refusal(sign_with_key, **key_of(w.heads.militia, a)).code == "text-missing"
    on_paper(w.heads.militia, a)
    assert m.Signature.objects.get().way == "paper"


def test_a_signature_is_never_changed_or_taken_back(w, a):
    from django.db import DatabaseError, transaction

    on_paper(w.heads.militia, a)
    with pytest.raises(DatabaseError), transaction.atomic():
        m.Signature.objects.update(way="key")
    with pytest.raises(DatabaseError), transaction.atomic():
        m.Signature.objects.all().delete()
