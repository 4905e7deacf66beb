from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.actions.confirming import confirm, confirm_by_link, confirm_many, confirm_on_paper, make_link
from phoihop.domain.activities.actions.holding import report_many
from phoihop.domain.activities.actions.planning import plan_many
from phoihop.domain.activities.queries.statements import link_of, statement_by_link, statement_for, statements_for
from phoihop.domain.matters.actions.node import erase_due
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import digest
from phoihop.kernel.upload import Upload
from tests.domain.activities.steps import THREE, again, held, planned, refused, reported, standing, told, total
from tests.domain.matters.files import A_PDF, A_PNG
from tests.laid import laid_upon
from tests.world import NOON, a_draft, a_result, a_word, at, songdat

pytestmark = pytest.mark.django_db


def test_a_party_confirms_and_the_patrol_is_held():
    w = songdat()
    a = held(w)
    word = a.confirmations.get()
    assert (a.confirmed, a.disputed, word.unit, word.agrees, word.way, word.by, word.digest) == (1, 0, w.militia_song, True, "account", w.binh, a.digest)
    assert told("patrol.confirmed") == {"unit": w.militia_song.key, "way": "account", "digest": a.digest}
    assert list(verify()) == []


def test_other_numbers_of_a_party_stand_for_its_own_share():
    w = songdat()
    a = confirm(by=w.binh, word=a_word(reported(w), people=6, teams=2), at=at(2, 7))
    assert standing()[-4:] == [("TR.02", None, "CA", 1), ("TR.03", None, "CA", 3), ("TR.02", None, "DQ", 2), ("TR.03", None, "DQ", 6)]
    assert told("patrol.confirmed")["people"] == 6
    confirm(by=w.binh, word=a_word(a, people=5, teams=2), at=at(2, 8))
    assert (total("TR.03"), total("TR.01"), a.confirmations.filter(live=True).count()) == (8, 1, 1)
    confirm(by=w.binh, word=a_word(a), at=at(2, 9))
    assert (total("TR.03"), total("TR.02")) == (7, 2)


def test_a_dispute_takes_the_figures_back_and_an_agreement_brings_them_again():
    w = songdat()
    a = held(w)
    a = confirm(by=w.binh, word=a_word(a, agrees=False, note="Tổ tôi về lúc 21 giờ"), at=at(2, 8))
    assert (rules.state(a, at(2, 9)), standing()) == ("disputed", [("TR.09.KH", "road", None, 1)])
    assert a.confirmations.get(live=True).note.text == "Tổ tôi về lúc 21 giờ"
    a = confirm(by=w.binh, word=a_word(a), at=at(2, 9))
    assert [code for code, _, _, _ in standing()] == ["TR.09.KH", "TR.01", "TR.04", "TR.09.TH", "TR.02", "TR.03", "TR.02", "TR.03"]
    assert (a.confirmed, a.disputed, a.confirmations.count()) == (1, 0, 3)


def test_one_dispute_among_agreements_keeps_it_out_until_it_is_settled():
    w = songdat()
    a = held(w, *THREE)
    a = confirm(by=w.hai, word=a_word(a, agrees=False, note="Không có mặt"), at=at(2, 8))
    assert (a.confirmed, a.disputed, total("TR.01")) == (1, 1, 0)
    a = confirm(by=w.hai, word=a_word(a), at=at(2, 9))
    assert (a.confirmed, a.disputed, total("TR.01"), total("TR.03")) == (2, 0, 1, 12)


def test_a_third_party_that_confirms_later_adds_only_its_own_facts_and_share():
    w = songdat()
    a = held(w, *THREE)
    before = list(m.Fact.objects.values_list("pk", flat=True))
    confirm(by=w.hai, word=a_word(a), at=at(2, 8))
    event = m.Event.objects.order_by("seq").last()
    fresh = m.Fact.objects.exclude(pk__in=before)
    assert list(fresh.values_list("measure__code", "unit", "value", "seq")) == [("TR.02", w.station.pk, 1, event.seq), ("TR.03", w.station.pk, 5, event.seq)]
    share = m.Share.objects.get(seq=event)
    assert (share.unit, share.fact.measure.code, m.Share.objects.count()) == (w.station, "TR.01", 3)


@pytest.mark.parametrize(
    ("poster", "code"), [("lan", "lead-confirms"), ("hai", "not-party"), ("tu", "not-party"), ("mai", "not-party"), ("van", "not-your-role")]
)
def test_nobody_else_speaks_for_a_party(poster, code):
    w = songdat()
    a = reported(w)
    assert refused(lambda: confirm(by=getattr(w, poster), word=a_word(a), at=at(2, 7))) == (code, None)
    assert (again(a).confirmed, m.Confirmation.objects.count()) == (0, 0)


def test_who_stayed_away_has_nothing_to_confirm_but_may_dispute_or_say_that_it_was_there():
    w = songdat()
    a = reported(w, a=planned(w, *THREE))
    assert refused(lambda: confirm(by=w.hai, word=a_word(a), at=at(2, 7))) == ("absent", "people")
    a = confirm(by=w.hai, word=a_word(a, people=5, teams=1), at=at(2, 7))
    assert (rules.state(a, at(2, 8)), total("TR.03")) == ("held", 8)


@laid_upon
def batch(w, count=200):
    made = plan_many(by=w.lan, drafts=[a_draft(w) for _ in range(count)], at=NOON)
    return report_many(by=w.lan, results=[a_result(w, a) for a in made], at=at(1, 23))


def test_two_hundred_are_confirmed_at_once():
    w = songdat()
    done = confirm_many(by=w.binh, words=[a_word(a) for a in batch(w)], at=at(2, 7))
    assert [a.confirmed for a in done] == [1] * 200
    assert [total(code) for code in ("TR.01", "TR.02", "TR.03", "TR.09.TH")] == [200, 400, 1400, 200]
    assert (m.Share.objects.count(), m.Event.objects.filter(what="patrol.confirmed").count(), m.Matter.objects.filter(closed_at=None).count()) == (400, 200, 0)
    assert list(verify()) == []


def test_one_refusal_in_the_middle_of_two_hundred_words_leaves_none():
    w = songdat()
    words = [a_word(a, **({"digest": "0" * 64} if n == 117 else {"note": f"Ca {n}"})) for n, a in enumerate(batch(w))]
    before = m.Event.objects.count()
    assert refused(lambda: confirm_many(by=w.binh, words=words, at=at(2, 7))) == ("digest", "words.117")
    counts = (m.Confirmation.objects.count(), m.Body.objects.count(), m.Event.objects.count() - before, total("TR.01"))
    assert counts == (0, 0, 0, 0)


def test_two_words_on_one_patrol_in_a_batch_are_refused():
    w = songdat()
    a, b = batch(w, 2)
    assert refused(lambda: confirm_many(by=w.binh, words=[a_word(a), a_word(b), a_word(a)], at=at(2, 7))) == ("named-twice", "words.2")


def linked(w, *, unit=None, **fields):
    a = reported(w, **fields)
    return a, *make_link(by=w.lan, activity=a, unit=unit or w.militia_song, at=NOON + timedelta(days=1))


def test_a_party_without_an_account_confirms_by_a_link_once():
    w = songdat()
    a, link, secret = linked(w)
    assert (link.digest, link_of(secret)) == (digest(secret.reveal().encode()), link)
    confirm_by_link(by=w.node, link=link, word=a_word(a, people=5), at=at(2, 13))
    word = a.confirmations.get()
    assert (word.way, word.by, word.unit, again(a).confirmed) == ("link", None, w.militia_song, 1)
    assert refused(lambda: confirm_by_link(by=w.node, link=link, word=a_word(a), at=at(2, 14))) == ("link-used", None)
    assert (told("patrol.confirmed")["way"], total("TR.03"), list(verify())) == ("link", 8, [])


def test_a_link_ends_after_seven_days_and_when_a_new_one_is_made():
    w = songdat()
    a, old, _ = linked(w)
    new, _ = make_link(by=w.lan, activity=a, unit=w.militia_song, at=at(2, 13))
    assert refused(lambda: confirm_by_link(by=w.node, link=old, word=a_word(a), at=at(2, 14))) == ("link-expired", None)
    assert refused(lambda: confirm_by_link(by=w.node, link=new, word=a_word(a), at=at(9, 13))) == ("link-expired", None)


def test_a_link_carries_no_words_of_other_patrols_nor_of_old_results():
    w = songdat()
    a, link, _ = linked(w)
    other = reported(w)
    assert refused(lambda: confirm_by_link(by=w.node, link=link, word=a_word(other), at=at(2, 13))) == ("other-patrol", None)
    former = a_word(a)
    reported(w, a=a, ended_at=at(1, 21), when=at(2, 13))
    assert refused(lambda: confirm_by_link(by=w.node, link=link, word=former, at=at(2, 14))) == ("digest", None)
    assert refused(lambda: confirm_by_link(by=w.binh, link=link, word=former, at=at(2, 14))) == ("not-your-role", None)


def test_an_unknown_secret_opens_no_link():
    w = songdat()
    linked(w)
    assert link_of(Secret("không phải")) is None


def on_paper(w, words, when=at(3, 8), party=None, **change):
    fields = {"number": "15/DS-BCHQS", "signed_on": local_day(at(2, 0)), "scan": A_PDF} | change
    return confirm_on_paper(by=w.lan, party=party or w.militia_song, words=words, at=when, **fields)


def test_a_scan_that_is_no_picture_and_no_pdf_vouches_for_nothing():
    w = songdat()
    words = [a_word(batch(w, 1)[0])]
    assert refused(lambda: on_paper(w, words, scan=Upload("ban-quet", b"not a pdf"))) == ("scan-unreadable", "scan")
    assert refused(lambda: on_paper(w, words, scan=Upload("ban-quet.pdf", b"not a pdf"))) == ("file-disguised", "scan")
    assert m.PaperList.objects.count() == 0


def test_a_signed_list_confirms_for_a_party_and_its_scan_is_vouched_for():
    w = songdat()
    done = batch(w, 3)
    paper = on_paper(w, [a_word(done[0]), a_word(done[1], people=6), a_word(done[2], agrees=False, note="Không ký")])
    assert (paper.party, paper.number, paper.scan.unit, paper.scan.purpose) == (w.militia_song, "15/DS-BCHQS", w.police_song, "file")
    assert list(paper.confirmations.order_by("pk").values_list("agrees", "way", "unit", "by")) == [
        (agrees, "paper", w.militia_song.pk, w.lan.pk) for agrees in (True, True, False)
    ]
    assert [rules.state(again(a), at(3, 9)) for a in done] == ["held", "held", "disputed"]
    assert told("patrol.confirmed")["scan"] == {"file": paper.scan_id, "sha256": paper.scan.digest}
    assert list(verify()) == []


def test_the_picture_of_a_signed_list_is_kept_as_a_document_not_as_a_photo():
    w = songdat()
    paper = on_paper(w, [a_word(batch(w, 1)[0])], scan=A_PNG)
    erase_due(by=w.node, at=NOON + timedelta(days=400))
    paper.scan.refresh_from_db()
    assert (paper.scan.purpose, paper.scan.erased_at) == ("file", None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"number": " "}, ("text-missing", "number")),
        ({"signed_on": local_day(at(4, 0))}, ("in-future", "signed_on")),
        ({"signed_on": local_day(at(31, 0, month=5))}, ("signed-before", "signed_on")),
    ],
)
def test_a_list_without_number_or_with_a_date_that_cannot_be_leaves_nothing(change, expected):
    w = songdat()
    words = [a_word(batch(w, 1)[0])]
    assert refused(lambda: on_paper(w, words, **change)) == expected
    assert (m.PaperList.objects.count(), m.Attachment.objects.count(), m.Confirmation.objects.count()) == (0, 0, 0)


def test_a_list_with_one_patrol_of_another_lead_leaves_nothing():
    w = songdat()
    a, b = batch(w, 2)
    m.Matter.objects.filter(pk=b.matter_id).update(lead=w.station)
    assert refused(lambda: on_paper(w, [a_word(a), a_word(b)])) == ("not-lead", None)
    assert m.PaperList.objects.count() == 0


def test_a_party_not_on_the_patrol_does_not_confirm_it_on_paper():
    w = songdat()
    words = [a_word(a) for a in batch(w, 2)]
    assert refused(lambda: on_paper(w, words, party=w.station)) == ("not-party", "words.0")
    assert (m.PaperList.objects.count(), m.Attachment.objects.count()) == (0, 0)


def test_what_is_asked_is_what_is_kept_and_what_is_read():
    w = songdat()
    a = reported(w, outcomes={"nhac-nho": 2})
    asked = statement_for(w.binh, a, local_day(at(2, 0)))
    assert (asked.statement.digest, asked.mine.unit) == (a.digest, w.militia_song)
    assert list(asked.statement.sentences()) == [
        f"Công an xã Sông ghi: cuộc tuần tra {a.matter.code} đã tổ chức.",
        "Tuyến đường bộ, Xã Sông.",
        "Từ 20:05, 01/06/2026 đến 22:00, 01/06/2026.",
        "Công an xã Sông: 1 tổ, 3 người.",
        "Ban CHQS xã Sông: 1 tổ, 4 người.",
        "Kết quả: 2 lượt nhắc nhở.",
    ]


def test_the_statement_read_back_has_the_digest_that_was_kept_however_it_was_corrected():
    w = songdat()
    for change in ({}, {"outcomes": {"vp.cat": 1, "nhac-nho": 2}}, {"held": False, "why": "Nhập nhầm"}, {"ended_at": at(1, 21)}):
        a = reported(w, **change)
        a = reported(w, a=a, note="Sửa", when=at(2, 8), **change)
        assert statement_for(w.binh, a, local_day(at(2, 0))).statement.digest == again(a).digest


def test_many_statements_are_read_in_the_same_few_queries(django_assert_num_queries):
    w = songdat()
    statements_for(w.binh, batch(w, 1), local_day(at(2, 0)))  # learns what stays at hand
    for count in (1, 6):
        rows = batch(w, count)
        with django_assert_num_queries(7):
            found = statements_for(w.binh, rows, local_day(at(2, 0)))
        assert {pk: asked.statement.digest for pk, asked in found.items()} == {a.pk: a.digest for a in rows}


@pytest.mark.parametrize("poster", ["lan", "hai", "mai", "tu", "van"])
def test_who_is_not_asked_gets_no_statement(poster):
    w = songdat()
    assert statement_for(getattr(w, poster), reported(w), local_day(at(2, 0))) is None


def test_there_is_no_statement_before_a_result_nor_behind_a_link_that_is_over():
    w = songdat()
    assert statement_for(w.binh, planned(w), local_day(NOON)) is None
    a, link, _ = linked(w)
    assert statement_by_link(link, at(2, 13)).statement.digest == a.digest
    assert statement_by_link(link, NOON + timedelta(days=8)) is None
    confirm_by_link(by=w.node, link=link, word=a_word(a), at=at(2, 13))
    assert statement_by_link(link_of_pk(link), at(2, 14)) is None


def link_of_pk(link):
    return m.ConfirmLink.objects.get(pk=link.pk)


def test_a_patrol_is_closed_when_all_who_were_there_have_spoken_and_opens_again_on_a_dispute():
    w = songdat()
    a = held(w, *THREE)
    assert a.matter.closed_at is None
    a = confirm(by=w.hai, word=a_word(a), at=at(2, 8))
    assert again(a).matter.closed_at == at(2, 8)
    a = confirm(by=w.hai, word=a_word(a, agrees=False, note="Xin xem lại"), at=at(2, 9))
    assert again(a).matter.closed_at is None
    a = confirm(by=w.hai, word=a_word(a), at=at(2, 10))
    a = reported(w, *THREE, a=a, ended_at=at(1, 21), when=at(2, 11))
    assert again(a).matter.closed_at is None
