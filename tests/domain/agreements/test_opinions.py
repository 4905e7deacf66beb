"""Opinions of the parties, each answered; then the text is opened for signing."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate, close_appraisal, open_signing, remind
from phoihop.domain.agreements.queries.parties import unseen_wishes
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import ClauseDraft
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import MORNING, a_regulation, a_text
from tests.laid import laid_upon
from tests.world import at, songdat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return songdat()


@pytest.fixture
@laid_upon
def a(w):
    """Sent to all parties on Monday 1 June 2026, five working days to answer."""
    made = a_regulation(w)
    circulate(by=w.lan, agreement=made, workdays=5, at=MORNING)
    return m.Agreement.objects.select_related("matter").get(pk=made.pk)


def refusal(act, **said):
    with pytest.raises(Refused) as refused:
        act(**said)
    return refused.value.verdict


def wish(a, text="Đề nghị giao ban hằng tuần", n=1):
    return WishDraft(text, current(a).clauses.get(order=n))


def test_the_deadline_is_counted_in_working_days_and_the_digest_is_fixed(a):
    version = current(a)
    assert (a.stage, version.opinions_by) == ("opinions", at(9, 0))
    assert len(version.digest) == 64
    assert set(a.parties.values_list("received_at", flat=True)) == {MORNING}
    assert sorted(a.matter.parts.values_list("unit__name", "state")) == [
        ("Ban CHQS xã Sông", "asked"), ("Đồn Biên phòng Cửa Sông", "asked"), ("Ủy ban MTTQ xã Sông", "informed"),
    ]  # fmt: skip


@pytest.mark.parametrize("workdays", [0, -1, 61])
def test_a_deadline_is_some_working_days_ahead(w, workdays):
    verdict = refusal(circulate, by=w.lan, agreement=a_regulation(w), workdays=workdays, at=MORNING)
    assert (verdict.code, verdict.field) == ("workdays", "workdays")


def test_what_cannot_be_sent_for_opinions(w, a):
    assert refusal(circulate, by=w.lan, agreement=a, workdays=5, at=MORNING).code == "not-draft"
    assert refusal(circulate, by=w.lan, agreement=a_regulation(w, clauses=[]), workdays=5, at=MORNING).code == "text-missing"
    alone = a_regulation(w, kind="chithi", parties=a_text(w).parties[:1])
    assert refusal(circulate, by=w.lan, agreement=alone, workdays=5, at=MORNING).code == "nobody-asked"
    assert refusal(circulate, by=w.lan, agreement=a_regulation(w, kind="nam"), workdays=5, at=MORNING).code == "not-cleared"
    assert refusal(circulate, by=w.mai, agreement=a_regulation(w), workdays=5, at=MORNING).code == "not-lead"


def test_a_party_agrees_to_the_whole_or_wishes_clause_by_clause(w, a):
    opine(by=w.binh, agreement=a, wishes=[wish(a), WishDraft("Thêm căn cứ")], at=at(2, 9))
    opine(by=w.hai, agreement=a, wishes=[], at=at(2, 10))
    rows = m.Opinion.objects.order_by("pk").values_list("unit__name", "clause__label", "text__text", "taken")
    assert list(rows) == [
        ("Ban CHQS xã Sông", "Điều 1", "Đề nghị giao ban hằng tuần", "waiting"),
        ("Ban CHQS xã Sông", None, "Thêm căn cứ", "waiting"),
        ("Đồn Biên phòng Cửa Sông", None, None, "waiting"),
    ]
    assert list(verify()) == []


def test_who_may_not_give_an_opinion(w, a):
    for by in (w.lan, w.thu, w.mai, w.tu):
        assert refusal(opine, by=by, agreement=a, wishes=[], at=MORNING).code == "not-asked"
    opine(by=w.hai, agreement=a, wishes=[], at=MORNING)
    assert refusal(opine, by=w.hai, agreement=a, wishes=[], at=MORNING).code == "said-already"
    assert refusal(opine, by=w.hai, agreement=a, wishes=[WishDraft(" ")], at=MORNING).field == "wishes.0.text"
    other = a_regulation(w)
    assert refusal(opine, by=w.hai, agreement=a, wishes=[wish(other)], at=MORNING).code == "clause-elsewhere"
    assert refusal(opine, by=w.hai, agreement=other, wishes=[], at=MORNING).code == "not-asking"


def test_each_wish_is_answered_by_the_lead_with_a_reason_unless_it_is_taken_up(w, a):
    made = opine(by=w.binh, agreement=a, wishes=[wish(a)], at=MORNING)[0]
    assert refusal(answer_opinion, by=w.binh, opinion=made, taken="taken", at=MORNING).code == "not-your-role"
    assert refusal(answer_opinion, by=w.mai, opinion=made, taken="taken", at=MORNING).code == "not-lead"
    for taken in ("partly", "not"):
        verdict = refusal(answer_opinion, by=w.lan, opinion=made, taken=taken, at=MORNING)
        assert (verdict.code, verdict.field) == ("reason-missing", "answer")
    assert refusal(answer_opinion, by=w.lan, opinion=made, taken="waiting", at=MORNING).code == "no-such-answer"
    said = answer_opinion(by=w.lan, opinion=made, taken="not", answer="Đã có giao ban tháng", at=at(3, 9))
    assert (said.taken, said.answer.text, said.answered_at) == ("not", "Đã có giao ban tháng", at(3, 9))
    assert list(verify()) == []


def test_signing_waits_until_everybody_has_spoken_or_the_time_is_over_and_every_wish_is_answered(w, a):
    made = opine(by=w.binh, agreement=a, wishes=[wish(a)], at=MORNING)[0]
    assert refusal(open_signing, by=w.lan, agreement=a, workdays=3, at=at(3, 9)).code == "wishes-waiting"
    answer_opinion(by=w.lan, opinion=made, taken="not", answer="Mỗi tuần một lần là đủ", at=at(3, 9))
    verdict = refusal(open_signing, by=w.lan, agreement=a, workdays=3, at=at(3, 9))
    assert (verdict.code, "Đồn Biên phòng Cửa Sông" in str(verdict.reason)) == ("opinions-open", True)
    version = open_signing(by=w.lan, agreement=a, workdays=3, at=at(9, 8))
    assert (version.number, version.signing_by, m.Agreement.objects.get().stage) == (1, at(13, 0), "signing")
    assert refusal(open_signing, by=w.lan, agreement=a, workdays=3, at=at(9, 9)).code == "not-before-signing"


def taken(w, a, n):
    """The militia wishes something (of a clause, or 0: of the whole), the station agrees; the wish is taken up without another word."""
    wished = WishDraft("Đề nghị viết rõ hơn", current(a).clauses.get(order=n) if n else None)
    made = opine(by=w.binh, agreement=a, wishes=[wished], at=MORNING)[0]
    opine(by=w.hai, agreement=a, wishes=[], at=MORNING)
    return answer_opinion(by=w.lan, opinion=made, taken="taken", at=at(2, 9))


def reworded(w, a, n, when):
    """Clause ``n`` says something else; 0: none does. The clause before it is new, so that it stands in another place under another number."""
    first = ClauseDraft("Điều 1", "Quy chế này áp dụng trên địa bàn xã Sông.", "Phạm vi")
    there = [replace(c, label=f"Điều {k}", text=f"{c.text} Nêu rõ người nhận." if k - 1 == n else c.text) for k, c in enumerate(a_text(w).clauses, 2)]
    return change_text(by=w.lan, agreement=a, draft=a_text(w, clauses=[first, *there]), seen=current(a).digest, at=when)


@pytest.mark.parametrize(
    ("of", "changed", "code"), [(1, None, "taken-unseen"), (1, 1, ""), (1, 2, "taken-unseen"), (0, None, "taken-unseen"), (0, 2, "")], ids=str
)
def test_a_wish_that_was_taken_up_shows_where_it_was_made_before_the_text_opens_for_signing(w, a, of, changed, code):
    made = taken(w, a, of)
    if changed is not None:
        reworded(w, a, changed, at(2, 10))
    if code:
        verdict = refusal(open_signing, by=w.lan, agreement=a, workdays=3, at=at(3, 9))
        assert (verdict.code, "Ban CHQS xã Sông" in str(verdict.reason)) == (code, True)
        answer_opinion(by=w.lan, opinion=made, taken="taken", answer="Điều 2 đã nêu", at=at(3, 10))
    assert open_signing(by=w.lan, agreement=a, workdays=3, at=at(3, 11)).number == (1 if changed is None else 2)


def test_saving_the_same_text_again_does_not_show_a_wish_and_what_was_agreed_is_settled(w, a):
    made = taken(w, a, 1)
    change_text(by=w.lan, agreement=a, draft=a_text(w), seen=current(a).digest, at=at(2, 10))
    assert [o.pk for o in unseen_wishes(current(a))] == [made.pk]
    m.Version.objects.filter(number=1).update(signing_at=at(2, 11), agreed_on=date(2026, 6, 2))
    assert unseen_wishes(current(a)) == []


def test_a_wish_on_an_earlier_version_must_be_answered_too(w, a):
    opine(by=w.binh, agreement=a, wishes=[wish(a)], at=MORNING)
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế phối hợp, bản hai"), seen=current(a).digest, at=at(2, 9))
    assert refusal(open_signing, by=w.lan, agreement=a, workdays=3, at=at(2, 10)).code == "wishes-waiting"


def test_the_lead_reminds_who_is_silent_once_a_day(w, a):
    assert remind(by=w.lan, agreement=a, unit=w.station, at=at(2, 8)).reminded_at == at(2, 8)
    assert refusal(remind, by=w.lan, agreement=a, unit=w.station, at=at(2, 10)).code == "reminded-already"
    assert remind(by=w.lan, agreement=a, unit=w.station, at=at(3, 8)).reminded_at == at(3, 8)
    opine(by=w.hai, agreement=a, wishes=[], at=at(3, 9))
    for unit in (w.station, w.police_song, w.front_song, w.army):
        assert refusal(remind, by=w.lan, agreement=a, unit=unit, at=at(4, 9)).code == "nothing-waits"
    assert refusal(remind, by=w.mai, agreement=a, unit=w.militia_song, at=at(4, 9)).code == "not-lead"
    assert m.Event.objects.filter(what="agreement.reminded").count() == 2


def an_appraisal(w):
    """The plan of another sector, sent for opinions only."""
    parties = [replace(p, signs=False) for p in a_text(w).parties]
    made = a_regulation(w, kind="thamdinh", title="Góp ý quy hoạch bến cá của Sở Nông nghiệp và Môi trường", parties=parties)
    circulate(by=w.lan, agreement=made, workdays=5, at=MORNING)
    return m.Agreement.objects.select_related("matter").get(pk=made.pk)


def test_another_sectors_plan_is_never_signed_and_ends_when_every_wish_is_answered(w):
    a = an_appraisal(w)
    wished = opine(by=w.binh, agreement=a, wishes=[wish(a), WishDraft("Chừa lối ra cầu tàu")], at=at(2, 9))
    assert refusal(close_appraisal, by=w.lan, agreement=a, at=at(2, 10)).code == "wishes-waiting"
    answer_opinion(by=w.lan, opinion=wished[0], taken="taken", answer="", at=at(2, 11))
    answer_opinion(by=w.lan, opinion=wished[1], taken="not", answer="Ngoài phạm vi quy hoạch", at=at(2, 11))
    assert refusal(open_signing, by=w.lan, agreement=a, workdays=5, at=at(2, 12)).code == "never-signed"
    assert refusal(close_appraisal, by=w.lan, agreement=a, at=at(2, 12)).code == "opinions-open", "the border station has not spoken"
    opine(by=w.hai, agreement=a, wishes=[], at=at(2, 13))
    assert refusal(close_appraisal, by=w.mai, agreement=a, at=at(2, 14)).code == "not-lead"
    ended = close_appraisal(by=w.lan, agreement=a, at=at(2, 14))
    assert (ended.stage, ended.ended_on, ended.agreed_on) == ("ended", date(2026, 6, 2), None)
    assert '"taken":{"not":1,"partly":0,"taken":1}' in m.Event.objects.get(what="agreement.appraisal_closed").body
    again = refusal(close_appraisal, by=w.lan, agreement=a, at=at(2, 15))
    assert (again.code, str(again.reason)) == ("ended", "Đợt góp ý chung này đã kết thúc. Cần hỏi lại thì lập đợt mới.")
    bettered = refusal(answer_opinion, by=w.lan, opinion=wished[1], taken="taken", answer="", at=at(2, 15))
    assert (bettered.code, str(bettered.reason)) == ("ended", "Đợt lấy ý kiến đã kết thúc; câu trả lời đã gửi giữ nguyên.")
    assert refusal(opine, by=w.hai, agreement=a, wishes=[], at=at(2, 15)).code == "not-asking"
    assert list(verify()) == []


def test_only_an_appraisal_that_was_sent_is_closed(w, a):
    assert refusal(close_appraisal, by=w.lan, agreement=a, at=at(2, 9)).code == "not-appraisal"
    draft = a_regulation(w, kind="thamdinh", parties=[replace(p, signs=False) for p in a_text(w).parties])
    assert refusal(close_appraisal, by=w.lan, agreement=draft, at=at(2, 9)).code == "not-asked-yet"
