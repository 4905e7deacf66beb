"""Reviews with their outcome and the next day; proposals that the lead answers."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.reviewing import answer_proposal, hold_review, plan_review, propose_change
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.queries.reviews import overdue_reviews, proposals_of
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.reviewing import fits_answer, is_overdue, months_after
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import in_force
from tests.domain.agreements.registered import holding, registered
from tests.world import NOON, songdat

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 6, 1), 12, date(2027, 6, 1)), (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2023, 8, 31), 6, date(2024, 2, 29))],
    ids=["a year", "a short month", "a leap year"],
)
def test_the_next_review_is_so_many_months_later(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("taken", "answer", "code"),
    [
        ("taken", "", ""),
        ("partly", "", "reason-missing"),
        ("not", " ", "reason-missing"),
        ("not", "Trái Nghị định 03.", ""),
        ("waiting", "x", "no-such-answer"),
    ],
    ids=["taken up", "in part", "not", "not and why", "no answer"],
)
def test_what_is_not_taken_up_says_why(taken, answer, code):
    assert fits_answer(taken, answer).code == code


@pytest.mark.django_db
def test_a_review_sets_the_next_one():
    w = songdat()
    a = holding(w, next_review=date(2026, 5, 1))
    assert list(overdue_reviews(w.mai, TODAY)) == [a]
    assert [n.need.value for n in needs_of(w.mai, TODAY)] == ["review"]
    held = hold_review(by=w.mai, agreement=a, held_on=date(2026, 5, 20), outcome="keep", note="Không có nội dung phải sửa.", at=NOON)
    a.refresh_from_db()
    assert (held.due_on, a.next_review) == (date(2026, 5, 1), date(2027, 5, 20))
    assert list(overdue_reviews(w.mai, TODAY)) == []


@pytest.mark.parametrize(
    ("standing", "day", "overdue"),
    [("force", 1, False), ("force", 2, True), ("lapsed", 2, False), ("replaced", 2, False), ("ended", 2, False)],
)
def test_only_what_is_in_force_has_a_review_overdue(standing, day, overdue):
    assert is_overdue(m.Agreement(next_review=date(2026, 6, 1)), Standing(standing), date(2026, 6, day)) is overdue


@pytest.mark.django_db
def test_a_text_that_was_replaced_lacks_no_review():
    w = songdat()
    old = holding(w, next_review=date(2026, 5, 1))
    assert "review-overdue" in [lack.code for lack in lacks_of(w.lan, old, TODAY)]
    new = holding(w, number="06/QC-CAT", bases=[BasisDraft("replaces", earlier=old)])
    assert [lack.code for lack in lacks_of(w.lan, old, TODAY) if lack.about == "review"] == []
    assert standing_of(new, TODAY) == Standing.IN_FORCE


@pytest.mark.django_db
def test_a_review_that_ends_it_ends_it_on_that_day():
    w = songdat()
    a = registered(w, kind="chithi", parties=[PartyDraft(w.police, "lead")])
    hold_review(by=w.mai, agreement=a, held_on=date(2026, 5, 20), outcome="end", at=NOON)
    a.refresh_from_db()
    assert (a.stage, a.ended_on, a.matter.closed_at) == ("ended", date(2026, 5, 20), NOON)
    with pytest.raises(Refused) as refused:
        hold_review(by=w.mai, agreement=a, held_on=TODAY, outcome="keep", at=NOON)
    assert refused.value.verdict.code == "not-agreed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"held_on": date(2026, 6, 2)}, "held-later", "held_on"),
        ({"held_on": date(2026, 5, 20)}, "review-twice", "held_on"),
        ({"outcome": "xx"}, "no-such-outcome", "outcome"),
        ({"outcome": "end"}, "ends-others", "outcome"),
        ({"by": "dung"}, "not-lead", None),
    ],
    ids=["tomorrow", "the same day", "unknown", "what another signed", "not the lead"],
)
def test_how_a_review_is_written_down(change, code, field):
    w = songdat()
    a = holding(w)
    hold_review(by=w.mai, agreement=a, held_on=date(2026, 5, 20), outcome="keep", at=NOON)
    plain = {"by": "mai", "held_on": date(2026, 5, 30), "outcome": "keep"} | change
    with pytest.raises(Refused) as refused:
        hold_review(by=getattr(w, plain["by"]), agreement=a, held_on=plain["held_on"], outcome=plain["outcome"], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("next_review", "months", "code", "field"),
    [
        (date(2026, 12, 1), 6, "", None),
        (date(2024, 1, 15), None, "review-before", "next_review"),
        (None, 61, "review-months", "review_months"),
        (None, None, "", None),
    ],
    ids=["fine", "before it holds", "years", "none"],
)
def test_when_a_review_may_be_planned(next_review, months, code, field):
    w = songdat()
    a = holding(w)
    if not code:
        assert plan_review(by=w.mai, agreement=a, next_review=next_review, review_months=months, at=NOON).next_review == next_review
        return
    with pytest.raises(Refused) as refused:
        plan_review(by=w.mai, agreement=a, next_review=next_review, review_months=months, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


@pytest.mark.django_db
def test_a_party_proposes_and_the_lead_answers():
    w = songdat()
    a = in_force(w)
    clause = m.Clause.objects.get(version__agreement=a, label="Điều 2")
    made = propose_change(by=w.binh, agreement=a, source="drill", text="Bổ sung phương án đường thủy.", clause=clause, at=NOON)
    assert "proposal" in [n.need.value for n in needs_of(w.lan, TODAY)]
    answer_proposal(by=w.lan, proposal=made, taken="partly", answer="Chỉ đưa tuyến sông chính.", at=NOON)
    assert [(p.unit.name, p.taken, p.answer.text) for p in proposals_of(w.hai, a, TODAY)] == [("Ban CHQS xã Sông", "partly", "Chỉ đưa tuyến sông chính.")]
    with pytest.raises(Refused) as refused:
        answer_proposal(by=w.lan, proposal=made, taken="taken", at=NOON)
    assert refused.value.verdict.code == "answered-already"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [({"by": "tu"}, "not-party", None), ({"source": "xx"}, "no-such-source", "source"), ({"text": ""}, "text-missing", "text")],
    ids=["a stranger", "unknown source", "nothing said"],
)
def test_who_proposes_what(change, code, field):
    w = songdat()
    plain = {"by": "binh", "source": "drill", "text": "Bổ sung."} | change
    with pytest.raises(Refused) as refused:
        propose_change(by=getattr(w, plain["by"]), agreement=in_force(w), source=plain["source"], text=plain["text"], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


@pytest.mark.django_db
def test_a_clause_of_another_text_is_refused():
    w = songdat()
    other = in_force(w, title="Quy chế khác")
    elsewhere = m.Clause.objects.filter(version__agreement=other).first()
    with pytest.raises(Refused) as refused:
        propose_change(by=w.dung, agreement=holding(w), source="party", text="Sửa.", clause=elsewhere, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("clause-elsewhere", "clause")
